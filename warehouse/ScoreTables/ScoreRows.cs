using OpenData.Catalogs;
using OpenData.Warehouse.Rounds;
using OpenData.Warehouse.Scoring;

namespace OpenData.Warehouse.ScoreTables;

/// <summary>
/// Pure: a published round → its totals, pillars and main indices. Beside the points stands the sum of the parts as they are published, so
/// that a rule of the contract can say that they are equal.
/// </summary>
internal static class ScoreRows
{
    internal static IEnumerable<ScoreRow> Of(PublishedRound round) => round.Content.Units.SelectMany(unit => Of(round, unit));

    private static IEnumerable<ScoreRow> Of(PublishedRound round, RoundUnit unit)
    {
        var framework = round.Framework;
        var (self, verified, final) = (round.Result.Self.Find(unit.Code)!, round.Result.Verified.Find(unit.Code)!, round.Result.Final.Find(unit.Code)!); // every unit of the round has all three
        var counted = framework.MainIndices.Where(m => !m.IsMonitored).Select(m => m.Code).ToList();
        yield return Row("total", "total", framework.Title, true, s => s.Total, counted);
        foreach (var pillar in framework.Pillars)
        {
            yield return Row(
                "pillar", pillar.Code, pillar.Name, false, s => Find(s.Pillars, pillar.Code),
                [.. counted.Where(c => pillar.MainIndices.Contains(c, StringComparer.Ordinal))]);
        }

        foreach (var index in framework.MainIndices)
        {
            yield return Row("main_index", index.Code, index.Name, !index.IsMonitored, s => Find(s.MainIndices, index.Code), [index.Code]);
        }

        ScoreRow Row(string level, string code, LocalText name, bool isCounted, Func<UnitScore, IndexScore> score, IReadOnlyList<string> indices)
        {
            var parts = PartsOf(round, final, indices);
            return ScoreRow.Of(
            [
                .. RoundFields.Of(round),
                ("round_vi", round.Round.Title.Vi),
                ("round_en", round.Round.Title.En),
                ("period_from", ScoreRow.Day(round.Round.From)),
                ("period_to", ScoreRow.Day(round.Round.To)),
                ("published_at", ScoreRow.Instant(round.PublicAt)),
                .. RoundFields.Of(unit),
                ("ranked", ScoreRow.Flag(unit.IsRanked)),
                ("level", level),
                ("code", code),
                ("name_vi", name.Vi),
                ("name_en", name.En),
                ("counted", ScoreRow.Flag(isCounted)),
                .. Three("", score(final)),
                .. Three("self_", score(self)),
                .. Three("verified_", score(verified)),
                ("parts_points", ScoreRow.Points(parts.Points)),
                ("parts_maximum", ScoreRow.Points(parts.Maximum)),
            ]);
        }

        IEnumerable<(string, string?)> Three(string prefix, IndexScore score) =>
        [
            (prefix + "points", ScoreRow.Points(score.Points)),
            (prefix + "maximum", ScoreRow.Points(score.Maximum)),
            (prefix + "value", ScoreRow.Value(score, framework.Decimals)),
        ];
    }

    private static IndexScore Find(IReadOnlyList<IndexScore> scores, string code) => scores.First(s => string.Equals(s.Code, code, StringComparison.Ordinal));

    /// <summary>What the rows of these main indices' components say, added up; of a unit that was made of others the main indices are all there is.</summary>
    private static (decimal Points, decimal Maximum) PartsOf(PublishedRound round, UnitScore score, IReadOnlyList<string> indices)
    {
        if (score.Components.Count == 0)
        {
            var main = score.MainIndices.Where(i => indices.Contains(i.Code, StringComparer.Ordinal)).ToList();
            return (main.Sum(i => ScoreRow.Rounded(i.Points)), main.Sum(i => ScoreRow.Rounded(i.Maximum)));
        }

        var components = round.Framework.MainIndices
            .Where(m => indices.Contains(m.Code, StringComparer.Ordinal))
            .SelectMany(m => m.Components, (_, c) => c.Code)
            .ToHashSet(StringComparer.Ordinal);
        var parts = score.Components.Where(c => components.Contains(c.Component)).ToList();
        return (parts.Sum(p => ScoreRow.Rounded(p.Points)), parts.Sum(p => ScoreRow.Rounded(p.Maximum)));
    }
}
