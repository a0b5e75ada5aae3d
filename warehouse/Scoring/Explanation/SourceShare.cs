namespace OpenData.Warehouse.Scoring.Explanation;

/// <summary>Points of a unit by how well they are founded.</summary>
/// <param name="Source">The source.</param>
/// <param name="Points">Points of answers from it.</param>
/// <param name="Share">Those points ÷ all points of the unit, 0 to 1; 0 where it has none.</param>
public sealed record SourceShare(AnswerSource Source, decimal Points, decimal Share);
