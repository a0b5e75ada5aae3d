namespace OpenData.Warehouse.Publishing;

/// <summary>A frequent value.</summary>
/// <param name="Value">The value as text.</param>
/// <param name="Rows">Rows that hold it.</param>
public sealed record TopValue(string Value, long Rows);
