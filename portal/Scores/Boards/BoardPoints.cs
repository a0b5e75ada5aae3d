namespace OpenData.Portal.Scores.Boards;

/// <summary>Points as they are published.</summary>
/// <param name="Points">Points.</param>
/// <param name="Maximum">The unit's maximum.</param>
/// <param name="Value">Points ÷ maximum, four decimals, as published.</param>
public sealed record BoardPoints(decimal Points, decimal Maximum, decimal Value);
