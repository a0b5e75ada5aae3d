namespace OpenData.Warehouse.Rounds;

/// <summary>How one input was computed from a published dataset, so that anybody can compute it again.</summary>
/// <param name="Role">The formula's input.</param>
/// <param name="Dataset">The dataset.</param>
/// <param name="Version">Its version.</param>
/// <param name="Query">The SQL over the version's public columns, with its values written beside it.</param>
/// <param name="Rows">Rows of the unit that were counted.</param>
/// <param name="Value">What came of it; null when no row gave a value.</param>
/// <param name="At">When.</param>
public sealed record AutomaticQuery(string Role, string Dataset, string Version, string Query, long Rows, decimal? Value, DateTimeOffset At);
