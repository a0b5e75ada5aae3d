namespace OpenData.Warehouse.Scoring.Robustness;

/// <summary>One league under varied weights.</summary>
/// <param name="PeerGroup">The league; null when there is one for all.</param>
/// <param name="Units">Its ranked units in the official order.</param>
/// <param name="Neighbours">Every two units that follow each other in that order.</param>
public sealed record LeagueRobustness(string? PeerGroup, IReadOnlyList<UnitRobustness> Units, IReadOnlyList<NeighbourOrder> Neighbours);
