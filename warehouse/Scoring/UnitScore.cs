namespace OpenData.Warehouse.Scoring;

/// <summary>The computed result of one unit.</summary>
/// <param name="Unit">Code of the unit.</param>
/// <param name="PeerGroup">Its league; null when the framework has none.</param>
/// <param name="IsRanked">False for a unit without rank.</param>
/// <param name="Components">One entry for each component, in the framework's order.</param>
/// <param name="MainIndices">One entry for each main index, monitored ones included.</param>
/// <param name="Pillars">One entry for each pillar.</param>
/// <param name="Total">Sum of the main indices that are not only monitored.</param>
public sealed record UnitScore(
    string Unit,
    string? PeerGroup,
    bool IsRanked,
    IReadOnlyList<ComponentScore> Components,
    IReadOnlyList<IndexScore> MainIndices,
    IReadOnlyList<IndexScore> Pillars,
    IndexScore Total);
