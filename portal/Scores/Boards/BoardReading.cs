using System.Globalization;
using OpenData.Catalogs;

namespace OpenData.Portal.Scores.Boards;

/// <summary>Pure: published tables → boards, the newest period first. Only rows of one and the same revision are put together.</summary>
internal static class BoardReading
{
    public static IReadOnlyList<RoundBoard> Of(BoardTables tables)
    {
        var ranks = tables.Ranks.ToLookup(RoundOf);
        var components = tables.Components.ToLookup(RoundOf);
        var evidence = tables.Evidence.ToLookup(RoundOf);
        var frameworks = tables.Frameworks.ToLookup(r => (r.Text("framework"), r.Whole("version")));
        return
        [
            .. tables.Scores.GroupBy(RoundOf)
                .Select(g => Board([.. g], [.. ranks[g.Key]], [.. components[g.Key]], [.. evidence[g.Key]], [.. frameworks[FrameworkOf(g.First())]]))
                .OrderByDescending(b => b.To)
                .ThenBy(b => b.Id, StringComparer.Ordinal),
        ];
    }

    private static (string Round, int Revision) RoundOf(TableRow row) => (row.Text("round"), row.Whole("revision"));

    private static (string Framework, int Version) FrameworkOf(TableRow row) => (row.Text("framework"), row.Whole("framework_version"));

    private static RoundBoard Board(
        IReadOnlyList<TableRow> scores, IReadOnlyList<TableRow> ranks, IReadOnlyList<TableRow> components, IReadOnlyList<TableRow> evidence, IReadOnlyList<TableRow> framework)
    {
        var round = scores[0];
        var order = framework.ToDictionary(r => (r.Text("level"), r.Text("code")), r => r.Whole("position"));
        var rankOf = ranks.ToDictionary(r => r.Text("unit"), r => new BoardRank(r.Whole("rank"), r.Whole("ranked_units"), r.Whole("sharing")), StringComparer.Ordinal);
        var documents = evidence.ToLookup(r => (r.Text("unit"), r.Text("component")));
        var componentsOf = components.ToLookup(r => r.Text("unit"), StringComparer.Ordinal);
        var units = scores.GroupBy(r => r.Text("unit"), StringComparer.Ordinal)
            .Select(g => Unit([.. g], rankOf.GetValueOrDefault(g.Key), [.. componentsOf[g.Key].Select(r => Component(r, documents)).OrderBy(c => At("component", c.Code))]))
            .ToList();
        return new RoundBoard(
            round.Text("round"),
            new LocalText(round.Text("round_vi"), round.Text("round_en")),
            round.Day("period_from"),
            round.Day("period_to"),
            round.Whole("revision"),
            round.Instant("published_at"),
            round.Flag("synthetic"),
            FrameworkOf(round, framework),
            InOrder(units, league => At("league", league)))
        {
            IsWhole = (ranks.Count > 0 || units.TrueForAll(u => !u.IsRanked)) && components.Count > 0,
        };

        // What the table of frameworks does not have stands at the end, by its code.
        int At(string level, string code) => order.GetValueOrDefault((level, code), int.MaxValue);

        BoardUnit Unit(IReadOnlyList<TableRow> rows, BoardRank? rank, IReadOnlyList<BoardComponent> own) => new(
            rows[0].Text("unit"),
            rows[0].Text("unit_name"),
            rows[0]["league"],
            rows[0].Flag("ranked"),
            Score(rows.First(r => r.Text("level") == "total")),
            [.. rows.Where(r => r.Text("level") == "pillar").Select(Score).OrderBy(s => At("pillar", s.Code))],
            [.. rows.Where(r => r.Text("level") == "main_index").Select(Score).OrderBy(s => At("main_index", s.Code))],
            own,
            rank);
    }

    private static List<BoardUnit> InOrder(IEnumerable<BoardUnit> units, Func<string, int> leagueAt) =>
    [
        .. units
            .OrderBy(u => u.League is null ? -1 : leagueAt(u.League))
            .ThenBy(u => u.League, StringComparer.Ordinal)
            .ThenBy(u => u.Rank?.Rank ?? int.MaxValue)
            .ThenByDescending(u => u.Total.Final.Value)
            .ThenBy(u => u.Code, StringComparer.Ordinal),
    ];

    private static BoardScore Score(TableRow row) => new(
        row.Text("code"), new LocalText(row.Text("name_vi"), row.Text("name_en")), row.Flag("counted"), Points(row, ""), Points(row, "self_"), Points(row, "verified_"));

    private static BoardPoints Points(TableRow row, string prefix) => new(row.Number(prefix + "points"), row.Number(prefix + "maximum"), row.Number(prefix + "value"));

    private static BoardComponent Component(TableRow row, ILookup<(string Unit, string Component), TableRow> documents) => new(
        row.Text("main_index"),
        row.Text("component"),
        new LocalText(row.Text("name_vi"), row.Text("name_en")),
        row.Text("state"),
        row.Number("share"),
        row.Number("points"),
        row.Number("maximum"),
        row.Number("self_points"),
        row.Number("verified_points"))
    {
        Problem = row["problem"],
        Origin = row["origin"],
        Inputs = row["inputs"],
        DatasetVersions = row["dataset_versions"],
        Queries = row["queries"],
        Evidence = [.. documents[(row.Text("unit"), row.Text("component"))].Select(Evidence)],
    };

    private static BoardEvidence Evidence(TableRow row) => new(
        row["document_number"],
        row["document_date"] is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
        row.Text("sha256"));

    private static BoardFramework FrameworkOf(TableRow round, IReadOnlyList<TableRow> rows)
    {
        var (id, version) = FrameworkOf(round);
        var itself = rows.FirstOrDefault(r => r.Text("level") == "framework");
        return new BoardFramework(
            id,
            version,
            itself is null ? new LocalText(id, id) : new LocalText(itself.Text("name_vi"), itself.Text("name_en")),
            itself?.Flag("sourced") ?? false,
            itself?["facts_sha256"],
            rows.Where(r => r.Text("level") == "league").ToDictionary(r => r.Text("code"), r => new LocalText(r.Text("name_vi"), r.Text("name_en")), StringComparer.Ordinal));
    }
}
