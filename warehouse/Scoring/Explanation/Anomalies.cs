using OpenData.Catalogs.Frameworks;

namespace OpenData.Warehouse.Scoring.Explanation;

/// <summary>Pure: a round → what a person should look at, in a fixed order that does not depend on that of units or documents.</summary>
public static class Anomalies
{
    /// <summary>All anomalies of a round.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="units">Units with their answers.</param>
    /// <param name="before">Scores of the round before under the same framework; empty when there was none.</param>
    /// <param name="evidence">Documents of all units.</param>
    /// <param name="limits">From where on something is worth a look.</param>
    public static IReadOnlyList<Anomaly> Of(
        Framework framework, IReadOnlyList<AssessedUnit> units, IReadOnlyList<UnitScore> before, IEnumerable<EvidenceUse> evidence, AnomalyLimits limits)
    {
        var ordered = units.OrderBy(u => u.Unit, StringComparer.Ordinal).ToList();
        var scores = Scorer.Score(framework, ordered);
        return [.. Contradictions(scores), .. Jumps(scores, before, limits), .. SameEvidence(evidence), .. SameAnswers(framework, ordered, limits)];
    }

    private static IEnumerable<Anomaly> Contradictions(IReadOnlyList<UnitScore> scores)
        => from score in scores
           from component in score.Components
           from problem in component.Problem is { } found ? [found] : Array.Empty<AnswerProblem>()
           select new Anomaly.Contradiction(score.Unit, component.Component, problem);

    private static IEnumerable<Anomaly> Jumps(IReadOnlyList<UnitScore> scores, IReadOnlyList<UnitScore> before, AnomalyLimits limits)
    {
        var earlier = before
            .SelectMany(s => s.Components.Where(HasShare).Select(c => (Key: (s.Unit, c.Component), c.Share)))
            .ToDictionary(c => c.Key, c => c.Share);
        return from score in scores
               from component in score.Components.Where(HasShare)
               where earlier.TryGetValue((score.Unit, component.Component), out var share) && Math.Abs(component.Share - share) > limits.JumpShare
               select new Anomaly.Jump(score.Unit, component.Component, earlier[(score.Unit, component.Component)], component.Share);
    }

    // A share that is nothing for want of an answer is another matter than one that fell.
    private static bool HasShare(ComponentScore score) => score.State == ScoreState.Scored;

    private static IEnumerable<Anomaly> SameEvidence(IEnumerable<EvidenceUse> evidence)
        => evidence
            .Distinct()
            .OrderBy(u => u.Unit, StringComparer.Ordinal).ThenBy(u => u.Component, StringComparer.Ordinal).ThenBy(u => u.Sha256, StringComparer.Ordinal)
            .GroupBy(u => u.Sha256, StringComparer.Ordinal)
            .Where(file => file.Count() > 1)
            .Select(file => new Anomaly.SameEvidence(file.First().Unit, file.Key, [.. file]));

    private static IEnumerable<Anomaly> SameAnswers(Framework framework, List<AssessedUnit> units, AnomalyLimits limits)
    {
        var amounts = units.ConvertAll(u => Amounts(framework, u));
        for (var one = 0; one < units.Count; one++)
        {
            for (var two = one + 1; two < units.Count; two++)
            {
                var compared = amounts[one].Keys.Where(amounts[two].ContainsKey).ToList();
                var same = compared.Count(c => amounts[one][c].SequenceEqual(amounts[two][c]));
                if (compared.Count >= limits.ComparedMin && same >= limits.SameShare * compared.Count)
                {
                    yield return new Anomaly.SameAnswers(units[one].Unit, units[two].Unit, same, compared.Count);
                }
            }
        }
    }

    /// <summary>Answers that two units hardly give alike by chance: amounts above nothing. A yes, a level, a part and a computed value are alike without anybody copying.</summary>
    private static Dictionary<string, decimal[]> Amounts(Framework framework, AssessedUnit unit)
        => framework.Components
            .Where(c => c.Automatic.Count == 0 && c.Formula is not (Formula.Boolean or Formula.Levels or Formula.Parts))
            .Select(c => unit.Answers.GetValueOrDefault(c.Code) is { Kind: AnswerKind.Answered } answer && c.Formula.Roles.All(answer.Numbers.ContainsKey)
                ? (c.Code, Amounts: c.Formula.Roles.Select(r => answer.Numbers[r]).ToArray())
                : (c.Code, Amounts: []))
            .Where(c => c.Amounts.Any(a => a != 0))
            .ToDictionary(c => c.Code, c => c.Amounts, StringComparer.Ordinal);
}
