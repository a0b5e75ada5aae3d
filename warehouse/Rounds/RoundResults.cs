using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Scoring;

namespace OpenData.Warehouse.Rounds;

/// <summary>Pure: a round with its entries → self, verified and final result.</summary>
public static class RoundResults
{
    /// <summary>The three results. Predecessors' mean stands for a unit that was made of others.</summary>
    public static RoundResult Of(RoundContent content)
    {
        var framework = content.Round.FrozenFramework();
        var latest = content.Entries
            .GroupBy(e => (e.Unit, e.Component, e.Kind))
            .ToDictionary(g => g.Key, g => g.MaxBy(e => e.Sequence)!); // No group is empty.
        return new RoundResult(
            Score(framework, content, latest, EntryKind.Self),
            Score(framework, content, latest, EntryKind.Verified),
            Score(framework, content, latest, EntryKind.Council, EntryKind.Verified));
    }

    private static RoundScores Score(
        Framework framework,
        RoundContent content,
        IReadOnlyDictionary<(string Unit, string Component, EntryKind Kind), RoundEntry> latest,
        params IReadOnlyList<EntryKind> kinds)
    {
        var counted = new List<CountedAnswer>();
        foreach (var unit in content.Units.Where(u => !u.IsMerged))
        {
            foreach (var component in framework.Components)
            {
                var entry = kinds.Select(k => latest.GetValueOrDefault((unit.Code, component.Code, k))).FirstOrDefault(e => e is not null);
                var answer = Counted(unit, component, entry, latest.GetValueOrDefault((unit.Code, component.Code, EntryKind.Automatic)));
                if (Carried(content, unit, component, answer) is { } one)
                {
                    counted.Add(one);
                }
            }
        }

        var answers = counted.GroupBy(c => c.Unit, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.ToDictionary(c => c.Answer.Component, c => c.Answer, StringComparer.Ordinal), StringComparer.Ordinal);
        var scores = Scorer.Score(framework, [.. content.Units.Where(u => !u.IsMerged).Select(u => new AssessedUnit(u.Code, u.League, answers.GetValueOrDefault(u.Code) ?? []) { IsRanked = u.IsRanked })])
            .ToDictionary(s => s.Unit, StringComparer.Ordinal);
        IReadOnlyList<UnitScore> all = [.. content.Units.Select(u => u.IsMerged ? Merged(framework, u, scores) : scores[u.Code])];
        return new RoundScores(all, Ranking.Of(framework, all), counted);
    }

    /// <summary>A query's numbers stand whatever a person wrote in their place; only the council sets them aside, and then it says so.</summary>
    private static CountedAnswer? Counted(RoundUnit unit, Component component, RoundEntry? entry, RoundEntry? automatic)
    {
        if (automatic is null || entry is { Kind: EntryKind.Council } or { Answer.Kind: AnswerKind.NotApplicable })
        {
            return entry is null ? null : new CountedAnswer(unit.Code, entry.Answer, entry, null);
        }

        if (entry is null)
        {
            // A component of which a person gives a part is not answered by the query's part alone.
            return component.Formula.Roles.All(automatic.Answer.Numbers.ContainsKey)
                ? new CountedAnswer(unit.Code, automatic.Answer, null, automatic)
                : null;
        }

        var numbers = new Dictionary<string, decimal>(entry.Answer.Numbers, StringComparer.Ordinal);
        foreach (var (role, value) in automatic.Answer.Numbers)
        {
            numbers[role] = value;
        }

        return new CountedAnswer(unit.Code, entry.Answer with { Kind = AnswerKind.Answered, Numbers = numbers }, entry, automatic);
    }

    private static CountedAnswer? Carried(RoundContent content, RoundUnit unit, Component component, CountedAnswer? answer)
    {
        if (component.Missing != MissingRule.Previous || answer is { Answer.Kind: not AnswerKind.Missing }
            || !content.PreviousShares.TryGetValue((unit.Code, component.Code), out var share))
        {
            return answer;
        }

        var missing = answer ?? new CountedAnswer(unit.Code, new ComponentAnswer(component.Code, AnswerKind.Missing), null, null);
        return missing with { Answer = missing.Answer with { PreviousShare = share } };
    }

    private static UnitScore Merged(Framework framework, RoundUnit unit, Dictionary<string, UnitScore> scores)
    {
        var predecessors = unit.Predecessors.Select(p => scores[p]).ToList();
        var values = IndexValues.Merged([.. predecessors.Select(p => p.MainIndices.ToDictionary(i => i.Code, i => i.Value, StringComparer.Ordinal))]);
        var indices = framework.MainIndices.Select(m => Index(m.Code, values[m.Code], m.Points ?? 0)).ToList();
        var counted = framework.MainIndices.Where(m => !m.IsMonitored).Select(m => m.Code).ToHashSet(StringComparer.Ordinal);
        return new UnitScore(
            unit.Code,
            unit.League,
            unit.IsRanked,
            [],
            indices,
            [.. framework.Pillars.Select(p => Sum(p.Code, indices.Where(i => counted.Contains(i.Code) && p.MainIndices.Contains(i.Code, StringComparer.Ordinal))))],
            IndexValues.Total(framework, values));
    }

    // A monitored index has no points: its value is shown against a maximum of 1.
    private static IndexScore Index(string code, decimal value, decimal points) => points == 0 ? new IndexScore(code, value, 1) : new IndexScore(code, points * value, points);

    private static IndexScore Sum(string code, IEnumerable<IndexScore> parts)
    {
        var all = parts.ToList();
        return new IndexScore(code, all.Sum(p => p.Points), all.Sum(p => p.Maximum));
    }
}
