using OpenData.Catalogs.Frameworks;

namespace OpenData.Warehouse.Scoring.Robustness;

/// <summary>
/// Pure: what ranks would be if main indices were multiplied instead of added, each to the power of its part of the maximum. Weakness in one index is then
/// not made good by strength in another, and an index without any point leaves nothing. A what-if only: no official value is computed like this.
/// </summary>
public static class GeometricWhatIf
{
    // Powers are binary fractions; what is beyond this digit is their rest.
    private const int DecimalsCompared = 12;

    /// <summary>Ranks by the weighted geometric mean of the main indices' values, within leagues.</summary>
    public static IReadOnlyList<UnitRank> Of(Framework framework, IReadOnlyList<UnitScore> scores)
    {
        var counted = framework.MainIndices.Where(m => !m.IsMonitored).Select(m => m.Code).ToHashSet(StringComparer.Ordinal);
        return Ranking.ByTotals(framework, scores, s => new IndexScore("", Value(s, counted), 1));
    }

    private static decimal Value(UnitScore score, HashSet<string> counted)
    {
        if (score.Total.Maximum == 0)
        {
            return 0;
        }

        var value = 1.0;
        foreach (var index in score.MainIndices.Where(i => i.Maximum > 0 && counted.Contains(i.Code)))
        {
            value *= Math.Pow((double)index.Value, (double)(index.Maximum / score.Total.Maximum));
        }

        return Math.Round((decimal)value, DecimalsCompared);
    }
}
