using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Rounds;
using OpenData.Warehouse.Scoring;

namespace OpenData.Warehouse.ScoreTables;

/// <summary>
/// Pure: a published round → its components, with the inputs and where they came from. Explanations and reasons stay inside: they may name people.
/// A unit that was made of others has no components of its own.
/// </summary>
internal static class ComponentScoreRows
{
    internal static IEnumerable<ScoreRow> Of(PublishedRound round)
    {
        var counted = Answers(round.Result.Final);
        var claimed = Answers(round.Result.Self);
        return from unit in round.Content.Units
               where !unit.IsMerged
               from index in round.Framework.MainIndices
               from component in index.Components
               let key = (unit.Code, component.Code)
               select Row(round, unit, index, component, counted.GetValueOrDefault(key), claimed.ContainsKey(key));
    }

    private static ScoreRow Row(PublishedRound round, RoundUnit unit, MainIndex index, Component component, CountedAnswer? answer, bool isClaimed)
    {
        var final = Find(round.Result.Final, unit, component);
        var self = Find(round.Result.Self, unit, component);
        var verified = Find(round.Result.Verified, unit, component);
        return ScoreRow.Of(
        [
            .. RoundFields.Of(round),
            .. RoundFields.Of(unit),
            ("main_index", index.Code),
            ("component", component.Code),
            ("name_vi", component.Name.Vi),
            ("name_en", component.Name.En),
            ("counted", ScoreRow.Flag(!index.IsMonitored)),
            ("state", ScoreWords.Of(final.State)),
            ("problem", final.Problem is { } problem ? ScoreWords.Of(problem) : null),
            ("share", ScoreRow.Points(final.Share)),
            ("points", ScoreRow.Points(final.Points)),
            ("maximum", ScoreRow.Points(final.Maximum)),
            ("self_points", ScoreRow.Points(self.Points)),
            ("self_maximum", ScoreRow.Points(self.Maximum)),
            ("verified_points", ScoreRow.Points(verified.Points)),
            ("verified_maximum", ScoreRow.Points(verified.Maximum)),
            ("origin", Origin(component, answer, isClaimed)),
            ("inputs", answer is null ? null : Inputs(component, answer.Answer)),
            ("dataset_versions", Joined(answer, "; ", q => $"{q.Role}: {q.Dataset} {q.Version} ({ScoreRow.Number(q.Rows)})")),
            ("queries", Joined(answer, "\n", q => $"{q.Role}: {q.Query}")),
        ]);
    }

    /// <summary>On whose word it stands. What only the unit says counts for nothing, and the row says so.</summary>
    private static string? Origin(Component component, CountedAnswer? answer, bool isClaimed)
        => answer is null or { Entry: null, Automatic: null } ? isClaimed ? "self_reported" : null
            : answer.Automatic is { } automatic && component.Formula.Roles.All(automatic.Answer.Numbers.ContainsKey) ? "automatic"
            : "verified";

    // In the order in which the formula names them, so that the same answer always has the same text.
    private static string? Inputs(Component component, ComponentAnswer answer)
    {
        var parts = component.Formula.Roles
            .Where(answer.Numbers.ContainsKey)
            .Select(role => $"{role}={ScoreRow.Exact(answer.Numbers[role])}")
            .ToList();
        if (answer.Level is { } level)
        {
            parts.Add($"level={level}");
        }

        return parts.Count == 0 ? null : string.Join("; ", parts);
    }

    private static string? Joined(CountedAnswer? answer, string between, Func<AutomaticQuery, string> text)
        => answer?.Automatic is { Queries.Count: > 0 } automatic
            ? string.Join(between, automatic.Queries.OrderBy(q => q.Role, StringComparer.Ordinal).Select(text))
            : null;

    private static Dictionary<(string Unit, string Component), CountedAnswer> Answers(RoundScores scores)
        => scores.Answers.ToDictionary(a => (a.Unit, a.Answer.Component));

    private static ComponentScore Find(RoundScores scores, RoundUnit unit, Component component)
        => scores.Find(unit.Code)!.Components.First(c => string.Equals(c.Component, component.Code, StringComparison.Ordinal)); // every unit of the round is scored
}
