using OpenData.Catalogs;

namespace OpenData.Portal.Scores.Boards;

/// <summary>The total, a pillar or a main index of a unit. Three values, never one.</summary>
/// <param name="Code">Its code; <c>total</c> for the whole.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsCounted">Whether its points belong to the total; never true of a pillar.</param>
/// <param name="Final">The official result.</param>
/// <param name="Self">By the unit's own answers.</param>
/// <param name="Verified">By verified answers.</param>
public sealed record BoardScore(string Code, LocalText Name, bool IsCounted, BoardPoints Final, BoardPoints Self, BoardPoints Verified);
