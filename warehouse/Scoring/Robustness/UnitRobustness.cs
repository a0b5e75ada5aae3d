namespace OpenData.Warehouse.Scoring.Robustness;

/// <summary>Where the places of a unit lie when weights vary.</summary>
/// <param name="Unit">Code of the unit.</param>
/// <param name="Rank">Its official place.</param>
/// <param name="Low">The place that it reaches or betters in 5 % of the draws.</param>
/// <param name="High">The place that it reaches or betters in 95 % of the draws.</param>
/// <param name="Best">Its best place in any draw.</param>
/// <param name="Worst">Its worst place in any draw.</param>
/// <param name="KeptShare">Share of the draws in which it has its official place.</param>
public sealed record UnitRobustness(string Unit, int Rank, int Low, int High, int Best, int Worst, decimal KeptShare);
