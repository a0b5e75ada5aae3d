using OpenData.Catalogs.Frameworks;

namespace OpenData.Warehouse.Scoring;

/// <summary>Pure: scores → ranks within leagues. Equal values share a rank and the next one is skipped (15, 15, 17).</summary>
public static class Ranking
{
    /// <summary>Ranks of units by their totals; units that are not ranked are left out, and so take no place.</summary>
    public static IReadOnlyList<UnitRank> Of(Framework framework, IReadOnlyList<UnitScore> scores) => ByTotals(framework, scores, s => s.Total);

    /// <summary>Ranks of units by other totals than their own.</summary>
    internal static IReadOnlyList<UnitRank> ByTotals(Framework framework, IReadOnlyList<UnitScore> scores, Func<UnitScore, IndexScore> total)
        => [.. scores
            .Where(s => s.IsRanked)
            .GroupBy(s => s.PeerGroup, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .SelectMany(g => InLeague(g.Key, [.. g.Select(s => (s.Unit, Value: Compared(framework, total(s))))]))];

    /// <summary>Ranks of values within one league; greater is better.</summary>
    internal static IEnumerable<UnitRank> InLeague(string? group, IReadOnlyList<(string Unit, decimal Value)> values)
    {
        var ordered = values.OrderByDescending(v => v.Value).ThenBy(v => v.Unit, StringComparer.Ordinal).ToList();
        var rank = 0;
        for (var i = 0; i < ordered.Count; i++)
        {
            if (i == 0 || ordered[i].Value != ordered[i - 1].Value)
            {
                rank = i + 1;
            }

            yield return new UnitRank(ordered[i].Unit, group, rank, ordered.Count, ordered[i].Value);
        }
    }

    // Beyond this digit only the rounding of divisions is left: two units must not be parted by it.
    private const int DecimalsCompared = 20;

    private static decimal Compared(Framework framework, IndexScore total)
        => framework.RankBy == RankBasis.Published ? total.Published(framework.Decimals) : Math.Round(total.Value, DecimalsCompared, MidpointRounding.AwayFromZero);
}
