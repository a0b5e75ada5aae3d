using OpenData.Warehouse.Scoring;

namespace OpenData.Warehouse.Rounds;

/// <summary>One result of all units of a round.</summary>
/// <param name="Units">Scores by code of the unit, in the round's order of units.</param>
/// <param name="Ranks">Places; a unit that is not ranked has none.</param>
/// <param name="Answers">The answers that were scored, as they counted.</param>
public sealed record RoundScores(IReadOnlyList<UnitScore> Units, IReadOnlyList<UnitRank> Ranks, IReadOnlyList<CountedAnswer> Answers)
{
    /// <summary>The score of that unit, or null.</summary>
    public UnitScore? Find(string unit) => Units.FirstOrDefault(u => string.Equals(u.Unit, unit, StringComparison.Ordinal));

    /// <summary>The place of that unit, or null.</summary>
    public UnitRank? RankOf(string unit) => Ranks.FirstOrDefault(r => string.Equals(r.Unit, unit, StringComparison.Ordinal));
}
