namespace OpenData.Warehouse.Publishing;

/// <summary>Facts about a public column of a version; all computed after suppression.</summary>
/// <param name="Column">Public name.</param>
/// <param name="Nulls">Rows without a value.</param>
/// <param name="Distinct">Distinct values.</param>
/// <param name="Min">Least value as text (timestamps with the contract's offset); null when there is none.</param>
/// <param name="Max">Greatest value as text; null when there is none.</param>
/// <param name="Top">The most frequent values, at most 10; empty when nearly every row has its own.</param>
public sealed record ColumnProfile(string Column, long Nulls, long Distinct, string? Min, string? Max, IReadOnlyList<TopValue> Top);
