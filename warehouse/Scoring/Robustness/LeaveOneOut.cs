using OpenData.Catalogs.Frameworks;

namespace OpenData.Warehouse.Scoring.Robustness;

/// <summary>Pure: scores → ranks with each component left out in turn, in <c>decimal</c>. Its points and its maximum go; those of its siblings stay.</summary>
public static class LeaveOneOut
{
    /// <summary>Ranks without each component that counts, in the framework's order.</summary>
    public static IReadOnlyList<LeftOut> Of(Framework framework, IReadOnlyList<UnitScore> scores)
        => [.. Counted(framework).Select(c => new LeftOut(c.Code, Ranking.ByTotals(framework, scores, s => Without(s, c.Position))))];

    /// <summary>The range of each ranked unit, in the order of the official ranks.</summary>
    public static IReadOnlyList<LeftOutRange> Ranges(Framework framework, IReadOnlyList<UnitScore> scores)
    {
        var ranks = Of(framework, scores)
            .SelectMany(l => l.Ranks.Select(r => (r.Unit, r.Rank, l.Component)))
            .ToLookup(r => r.Unit, StringComparer.Ordinal);
        return [.. Ranking.Of(framework, scores).Select(official =>
        {
            var others = ranks[official.Unit].ToList();
            var worst = others.MaxBy(o => o.Rank);
            return new LeftOutRange(
                official.Unit,
                official.Rank,
                others.Min(o => o.Rank),
                worst.Rank,
                worst.Rank > official.Rank ? worst.Component : null);
        })];
    }

    private static IEnumerable<(string Code, int Position)> Counted(Framework framework)
        => framework.MainIndices
            .SelectMany(m => m.Components.Select(c => (m.IsMonitored, c.Code, c.Points)))
            .Select((c, position) => (c, position))
            .Where(c => !c.c.IsMonitored && c.c.Points > 0)
            .Select(c => (c.c.Code, c.position));

    private static IndexScore Without(UnitScore score, int position)
        => new("", score.Total.Points - score.Components[position].Points, score.Total.Maximum - score.Components[position].Maximum);
}
