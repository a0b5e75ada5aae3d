namespace OpenData.Warehouse.Scoring.Explanation;

/// <summary>What other answers of one unit would make of its score and of the ranks. Nothing official is changed by it.</summary>
/// <param name="Before">Score of the unit as it is.</param>
/// <param name="After">Score of the unit with the other answers.</param>
/// <param name="RankBefore">Its place as it is; null for a unit without rank.</param>
/// <param name="RankAfter">Its place with the other answers; null for a unit without rank.</param>
/// <param name="Moved">Other units whose place or value would change, for a formula may look at the best of the league.</param>
public sealed record WhatIfResult(UnitScore Before, UnitScore After, UnitRank? RankBefore, UnitRank? RankAfter, IReadOnlyList<UnitMove> Moved);
