using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.Portal.Scores;
using OpenData.TestKit;

namespace OpenData.Portal.Tests;

/// <summary>The page of provinces over the shipped figures and frameworks.</summary>
public sealed class ProvincesPageTests
{
    [Fact]
    public async Task Published_places_stand_by_year_and_pillar_with_breaks_gaps_and_sources()
    {
        using var town = await TownAsync();
        await using var portal = await RunningPortal.StartAsync(town);
        var page = await OpenAsync(portal, "scores/provinces");

        Assert.Equal("vi", page.DocumentElement.GetAttribute("lang"));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.Equal(["read", "dti", "pillar_gov", "pillar_econ", "pillar_soc", "frameworks", "sources"], page.QuerySelectorAll("main section > h2").Select(h => h.Id!));
        Assert.Equal(["khung 2020", "khung 2022", "khung 2025"], page.QuerySelector("#dti")!.ParentElement!.QuerySelectorAll("thead tr:first-child th").Select(h => h.TextContent));
        Assert.Equal(["12/63", "8/63", "–", "–", "–"], Cells(page, "dti", 0).Select(c => c[..Math.Min(c.Length, c.Length > 1 ? c.IndexOf('3', StringComparison.Ordinal) + 1 : 1)]));
        Assert.StartsWith("2/630,5872[", Cells(page, "dti", 1)[1], StringComparison.Ordinal);
        Assert.Equal("–", Cells(page, "pillar_gov", 1)[0]);
        Assert.StartsWith("22/63[", Cells(page, "pillar_econ", 2)[1], StringComparison.Ordinal);
        Assert.Equal(4, page.QuerySelectorAll("svg.chart").Length);
        Assert.All(page.QuerySelectorAll("svg.chart"), c => Assert.Equal(2, c.QuerySelectorAll("line.break").Length));
        Assert.All(page.QuerySelectorAll("a.source"), a => Assert.NotNull(page.QuerySelector(a.GetAttribute("href")!)));
        Assert.Contains("news.laodong.vn 1461936", page.QuerySelector(".sources")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("922/QĐ-BTTTT", page.Body!.TextContent, StringComparison.Ordinal);

        var english = await OpenAsync(portal, "en/scores/provinces");
        Assert.StartsWith("2/630.5872[", Cells(english, "dti", 1)[1], StringComparison.Ordinal);
        Assert.Contains("Thanh Hoá: 2021 – 12, 2022 – 15, 2023 – 11", english.QuerySelector("#chart-dti-d")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await OpenAsync(portal, "en/datasets/dti_published_values")).QuerySelector("a[href='/en/scores/provinces']"));
    }

    [Fact]
    public async Task The_page_keeps_the_rules_of_all_pages()
    {
        using var town = await TownAsync();
        await using var portal = await RunningPortal.StartAsync(town);
        foreach (var path in new[] { "scores/provinces", "en/scores/provinces" })
        {
            var html = await portal.Client.GetStringAsync(path);
            var page = new HtmlParser().ParseDocument(html);
            Assert.True(Encoding.UTF8.GetByteCount(html) < 60_000, $"{Encoding.UTF8.GetByteCount(html)} bytes");
            Assert.Empty(page.QuerySelectorAll("script, iframe, object, embed, [style], style"));
            Assert.Equal(page.QuerySelectorAll("[id]").Length, page.QuerySelectorAll("[id]").Select(e => e.Id).Distinct(StringComparer.Ordinal).Count());
            Assert.All(page.QuerySelectorAll("[aria-labelledby]"), e => Assert.All(e.GetAttribute("aria-labelledby")!.Split(' '), id => Assert.NotNull(page.GetElementById(id))));
        }
    }

    [Fact]
    public async Task Without_the_dataset_there_is_no_page()
    {
        using var town = new TestTown();
        await town.PublishAsync("markets", TestTown.Markets, TestTown.MarketRows);
        await using var portal = await RunningPortal.StartAsync(town);
        using var answer = await portal.Client.GetAsync("scores/provinces");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Without_frameworks_every_year_stands_by_itself()
    {
        using var town = await TownAsync(frameworks: false);
        await using var portal = await RunningPortal.StartAsync(town);
        var page = await OpenAsync(portal, "scores/provinces");
        Assert.Equal(5, page.QuerySelector("#dti")!.ParentElement!.QuerySelectorAll("thead tr:last-child th").Length);
        Assert.Empty(page.QuerySelectorAll("line.line"));
    }

    [Fact]
    public void Years_between_frameworks_are_spans_without_a_label_and_nothing_is_a_span_of_nothing()
    {
        var name = new LocalText("a", "a");
        Framework Of(int actYear, params int[] years) => new("f", 1, name, UnitLevel.Province, 1000, []) { Years = years, From = new DateOnly(actYear, 1, 1) };
        var spans = ProvinceFigures.SpansOf([Of(2020, 2020), Of(2022, 2022, 2023)], [2019, 2021, 2023], english: true);
        Assert.Equal([(2019, 2019, ""), (2020, 2020, "act of 2020"), (2021, 2021, ""), (2022, 2023, "act of 2022")], spans.Select(s => (s.From, s.To, s.Label)));
        Assert.Empty(ProvinceFigures.SpansOf([], [], english: false));
    }

    [Fact]
    public void A_table_without_a_column_that_the_page_needs_is_refused()
        => Assert.Throws<InvalidOperationException>(() => PublishedValues.Of([["assessment_year", "unit_name"], ["2020", "x"]]));

    private static List<string> Cells(IDocument page, string metric, int row)
        => [.. page.QuerySelector("#" + metric)!.ParentElement!.QuerySelectorAll("tbody tr")[row].QuerySelectorAll("td").Select(c => c.TextContent)];

    private static async Task<IDocument> OpenAsync(RunningPortal portal, string path) => await new HtmlParser().ParseDocumentAsync(await portal.Client.GetStringAsync(path));

    internal static async Task<TestTown> TownAsync(bool frameworks = true)
    {
        var town = new TestTown();
        var shipped = Repository.File("catalogs/thai-nguyen");
        var contract = (await File.ReadAllTextAsync(Path.Combine(shipped, "datasets/dti_published_values.yaml")))
            .Replace("publisher: so_khcn", "publisher: so_cong_thuong", StringComparison.Ordinal)
            .Replace("theme: technology", "theme: economy", StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(town.CatalogFolder, "data"));
        File.Copy(Path.Combine(shipped, "data/dti_published_values.csv"), Path.Combine(town.CatalogFolder, "data/dti_published_values.csv"));
        await town.PublishAsync("dti_published_values", contract, await File.ReadAllTextAsync(Path.Combine(shipped, "data/dti_published_values.csv")));
        if (frameworks)
        {
            Directory.CreateDirectory(Path.Combine(town.CatalogFolder, "frameworks"));
            foreach (var file in Directory.EnumerateFiles(Path.Combine(shipped, "frameworks"), "dti_province_*.yaml"))
            {
                File.Copy(file, Path.Combine(town.CatalogFolder, "frameworks", Path.GetFileName(file)));
            }
        }

        return town;
    }
}
