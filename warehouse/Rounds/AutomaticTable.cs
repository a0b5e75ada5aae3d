namespace OpenData.Warehouse.Rounds;

/// <summary>What one query gave for all units.</summary>
/// <param name="Version">The version that was read.</param>
/// <param name="Query">The query with its values.</param>
/// <param name="Rows">By code of the unit: rows that were counted, and the value; null when no row gave one.</param>
internal sealed record AutomaticTable(string Version, string Query, IReadOnlyDictionary<string, (long Rows, decimal? Value)> Rows);
