using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using OpenData.Portal.Pages;
using OpenData.Portal.Scores.Boards;

namespace OpenData.Portal.Tests;

/// <summary>Boards and scorecards of published rounds: what they say is what the downloads say.</summary>
public sealed class BoardPageTests(BoardFixture fixture) : IClassFixture<BoardFixture>
{
    private static readonly string[] Rounds = ["dti_department-2025", "dti_department-2024", "dti_commune-2025"];

    private HttpClient Client => fixture.Portal.Client;

    [Fact]
    public async Task The_list_has_every_published_round_the_newest_period_first_with_its_labels()
    {
        var page = await OpenAsync("en/scores");
        Assert.Equal(
            ["/en/scores/dti_commune-2025", "/en/scores/dti_department-2025", "/en/scores/dti_department-2024"],
            page.QuerySelectorAll("#rounds ~ ul h3 a").Select(a => a.GetAttribute("href")!));
        Assert.All(page.QuerySelectorAll("#rounds ~ ul h3"), h => Assert.Equal(["synthetic", "proposal"], h.QuerySelectorAll(".tag").Select(t => t.TextContent)));
        Assert.NotNull(page.QuerySelector("header nav a[href='/en/scores'][aria-current='page']"));
    }

    [Fact]
    public async Task Every_unit_of_every_board_has_the_rank_and_the_value_of_the_download()
    {
        var (scores, ranks) = (await RowsAsync("dti_scores"), await RowsAsync("dti_ranks"));
        var seen = 0;
        foreach (var round in Rounds)
        {
            var page = await OpenAsync("en/scores/" + round);
            foreach (var row in page.QuerySelectorAll("table.board tbody tr"))
            {
                var unit = Uri.UnescapeDataString(row.QuerySelector("th a")!.GetAttribute("href")!.Split('/')[^1]);
                var total = scores.Single(s => s["round"] == round && s["unit"] == unit && s["level"] == "total");
                var rank = ranks.SingleOrDefault(r => r["round"] == round && r["unit"] == unit);
                var cells = row.QuerySelectorAll("td");
                Assert.Equal(total["unit_name"], row.QuerySelector("th")!.TextContent);
                Assert.Equal(decimal.Parse(total["value"]!, CultureInfo.InvariantCulture).ToString("0.0000", CultureInfo.InvariantCulture), cells[1].TextContent);
                Assert.Equal(rank?["rank"] ?? "not ranked", cells[0].FirstChild is IText text ? text.TextContent : cells[0].TextContent);
                Assert.Equal(BoardNumbers.Points(decimal.Parse(total["points"]!, CultureInfo.InvariantCulture), "en"), cells[2].FirstChild!.TextContent);
                seen++;
            }
        }

        Assert.Equal(scores.Count(s => s["level"] == "total"), seen);
    }

    [Fact]
    public async Task Every_scorecard_has_the_points_of_the_download_component_by_component()
    {
        var components = (await RowsAsync("dti_component_scores")).Where(c => c["round"] == "dti_department-2025").ToLookup(c => c["unit"]!);
        Assert.Equal(16, components.Count);
        foreach (var unit in components)
        {
            var page = await OpenAsync($"en/scores/dti_department-2025/{unit.Key}");
            Assert.Equal(unit.Count(), page.QuerySelectorAll("li[id^='c-']").Length);
            foreach (var component in unit)
            {
                var item = page.GetElementById("c-" + component["component"])!;
                Assert.Equal($"{Points(component, "points")} / {Points(component, "maximum")}", item.QuerySelector(".tag")!.TextContent);
                Assert.Contains($"Self: {Points(component, "self_points")}", item.TextContent, StringComparison.Ordinal);
                Assert.Contains($"Verified: {Points(component, "verified_points")}", item.TextContent, StringComparison.Ordinal);
                Assert.True(component["state"] != "scored" || item.QuerySelector("p.sum") is not null, $"{unit.Key} {component["component"]} has no formula.");
            }
        }
    }

