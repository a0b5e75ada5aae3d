using OpenData.Warehouse.Engine;

namespace OpenData.Benchmarks;

/// <summary>Asks the engine in this process: the limit of what a server could do.</summary>
/// <param name="connection">A connection for this caller alone; disposed with it.</param>
/// <param name="ask">Asks and reads to the end; gives the rows, of which there must be some.</param>
internal sealed class EngineCaller(EngineConnection connection, Func<EngineConnection, long, long> ask) : ILoadCaller
{
    public void Call(long number)
    {
        if (ask(connection, number) == 0)
        {
            throw new InvalidDataException("The engine found no row.");
        }
    }

    public void Dispose() => connection.Dispose();
}
