namespace OpenData.Warehouse.Scoring.Explanation;

/// <summary>What a component adds to a unit's total.</summary>
/// <param name="MainIndex">Code of its main index.</param>
/// <param name="Component">Code of the component.</param>
/// <param name="Points">Its points.</param>
/// <param name="Maximum">The unit's maximum here.</param>
/// <param name="PartOfTotal">Its points ÷ the unit's points, 0 to 1; 0 where the unit has none.</param>
public sealed record Contribution(string MainIndex, string Component, decimal Points, decimal Maximum, decimal PartOfTotal);
