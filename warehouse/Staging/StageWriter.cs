using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// Appends rows to one table in bounded memory: the appender holds back many rows, so it is closed and opened anew whenever the text in
/// it reaches a bound.
/// </summary>
internal sealed class StageWriter(EngineConnection connection, string table) : IDisposable
{
    private const long HeldBytesMax = 48 * 1024 * 1024;

    private long _held;

    public ChunkAppender Appender { get; private set; } = new(connection, table);

    /// <summary>Takes note of bytes put into the row under way.</summary>
    public void Grew(int bytes) => _held += bytes;

    public void EndRow()
    {
        Appender.NextRow();
        if (_held > HeldBytesMax)
        {
            Complete();
            Appender = new ChunkAppender(connection, table);
        }
    }

    /// <summary>Everything appended is in the table after this.</summary>
    public void Complete()
    {
        Appender.Complete();
        Appender.Dispose();
        _held = 0;
    }

    public void Dispose() => Appender.Dispose();
}
