namespace OpenData.Warehouse.Engine;

/// <summary>A column of a result or of an appender.</summary>
/// <param name="Name">As the query names it; empty for an appender.</param>
/// <param name="Kind">How values lie in memory.</param>
/// <param name="Precision">Digits in all of a decimal; else 0.</param>
/// <param name="Scale">Digits after the point of a decimal; else 0.</param>
public sealed record ResultColumn(string Name, PhysicalKind Kind, int Precision = 0, int Scale = 0)
{
    /// <summary>What the values of a list are; else null.</summary>
    public ResultColumn? Item { get; init; }
}
