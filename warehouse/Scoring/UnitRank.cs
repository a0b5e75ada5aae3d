namespace OpenData.Warehouse.Scoring;

/// <summary>The place of a unit in its league.</summary>
/// <param name="Unit">Code of the unit.</param>
/// <param name="PeerGroup">Its league; null when there is one for all.</param>
/// <param name="Rank">Place, 1 for the best; equal values share it.</param>
/// <param name="Of">Units ranked in the league.</param>
/// <param name="Value">The value compared.</param>
public sealed record UnitRank(string Unit, string? PeerGroup, int Rank, int Of, decimal Value);
