using OpenData.Catalogs.Frameworks;

namespace OpenData.Warehouse.Scoring.Explanation;

/// <summary>Pure: a round and other answers of one unit → the score and rank that they would give. The whole round is scored again by the official rules.</summary>
public static class WhatIf
{
    /// <summary>The result with the other answers in the place of the unit's own.</summary>
    /// <param name="framework">The framework of the round.</param>
    /// <param name="units">All units of the round; they stay as they are.</param>
    /// <param name="unit">Code of the unit.</param>
    /// <param name="answers">Other answers to some of the framework's components, each component once.</param>
    /// <exception cref="ArgumentException">No such unit, or no such component.</exception>
    public static WhatIfResult Of(Framework framework, IReadOnlyList<AssessedUnit> units, string unit, IReadOnlyList<ComponentAnswer> answers)
    {
        if (answers.FirstOrDefault(a => framework.Component(a.Component) is null) is { } stranger)
        {
            throw new ArgumentException($"Framework {framework.Id} has no component {stranger.Component}.", nameof(answers));
        }

        var before = Scorer.Score(framework, units);
        var own = Gaps.Find(before, unit);
        var after = Scorer.Score(framework, [.. units.Select(u => u.Unit == unit ? Changed(u, answers) : u)]);
        var places = Ranking.Of(framework, after).ToDictionary(r => r.Unit, StringComparer.Ordinal);
        var ranks = Ranking.Of(framework, before);
        return new WhatIfResult(
            own,
            Gaps.Find(after, unit),
            ranks.FirstOrDefault(r => r.Unit == unit),
            places.GetValueOrDefault(unit),
            [.. ranks.Where(r => r.Unit != unit && r != places[r.Unit]).Select(r => new UnitMove(r, places[r.Unit]))]);
    }

    private static AssessedUnit Changed(AssessedUnit unit, IReadOnlyList<ComponentAnswer> answers)
    {
        var all = new Dictionary<string, ComponentAnswer>(unit.Answers, StringComparer.Ordinal);
        foreach (var answer in answers)
        {
            all[answer.Component] = answer;
        }

        return unit with { Answers = all };
    }
}
