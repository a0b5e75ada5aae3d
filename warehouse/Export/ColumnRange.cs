namespace OpenData.Warehouse.Export;

/// <summary>Bounds of the values of a column in a version, as canonical text; null when it has no value.</summary>
/// <param name="Min">Least value.</param>
/// <param name="Max">Greatest value.</param>
public sealed record ColumnRange(string? Min, string? Max);
