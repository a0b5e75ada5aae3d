namespace OpenData.Portal.Scores;

/// <summary>One published figure of a province.</summary>
/// <param name="Year">Year assessed.</param>
/// <param name="Unit">Name of the province as it was published.</param>
/// <param name="Metric">The index or pillar.</param>
/// <param name="Value">Points ÷ maximum; null where only the place was published.</param>
/// <param name="Rank">Place.</param>
/// <param name="Of">Provinces ranked.</param>
/// <param name="Source">Where it was published.</param>
public sealed record PublishedValue(int Year, string Unit, string Metric, decimal? Value, int Rank, int Of, string Source);
