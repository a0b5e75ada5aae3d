namespace OpenData.Benchmarks;

/// <summary>One caller of a load: a connection of its own, one question at a time. Ours and the limit differ in this alone.</summary>
internal interface ILoadCaller : IDisposable
{
    /// <summary>Asks and reads the answer to its end; throws when it is not the answer that was expected.</summary>
    /// <param name="number">Grows by one with every call of the load, so that questions can differ.</param>
    void Call(long number);
}
