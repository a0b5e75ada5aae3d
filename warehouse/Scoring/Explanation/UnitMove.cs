namespace OpenData.Warehouse.Scoring.Explanation;

/// <summary>A unit whose place or value would change.</summary>
/// <param name="Before">Its place as it is.</param>
/// <param name="After">Its place under the other answers.</param>
public sealed record UnitMove(UnitRank Before, UnitRank After);
