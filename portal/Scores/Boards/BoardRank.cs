namespace OpenData.Portal.Scores.Boards;

/// <summary>The place of a unit in its league.</summary>
/// <param name="Rank">Place.</param>
/// <param name="Of">Units ranked.</param>
/// <param name="Sharing">Units that share the place.</param>
public sealed record BoardRank(int Rank, int Of, int Sharing);
