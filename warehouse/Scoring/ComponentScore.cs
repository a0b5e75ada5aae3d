namespace OpenData.Warehouse.Scoring;

/// <summary>What a component is worth to a unit.</summary>
/// <param name="Component">Code of the component.</param>
/// <param name="State">How it came about.</param>
/// <param name="Share">Share of the points, 0 to 1.</param>
/// <param name="Points">Points, as they are added.</param>
/// <param name="Maximum">The unit's maximum here, after points of components that do not apply came or went.</param>
/// <param name="Problem">What contradicts itself; null when nothing does.</param>
public sealed record ComponentScore(string Component, ScoreState State, decimal Share, decimal Points, decimal Maximum, AnswerProblem? Problem);
