namespace OpenData.Portal.Scores.Boards;

/// <summary>A main index on a scorecard with its components.</summary>
/// <param name="Index">The main index.</param>
/// <param name="Components">Its components.</param>
public sealed record ScorecardSection(BoardScore Index, IReadOnlyList<ScorecardComponent> Components);
