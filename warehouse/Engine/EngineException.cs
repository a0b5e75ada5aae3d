namespace OpenData.Warehouse.Engine;

/// <summary>What DuckDB said, as the cause inside an <c>OpenDataException</c>. For logs: the text may name files and SQL.</summary>
public sealed class EngineException : Exception
{
    internal EngineException(string kind, string message)
        : base(message) => Kind = kind;

    /// <summary>DuckDB's kind of error, for example <c>Conversion</c>, <c>OutOfRange</c>, <c>Binder</c>, <c>Interrupt</c>.</summary>
    public string Kind { get; }
}
