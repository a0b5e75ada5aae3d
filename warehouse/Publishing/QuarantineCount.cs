namespace OpenData.Warehouse.Publishing;

/// <summary>How many records a rule refused.</summary>
/// <param name="Rule">Stable name of the rule.</param>
/// <param name="Column">Public column; null when the record as a whole is meant.</param>
/// <param name="Rows">Records refused.</param>
public sealed record QuarantineCount(string Rule, string? Column, long Rows);