    [Fact]
    public async Task A_scorecard_says_where_an_automatic_input_and_a_document_come_from()
    {
        var page = await OpenAsync("scores/dti_department-2025/19.VPUB");
        var source = page.QuerySelector("a[href='/datasets/dti_ranks?asof=20260101T000000Z']");
        Assert.NotNull(source);
        Assert.Contains("select sum(", page.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("12/QĐ-UBND <b>", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(new string('a', 64), page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(3, page.QuerySelectorAll("#sources ~ div tbody tr").Length);
        Assert.NotEmpty(page.QuerySelectorAll("#most ~ ol li"));
        Assert.All(page.QuerySelectorAll("#most ~ ol a"), a => Assert.NotNull(page.GetElementById(a.GetAttribute("href")![1..])));
    }

    [Fact]
    public async Task A_change_is_shown_against_the_round_before_of_the_same_framework_only()
    {
        var now = await OpenAsync("en/scores/dti_department-2025");
        var first = await OpenAsync("en/scores/dti_department-2024");
        var communes = await OpenAsync("en/scores/dti_commune-2025");
        Assert.Contains("Change", now.QuerySelectorAll("table.board th").Select(h => h.TextContent));
        Assert.DoesNotContain("Change", first.QuerySelectorAll("table.board th").Select(h => h.TextContent));
        Assert.DoesNotContain("Change", communes.QuerySelectorAll("table.board th").Select(h => h.TextContent));
        var row = now.QuerySelector("table.board a[href$='/19.VPUB']")!.Closest("tr")!;
        Assert.StartsWith("+0.0", row.QuerySelectorAll("td")[3].TextContent, StringComparison.Ordinal);
        Assert.Contains(now.QuerySelectorAll("table.board tr td:nth-child(5)"), c => c.TextContent == "±0.0000");
    }

    [Fact]
    public async Task Leagues_are_ranked_apart_and_one_can_be_asked_for()
    {
        var all = await OpenAsync("scores/dti_commune-2025");
        Assert.Equal([15, 77], all.QuerySelectorAll("table.board").Select(t => t.QuerySelectorAll("tbody tr").Length));
        Assert.Equal(["Phường 15", "Xã 77"], all.QuerySelectorAll("h2[id^='board-']").Select(h => h.TextContent));
        var wards = await OpenAsync("scores/dti_commune-2025?league=ward");
        Assert.Equal([15], wards.QuerySelectorAll("table.board").Select(t => t.QuerySelectorAll("tbody tr").Length));
        Assert.Equal("ward", wards.QuerySelector("option[selected]")!.GetAttribute("value"));
        Assert.Equal((92, 15), (wards.QuerySelectorAll("#chart-map-t ~ path.area").Length, wards.QuerySelectorAll("#chart-map-t ~ path[class^='area c']").Length));
        Assert.Equal(92, all.QuerySelectorAll("#chart-map-t ~ path.area").Length);
    }

    [Fact]
    public async Task Intervals_hold_the_rank_and_the_chart_has_the_units_of_the_table()
    {
        var page = await OpenAsync("en/scores/dti_department-2025");
        var rows = page.QuerySelectorAll("table.board tbody tr").Where(r => r.QuerySelectorAll("td")[0].TextContent != "not ranked").ToList();
        Assert.All(rows, r =>
        {
            var ends = r.QuerySelectorAll("td")[4].TextContent.Split('–');
            Assert.InRange(int.Parse(((IText)r.QuerySelectorAll("td")[0].FirstChild!).Data, CultureInfo.InvariantCulture), int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[^1], CultureInfo.InvariantCulture));
        });
        Assert.Equal(rows.Count, page.QuerySelectorAll("#chart-board-1-t ~ path.mark").Length);
        Assert.Equal(rows.Count(r => r.QuerySelectorAll("td")[5].TextContent == "too close to call"), page.QuerySelectorAll("#chart-board-1-t ~ text").Count(t => t.TextContent == "≈"));
        Assert.Contains("10,000 times", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("seed 2022", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_interface_says_the_same_as_the_page()
    {
        var board = JsonNode.Parse(await Client.GetStringAsync("api/v1/scores/rounds/dti_department-2025"))!;
        var page = await OpenAsync("en/scores/dti_department-2025");
        Assert.Equal(
            page.QuerySelectorAll("table.board tbody tr").Select(r => $"{r.QuerySelector("th")!.TextContent} {r.QuerySelectorAll("td")[1].TextContent}"),
            board["units"]!.AsArray().Select(u => FormattableString.Invariant($"{u!["name"]} {(decimal)u["value"]!:0.0000}")));
        Assert.Equal(3, (int)JsonNode.Parse(await Client.GetStringAsync("api/v1/scores/rounds"))!["total"]!);
        var card = JsonNode.Parse(await Client.GetStringAsync("api/v1/scores/rounds/dti_department-2025/19.VPUB"))!;
        var shown = await OpenAsync("en/scores/dti_department-2025/19.VPUB");
        Assert.Equal(
            shown.QuerySelectorAll("p.sum").Select(p => p.TextContent),
            card["components"]!.AsArray().Select(c => (string?)c!["formula"]?["en"]).OfType<string>());
        Assert.Equal((decimal)card["total"]!["final"]!["points"]!, card["points_by_source"]!.AsObject().Sum(p => (decimal)p.Value!), 6);
        Assert.Equal(15, JsonNode.Parse(await Client.GetStringAsync("api/v1/scores/rounds/dti_commune-2025?league=ward"))!["units"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("scores/dti_department-2023", 404, "OD9042")]
    [InlineData("scores/..%2f..%2fetc", 404, "OD9042")]
    [InlineData("en/scores/%3Cscript%3E", 404, "OD9042")]
    [InlineData("scores/dti_department-2025/nobody", 404, "OD9043")]
    [InlineData("scores/dti_department-2025/01840", 404, "OD9043")]
    [InlineData("scores/dti_commune-2025?league=%27;drop", 400, "OD9027")]
    [InlineData("api/v1/scores/rounds/x", 404, "OD9042")]
    [InlineData("api/v1/scores/rounds/dti_department-2025/x%20y", 404, "OD9043")]
    [InlineData("api/v1/scores/rounds/dti_department-2025?colour=1", 400, "OD9027")]
    [InlineData("api/v1/scores/rounds?limit=0", 400, "OD9027")]
    public async Task An_address_that_names_nothing_published_says_so(string path, int status, string code)
    {
        using var answer = await Client.GetAsync(path);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Contains(code, body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_stay_texts_and_nothing_of_the_people_who_answered_is_shown()
    {
        foreach (var path in new[] { "scores", "scores/dti_department-2025", "en/scores/dti_commune-2025", "scores/dti_department-2025/19.SNV", "en/scores/dti_department-2025/19.VPUB", "scores/dti_commune-2025/01840" })
        {
            var html = await Client.GetStringAsync(path);
            var page = new HtmlParser().ParseDocument(html);
            Assert.DoesNotContain("PLANTED", html, StringComparison.Ordinal);
            Assert.Empty(page.QuerySelectorAll("script, iframe, object, embed, [style], style"));
            Assert.Single(page.QuerySelectorAll("h1"));
            Assert.Equal(page.QuerySelectorAll("[id]").Length, page.QuerySelectorAll("[id]").Select(e => e.Id).Distinct(StringComparer.Ordinal).Count());
            Assert.All(page.QuerySelectorAll("[aria-labelledby]"), e => Assert.All(e.GetAttribute("aria-labelledby")!.Split(' '), id => Assert.NotNull(page.GetElementById(id))));
            Assert.All(page.QuerySelectorAll("main a[href^='#']"), a => Assert.NotNull(page.GetElementById(a.GetAttribute("href")![1..])));
        }

        Assert.Contains(ScoreTown.Hostile, (await OpenAsync("scores/dti_department-2025")).QuerySelectorAll("table.board th").Select(h => h.TextContent));
        Assert.Equal(ScoreTown.Hostile, (await OpenAsync("scores/dti_department-2025/19.SNV")).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Before_the_first_publication_the_page_says_that_there_is_nothing()
    {
        using var town = new TestTown();
        await town.PublishAsync("markets", TestTown.Markets, TestTown.MarketRows);
        await using var portal = await RunningPortal.StartAsync(town);
        Assert.Contains("No round has been published yet.", await portal.Client.GetStringAsync("en/scores"), StringComparison.Ordinal);
        Assert.Equal(0, (int)JsonNode.Parse(await portal.Client.GetStringAsync("api/v1/scores/rounds"))!["total"]!);
    }

    [Fact]
    public async Task A_framework_that_has_changed_since_gives_neither_intervals_nor_formulas_and_the_page_says_so()
    {
        using var town = new TestTown();
        var round = ScoreTown.Round("department", 2025);
        await ScoreTown.PublishAsync(town, round);
        town.WriteFramework("dti_department", round.Framework.Yaml.Replace("points: 30", "points: 31", StringComparison.Ordinal).Replace("points: 20\n", "points: 19\n", StringComparison.Ordinal));
        await using var portal = await RunningPortal.StartAsync(town);
        var page = new HtmlParser().ParseDocument(await portal.Client.GetStringAsync("en/scores/dti_department-2025"));
        Assert.Equal(16, page.QuerySelectorAll("table.board tbody tr").Length);
        Assert.DoesNotContain("Interval of ranks", page.QuerySelectorAll("table.board th").Select(h => h.TextContent));
        Assert.Contains("Intervals are not computed", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(new HtmlParser().ParseDocument(await portal.Client.GetStringAsync("scores/dti_department-2025/19.VPUB")).QuerySelectorAll("p.sum"));
    }

    [Fact]
    public void Rows_of_another_revision_are_not_put_together()
    {
        IReadOnlyList<TableRow> Table(string csv) => TableRow.Of(CsvPreview.Records(csv, whole: true));
        var boards = BoardReading.Of(new BoardTables(
            Table("round,revision,round_vi,round_en,period_from,period_to,published_at,framework,framework_version,synthetic,unit,unit_name,league,ranked,level,code,name_vi,name_en,counted,points,maximum,value,self_points,self_maximum,self_value,verified_points,verified_maximum,verified_value\n"
                + "r,2,Đ,R,2025-01-01,2025-12-31,2026-01-01T00:00:00Z,f,1,false,a,A,,true,total,total,T,T,true,5,10,0.5,5,10,0.5,5,10,0.5\n"),
            Table("round,revision,unit,rank,ranked_units,sharing\nr,1,a,1,1,1\n"),
            [],
            [],
            []));
        var board = Assert.Single(boards);
        Assert.Equal((2, false), (board.Revision, board.IsWhole));
        Assert.Null(Assert.Single(board.Units).Rank);
        Assert.Equal(("f", null), (board.Framework.Title.En, board.Framework.Hash));
        Assert.Throws<InvalidOperationException>(() => BoardReading.Of(new BoardTables(Table("round\nr\n"), [], [], [], [])));
    }

    [Fact]
    public async Task Units_stand_side_by_side_and_over_the_years()
    {
        var page = await OpenAsync("en/scores/dti_department-2025/compare?units=19.VPUB,19.STC");
        var scores = (await RowsAsync("dti_scores")).Where(s => s["round"] == "dti_department-2025" && s["level"] == "main_index").ToList();
        foreach (var (unit, column) in new[] { ("19.VPUB", 0), ("19.STC", 1) })
        {
            Assert.Equal(
                scores.Where(s => s["unit"] == unit).Select(s => decimal.Parse(s["value"]!, CultureInfo.InvariantCulture).ToString("0.0000", CultureInfo.InvariantCulture)),
                page.QuerySelectorAll("#values ~ div tbody tr").Skip(2).Select(r => r.QuerySelectorAll("td")[column].TextContent));
        }

        Assert.Equal(["2024", "2025"], page.QuerySelectorAll("#trend ~ figure thead th.num").Select(h => h.TextContent));
        Assert.Equal(["19.VPUB", "19.STC"], page.QuerySelectorAll("option[selected]").Select(o => o.GetAttribute("value")).Where(v => v!.Length > 0));
        Assert.Equal(2, page.QuerySelectorAll("#chart-trend-t ~ line.line").Length);
        Assert.NotNull((await OpenAsync("scores/dti_department-2025/19.VPUB")).QuerySelector("#trend"));
        Assert.Null((await OpenAsync("scores/dti_commune-2025/01840")).QuerySelector("#trend"));
        Assert.Empty((await OpenAsync("scores/dti_department-2025/compare")).QuerySelectorAll("main table"));
        Assert.Contains("different leagues", (await OpenAsync("en/scores/dti_commune-2025/compare?units=01840&units=01849&units=")).QuerySelector("p.note")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_the_years_breaks_where_the_framework_changed_and_a_year_without_a_round_stays_empty()
    {
        var unit = new BoardUnit("a", "A", null, true, Total(0.5m), [], [], [], null);
        RoundBoard Board(int year, int version) => new(
            $"r-{year}", new("r", "r"), new(year, 1, 1), new(year, 12, 31), 1, DateTimeOffset.UnixEpoch, false,
            new BoardFramework("f", version, new("f", "f"), true, null, new Dictionary<string, OpenData.Catalogs.LocalText>()), [unit]);
        var trend = Trend.Of([Board(2020, 1), Board(2022, 1), Board(2024, 2), Board(2025, 2)], [unit])!;
        Assert.Equal([(2020, 2022, "f 1"), (2023, 2023, ""), (2024, 2025, "f 2")], trend.Spans.Select(s => (s.From, s.To, s.Label)));
        Assert.Equal([2020, 2022, 2024, 2025], Assert.Single(trend.Series).Values.Keys.Order());
        Assert.Null(Trend.Of([Board(2020, 1)], [unit]));
        Assert.Null(Trend.Of([Board(2020, 1), Board(2021, 1)], [unit with { Code = "b" }]));

        static BoardScore Total(decimal value) => new("total", new("t", "t"), true, new(1, 2, value), new(1, 2, value), new(1, 2, value));
    }

    [Fact]
    public async Task Every_published_score_comes_out_again_and_other_inputs_change_what_is_shown_and_nothing_else()
    {
        var before = await Client.GetStringAsync("api/v1/scores/rounds/dti_department-2025");
        foreach (var round in new[] { "dti_department-2025", "dti_commune-2025" })
        {
            foreach (var unit in (await RowsAsync("dti_scores")).Where(s => s["round"] == round && s["level"] == "total").Take(20))
            {
                // The first component of both frameworks is one of levels.
                var page = await OpenAsync($"en/scores/{round}/{unit["unit"]}/what-if?component=1.1&in-level=head");
                Assert.Equal(BoardNumbers.Points(decimal.Parse(unit["points"]!, CultureInfo.InvariantCulture), "en"), Cell(page, 1, 0));
            }
        }

        var worse = await OpenAsync("en/scores/dti_department-2025/19.VPUB/what-if?component=1.2&in-a=0&in-b=9");
        Assert.Equal(("20.00", "0.00"), (Cell(worse, 0, 0), Cell(worse, 0, 1)));
        Assert.Equal(20, decimal.Parse(Cell(worse, 1, 0), CultureInfo.InvariantCulture) - decimal.Parse(Cell(worse, 1, 1), CultureInfo.InvariantCulture));
        Assert.Equal("0", worse.QuerySelector("input[name='in-a']")!.GetAttribute("value"));
        Assert.Contains("no official result changes", worse.QuerySelector(".note")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("9", (await OpenAsync("scores/dti_department-2025/19.VPUB/what-if?component=1.2")).QuerySelector("input[name='in-a']")!.GetAttribute("value"));
        Assert.Equal(before, await Client.GetStringAsync("api/v1/scores/rounds/dti_department-2025"));

        static string Cell(IDocument page, int row, int column) => page.QuerySelectorAll("#result ~ div tbody tr")[row].QuerySelectorAll("td")[column].TextContent;
    }

    [Theory]
    [InlineData("scores/dti_department-2025/compare?units=nobody", 404, "OD9043")]
    [InlineData("scores/dti_department-2025/compare?units=19.VPUB,19.SNV,19.STC,19.SXD,19.SYT", 400, "OD9027")]
    [InlineData("scores/nothing/compare", 404, "OD9042")]
    [InlineData("scores/dti_department-2025/nobody/what-if", 404, "OD9043")]
    [InlineData("scores/dti_department-2025/19.VPUB/what-if?component=99", 400, "OD9027")]
    [InlineData("scores/dti_department-2025/19.VPUB/what-if?component=1.2&in-a=x&in-b=1", 400, "OD9027")]
    [InlineData("scores/dti_department-2025/19.VPUB/what-if?component=1.2&in-a=1", 400, "OD9027")]
    [InlineData("scores/dti_department-2025/19.VPUB/what-if?component=1.2&in-a=1e9&in-b=1", 400, "OD9027")]
    [InlineData("scores/dti_department-2025/19.VPUB/what-if?component=1.2&in-a=99999999999999999999&in-b=1", 400, "OD9027")]
    [InlineData("scores/dti_department-2025/19.VPUB/what-if?component=1.2&in-a=1&in-b=0.0000000000001", 400, "OD9027")]
    [InlineData("scores/dti_department-2025/19.VPUB/what-if?component=1.1&in-level=%3Cscript%3E", 400, "OD9027")]
    public Task A_comparison_or_a_trial_that_makes_no_sense_says_so(string path, int status, string code) => An_address_that_names_nothing_published_says_so(path, status, code);

    private static string Points(Dictionary<string, string?> row, string column) => BoardNumbers.Points(decimal.Parse(row[column]!, CultureInfo.InvariantCulture), "en");

    private async Task<IDocument> OpenAsync(string path) => await new HtmlParser().ParseDocumentAsync(await Client.GetStringAsync(path));

    private async Task<List<Dictionary<string, string?>>> RowsAsync(string dataset)
    {
        var records = CsvPreview.Records(await Client.GetStringAsync($"datasets/{dataset}.csv"), whole: true, rowsMax: int.MaxValue);
        return [.. records.Skip(1).Select(r => records[0].Zip(r).ToDictionary(c => c.First!.TrimStart('\uFEFF'), c => c.Second, StringComparer.Ordinal))];
    }
}
