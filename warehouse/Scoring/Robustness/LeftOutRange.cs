namespace OpenData.Warehouse.Scoring.Robustness;

/// <summary>Where the places of a unit lie when each component is left out in turn.</summary>
/// <param name="Unit">Code of the unit.</param>
/// <param name="Rank">Its official place.</param>
/// <param name="Best">Its best place.</param>
/// <param name="Worst">Its worst place.</param>
/// <param name="LeansOn">The component without which it falls furthest, the first of equals; null when it never falls.</param>
public sealed record LeftOutRange(string Unit, int Rank, int Best, int Worst, string? LeansOn);
