namespace OpenData.Portal.Scores.Boards;

/// <summary>A unit of a published round.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="League">Its league; null when there is one for all.</param>
/// <param name="IsRanked">False for a unit that is assessed without a rank.</param>
/// <param name="Total">The whole.</param>
/// <param name="Pillars">Pillars in the framework's order; they overlap.</param>
/// <param name="MainIndices">Main indices in the framework's order.</param>
/// <param name="Components">Components in the framework's order; none of a unit that was made of others.</param>
/// <param name="Rank">Its place; null without one.</param>
public sealed record BoardUnit(
    string Code,
    string Name,
    string? League,
    bool IsRanked,
    BoardScore Total,
    IReadOnlyList<BoardScore> Pillars,
    IReadOnlyList<BoardScore> MainIndices,
    IReadOnlyList<BoardComponent> Components,
    BoardRank? Rank);
