using OpenData.Catalogs.Frameworks;

namespace OpenData.Warehouse.Scoring;

/// <summary>Pure: framework and answers → scores. The order of the units changes nothing.</summary>
public static class Scorer
{
    /// <summary>Scores the units of a round together: some formulas are relative to the best of a league.</summary>
    /// <param name="framework">A framework whose points are all known.</param>
    /// <param name="units">The units; each code once.</param>
    public static IReadOnlyList<UnitScore> Score(Framework framework, IReadOnlyList<AssessedUnit> units)
    {
        if (framework.IsStructureOnly)
        {
            throw new ArgumentException($"Framework {framework.Id} lacks points and cannot be scored.", nameof(framework));
        }

        var best = Best(framework, units);
        return [.. units.Select(u => Score(framework, u, best))];
    }

    /// <summary>Greatest a ÷ b of a league for a component that is scored relative to it; null when nobody of it has one.</summary>
    public static decimal? BestOfLeague(Component component, IEnumerable<AssessedUnit> units, string? peerGroup)
        => units.Where(u => string.Equals(u.PeerGroup, peerGroup, StringComparison.Ordinal)).Max(u => FormulaShare.Ratio(u.Answers.GetValueOrDefault(component.Code)));

    private static Dictionary<(string Component, string? Group), decimal> Best(Framework framework, IReadOnlyList<AssessedUnit> units)
    {
        var best = new Dictionary<(string, string?), decimal>();
        foreach (var component in framework.Components.Where(c => c.Formula is Formula.RelativeToBest))
        {
            foreach (var unit in units)
            {
                if (FormulaShare.Ratio(unit.Answers.GetValueOrDefault(component.Code)) is { } ratio)
                {
                    var key = (component.Code, unit.PeerGroup);
                    best[key] = Math.Max(ratio, best.GetValueOrDefault(key));
                }
            }
        }

        return best;
    }

    private static UnitScore Score(Framework framework, AssessedUnit unit, Dictionary<(string, string?), decimal> best)
    {
        var components = new List<ComponentScore>();
        var indices = new List<IndexScore>();
        foreach (var index in framework.MainIndices)
        {
            var rated = index.Components
                .Select(c => RatedComponent.Of(c, unit.Answers.GetValueOrDefault(c.Code), best.TryGetValue((c.Code, unit.PeerGroup), out var b) ? b : null))
                .ToList();
            var scores = Weigh(rated);
            components.AddRange(scores);
            indices.Add(new IndexScore(index.Code, scores.Sum(s => s.Points), scores.Sum(s => s.Maximum)));
        }

        var counted = framework.MainIndices.Where(m => !m.IsMonitored).Select(m => m.Code).ToHashSet(StringComparer.Ordinal);
        return new UnitScore(
            unit.Unit,
            unit.PeerGroup,
            unit.IsRanked,
            components,
            indices,
            [.. framework.Pillars.Select(p => Sum(p.Code, indices.Where(i => counted.Contains(i.Code) && p.MainIndices.Contains(i.Code, StringComparer.Ordinal))))],
            Sum("", indices.Where(i => counted.Contains(i.Code))));
    }

    /// <summary>Points that a component gives up go to its siblings that apply, in proportion to theirs.</summary>
    private static List<ComponentScore> Weigh(List<RatedComponent> rated)
    {
        var given = rated.Where(r => r.GivesAway).Sum(r => r.Component.Points);
        var takers = rated.Where(r => r.Takes).Sum(r => r.Component.Points);
        var scores = new List<ComponentScore>(rated.Count);
        foreach (var one in rated)
        {
            // With no sibling left to take them, the points leave the maximum.
            var maximum = one.Takes ? one.Component.Points + (given * one.Component.Points / takers)
                : one.Stays ? one.Component.Points
                : 0;
            var points = maximum * one.Share;
            scores.Add(new ComponentScore(
                one.Component.Code,
                one.State,
                one.Share,
                one.Component.Decimals is { } decimals ? Math.Min(maximum, Math.Round(points, decimals, MidpointRounding.AwayFromZero)) : points,
                maximum,
                one.Problem));
        }

        return scores;
    }

    private static IndexScore Sum(string code, IEnumerable<IndexScore> parts)
    {
        decimal points = 0, maximum = 0;
        foreach (var part in parts)
        {
            points += part.Points;
            maximum += part.Maximum;
        }

        return new IndexScore(code, points, maximum);
    }
}
