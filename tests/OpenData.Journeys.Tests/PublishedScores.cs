using System.Globalization;
using OpenData.TestKit;

namespace OpenData.Journeys.Tests;

/// <summary>Totals and ranks computed from the downloads alone, by the steps that docs/sources.md tells the public; nothing of the platform's own arithmetic is used.</summary>
internal static class PublishedScores
{
    private const decimal PointTolerance = 0.0000001m;

    /// <summary>Fails where a published total, main index, pillar or rank is not what the component rows give; returns the number of units checked.</summary>
    public static async Task<int> AreRecomputedAsync(Town town)
    {
        var frameworks = await RowsAsync(town, "dti_frameworks");
        var components = await RowsAsync(town, "dti_component_scores");
        var scores = await RowsAsync(town, "dti_scores");
        var ranks = await RowsAsync(town, "dti_ranks");
        var units = scores.GroupBy(s => (Round: s["round"], Unit: s["unit"])).ToList();
        foreach (var unit in units)
        {
            var parts = components.Where(c => c["round"] == unit.Key.Round && c["unit"] == unit.Key.Unit).ToList();
            foreach (var score in unit)
            {
                var counted = Parts(score, parts, frameworks).ToList();
                Assert.NotEmpty(counted);
                var (points, maximum) = (counted.Sum(c => Number(c, "points")), counted.Sum(c => Number(c, "maximum")));
                var what = $"{score["round"]} {score["unit"]} {score["level"]} {score["code"]}";
                Assert.True(Math.Abs(points - Number(score, "points")) <= PointTolerance, $"{what}: points {points}, published {score["points"]}");
                Assert.True(Math.Abs(maximum - Number(score, "maximum")) <= PointTolerance, $"{what}: maximum {maximum}, published {score["maximum"]}");
                Assert.True(Math.Abs(Value(points, maximum) - Number(score, "value")) <= 0.00005m + PointTolerance, $"{what}: value {Value(points, maximum)}, published {score["value"]}");
            }
        }

        RanksAreRecomputed(units.Select(u => u.Single(s => s["level"] == "total")).ToList(), components, ranks);
        return units.Count;
    }

    private static IEnumerable<Dictionary<string, string>> Parts(
        Dictionary<string, string> score, List<Dictionary<string, string>> components, List<Dictionary<string, string>> frameworks)
        => score["level"] switch
        {
            "total" => components.Where(c => c["counted"] == "true"),
            "main_index" => components.Where(c => c["main_index"] == score["code"]),
            _ => components.Where(c => c["counted"] == "true" && frameworks
                .Single(f => f["framework"] == score["framework"] && f["version"] == score["framework_version"] && f["level"] == "pillar" && f["code"] == score["code"])["main_indices"]
                .Split(' ').Contains(c["main_index"])),
        };

    private static void RanksAreRecomputed(List<Dictionary<string, string>> totals, List<Dictionary<string, string>> components, List<Dictionary<string, string>> ranks)
    {
        var ranked = totals.Where(t => t["ranked"] == "true").ToList();
        Assert.Equal(ranked.Select(Key).Order(StringComparer.Ordinal), ranks.Select(Key).Order(StringComparer.Ordinal));
        var byUnit = components.Where(c => c["counted"] == "true").ToLookup(Key);
        foreach (var league in ranked.GroupBy(t => (t["round"], t["league"])))
        {
            var values = league.ToDictionary(
                Key, t => Math.Round(Value(byUnit[Key(t)].Sum(c => Number(c, "points")), byUnit[Key(t)].Sum(c => Number(c, "maximum"))), 10));
            foreach (var rank in ranks.Where(r => values.ContainsKey(Key(r))))
            {
                var value = values[Key(rank)];
                Assert.Equal((1 + values.Values.Count(v => v > value)).ToString(CultureInfo.InvariantCulture), rank["rank"]);
                Assert.Equal(values.Values.Count(v => v == value).ToString(CultureInfo.InvariantCulture), rank["sharing"]);
                Assert.Equal(values.Count.ToString(CultureInfo.InvariantCulture), rank["ranked_units"]);
            }
        }
    }

    /// <summary>The rows of a download, by column name.</summary>
    public static async Task<List<Dictionary<string, string>>> RowsAsync(Town town, string dataset)
    {
        var cells = TextValues.Cells(await town.Http.GetStringAsync(new Uri($"/datasets/{dataset}.csv", UriKind.Relative)), ',');
        return [.. cells.Skip(1).Select(row => cells[0].Zip(row).ToDictionary(p => p.First!.TrimStart('\uFEFF'), p => p.Second ?? "", StringComparer.Ordinal))];
    }

    private static string Key(Dictionary<string, string> row) => $"{row["round"]}/{row["unit"]}";

    private static decimal Value(decimal points, decimal maximum) => maximum == 0 ? 0 : points / maximum;

    private static decimal Number(Dictionary<string, string> row, string name) => decimal.Parse(row[name], NumberStyles.Number, CultureInfo.InvariantCulture);
}
