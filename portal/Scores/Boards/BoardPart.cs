namespace OpenData.Portal.Scores.Boards;

/// <summary>One league of a board on its page.</summary>
/// <param name="Id">Id of its heading.</param>
/// <param name="Name">Its name.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="Pillars">Its pillars over all its units.</param>
public sealed record BoardPart(string Id, string Name, IReadOnlyList<BoardLine> Lines, IReadOnlyList<PillarMean> Pillars);
