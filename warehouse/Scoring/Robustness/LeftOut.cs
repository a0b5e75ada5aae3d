namespace OpenData.Warehouse.Scoring.Robustness;

/// <summary>Ranks without one component.</summary>
/// <param name="Component">Code of the component that is left out.</param>
/// <param name="Ranks">Ranks of all ranked units from what is left.</param>
public sealed record LeftOut(string Component, IReadOnlyList<UnitRank> Ranks);
