using OpenData.Catalogs.Frameworks;

namespace OpenData.Warehouse.Scoring.Explanation;

/// <summary>Pure: scores → where a unit loses points, to the maximum and to the best of its league.</summary>
public static class Gaps
{
    /// <summary>One entry for each component that counts and applies to the unit, in the framework's order.</summary>
    /// <param name="framework">The framework of the scores.</param>
    /// <param name="scores">Scores of the round.</param>
    /// <param name="unit">Code of the unit; one of the scores.</param>
    public static IReadOnlyList<ComponentGap> Of(Framework framework, IReadOnlyList<UnitScore> scores, string unit)
    {
        var own = Find(scores, unit);
        var peers = scores
            .Where(s => s != own && string.Equals(s.PeerGroup, own.PeerGroup, StringComparison.Ordinal))
            .OrderBy(s => s.Unit, StringComparer.Ordinal)
            .Select(s => (s.Unit, Shares: Applying(framework, s)))
            .ToList();
        return [.. Applying(framework, own).Values.Select(score =>
        {
            var best = peers.Where(p => p.Shares.ContainsKey(score.Component)).OrderByDescending(p => p.Shares[score.Component].Share).FirstOrDefault();
            return new ComponentGap(score.Component, score.Points, score.Maximum, best.Unit is null ? null : best.Shares[score.Component].Share, best.Unit);
        })];
    }

    /// <summary>The components that bring most up to the maximum, greatest first; those that bring nothing are left out.</summary>
    public static IReadOnlyList<ComponentGap> GreatestToMaximum(IEnumerable<ComponentGap> gaps, int count) => Greatest(gaps, count, g => g.ToMaximum);

    /// <summary>The components that bring most up to the best of the league, greatest first; those that bring nothing are left out.</summary>
    public static IReadOnlyList<ComponentGap> GreatestToBest(IEnumerable<ComponentGap> gaps, int count) => Greatest(gaps, count, g => g.ToBest);

    /// <summary>The score of a unit.</summary>
    internal static UnitScore Find(IReadOnlyList<UnitScore> scores, string unit)
        => scores.FirstOrDefault(s => string.Equals(s.Unit, unit, StringComparison.Ordinal))
            ?? throw new ArgumentException($"No unit {unit} is in the round.", nameof(unit));

    // The order is stable: equals stay as the framework has them.
    private static List<ComponentGap> Greatest(IEnumerable<ComponentGap> gaps, int count, Func<ComponentGap, decimal> gap)
        => [.. gaps.Where(g => gap(g) > 0).OrderByDescending(gap).Take(count)];

    private static Dictionary<string, ComponentScore> Applying(Framework framework, UnitScore score)
        => Contributions.Counted(framework, score).Where(c => c.Score.Maximum > 0).ToDictionary(c => c.Score.Component, c => c.Score, StringComparer.Ordinal);
}
