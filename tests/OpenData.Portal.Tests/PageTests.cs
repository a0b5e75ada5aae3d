using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using OpenData.Catalogs;
using OpenData.Portal.Pages;
using OpenData.TestKit;

namespace OpenData.Portal.Tests;

[Collection(ReadingTests.Name)]
public sealed class PageTests(PortalFixture portal)
{
    public static TheoryData<string> Pages => ["", "en", "datasets", "en/datasets", "datasets?q=cho", "datasets/markets", "en/datasets/markets", "datasets/probes", "datasets/markets/versions", "en/datasets/markets/versions", "datasets/probes/versions", "about", "en/about", "nowhere"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_whole_small_and_asks_nobody_else(string path)
    {
        using var answer = await portal.Client.GetAsync(path);
        var html = await answer.Content.ReadAsStringAsync();
        var page = await new HtmlParser(new HtmlParserOptions { IsStrictMode = false }).ParseDocumentAsync(html);

        Assert.True(Encoding.UTF8.GetByteCount(html) < 60_000, $"{path} has {Encoding.UTF8.GetByteCount(html)} bytes");
        Assert.Empty(page.QuerySelectorAll("script, iframe, object, embed, [style], style"));
        Assert.DoesNotContain(page.All, e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)));
        Assert.All(page.QuerySelectorAll("link[rel=stylesheet], link[rel=icon], img"), e => Assert.StartsWith("/assets/", e.GetAttribute("href") ?? e.GetAttribute("src"), StringComparison.Ordinal));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.Single(page.QuerySelectorAll("main"));
        Assert.Equal("#content", page.QuerySelector("a")!.GetAttribute("href"));
        Assert.NotNull(page.QuerySelector("#content"));
        Assert.All(page.QuerySelectorAll("input[type=search]"), i => Assert.NotNull(page.QuerySelector($"label[for={i.Id}]")));
        Assert.Equal(path.StartsWith("en", StringComparison.Ordinal) ? "en" : "vi", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(page.QuerySelectorAll("[id]").Length, page.QuerySelectorAll("[id]").Select(e => e.Id).Distinct(StringComparer.Ordinal).Count());
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task The_dataset_page_has_its_parts_in_the_promised_order()
    {
        var page = await Open("datasets/markets");

        Assert.Equal(
            ["preview", "download", "api", "dictionary", "lineage", "quality", "versions", "cite", "license", "contact"],
            page.QuerySelectorAll("main section > h2").Select(h => h.Id!));
        Assert.Equal("Chợ không tiền mặt", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("nhận 6 bản ghi = 4 công bố + 1 trùng lặp + 1 bị giữ lại", page.QuerySelector(".sum")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("CSV cho Excel", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["curl", "curl -C -, sha256sum", "Python", "R", "C#", "Power Query (Excel, Power BI)", "DuckDB"],
            page.QuerySelectorAll("summary").Select(s => s.TextContent));
    }

    [Fact]
    public async Task Numbers_and_dates_look_as_the_language_writes_them()
    {
        var vietnamese = (await Open("datasets/markets")).QuerySelector(".preview tbody tr")!.QuerySelectorAll("td").Select(c => c.TextContent).ToList();
        var english = (await Open("en/datasets/markets")).QuerySelector(".preview tbody tr")!.QuerySelectorAll("td").Select(c => c.TextContent).ToList();

        Assert.Equal(["0001", "Chợ Đồng Quang", "1.250", "1.234.567,80", "0,25", "Có", "02/09/2001", "01/11/2026 08:30:00", "2001", ""], vietnamese);
        Assert.Equal(["0001", "Chợ Đồng Quang", "1,250", "1,234,567.80", "0.25", "Yes", "2 Sep 2001", "1 Nov 2026, 08:30:00", "2001", ""], english);
    }

    [Fact]
    public async Task Text_from_data_and_contracts_is_never_markup()
    {
        foreach (var path in new[] { "datasets/probes", "en/datasets/probes", "datasets/probes/versions", "datasets", "", "datasets?q=<script>alert(9)</script>\"><img src=x onerror=y>", "<script>alert(9)</script>" })
        {
            using var answer = await portal.Client.GetAsync(path);
            var html = await answer.Content.ReadAsStringAsync();
            var page = await new HtmlParser().ParseDocumentAsync(html);

            Assert.Empty(page.QuerySelectorAll("script, img, svg[onload], i"));
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        }

        var probes = await Open("datasets/probes");
        Assert.Contains("<script>alert(1)</script>", probes.QuerySelector(".preview")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cho khong tien mat", 1)]
    [InlineData("CHỢ", 1)]
    [InlineData("cashless", 1)]
    [InlineData("markets khong-thay", 0)]
    [InlineData("tien-mat", 1)]
    [InlineData("phan anh", 1)]
    [InlineData("h", 0)]
    [InlineData("arkets", 0)]
    [InlineData("mark", 1)]
    public async Task Search_finds_words_with_or_without_accents(string words, int found)
    {
        var page = await Open("datasets?q=" + Uri.EscapeDataString(words));

        Assert.Equal(found, page.QuerySelectorAll("ul.rows > li").Length);
        Assert.Equal(words, page.QuerySelector("input[name=q]")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("datasets/market", "vi", "/datasets/markets")]
    [InlineData("en/datasets/markest", "en", null)]
    [InlineData("en/datasets/Markkets", "en", "/en/datasets/markets")]
    public async Task An_error_page_speaks_the_language_of_its_address_and_names_an_id_one_slip_away(string path, string language, string? meant)
    {
        using var answer = await portal.Portal.GetAsync(path, "Accept-Language", language == "vi" ? "en" : "vi");
        var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(meant, page.QuerySelectorAll("main p a").Select(a => a.GetAttribute("href")).FirstOrDefault());
    }

    [Fact]
    public void Rules_and_units_have_plain_words_and_labels_of_contracts_stand_alone()
    {
        LocalText? Title(string id) => id == "communes" ? new LocalText("Xã hiện hành", "Communes") : null;

        Assert.Equal("Đúng kiểu dữ liệu", Rules.Of("type", Title)!.Vi);
        Assert.Equal("Found in Communes", Rules.Of("exists_in(commune,communes.code)", Title)!.En);
        Assert.Equal("Có trong danh mục đối chiếu", Rules.Of("exists_in(commune,hidden.code)", Title)!.Vi);
        Assert.Equal("Không trùng nhau", Rules.Of("unique(a,b)", Title)!.Vi);
        Assert.Null(Rules.Of("closed after submitted", Title));
        Assert.Equal("km²", Units.Of("km2").Vi);
        Assert.Equal("Mbit/s", Units.Of("Mbit/s").Vi);
    }

    [Fact]
    public void A_timestamp_that_is_kept_to_the_day_is_shown_as_a_day()
        => Assert.Equal("01/07/2025", Formats.Cell(Column(ColumnKind.Timestamp) with { Truncate = "day" }, "2025-07-01T00:00:00+07:00", "vi"));

    [Fact]
    public async Task Filters_are_plain_links_that_robots_leave_alone()
    {
        var page = await Open("datasets?format=csv");

        Assert.All(page.QuerySelectorAll("nav.links a"), a => Assert.Equal("nofollow", a.GetAttribute("rel")));
        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Equal(3, page.QuerySelectorAll("ul.rows > li").Length);
    }

    [Fact]
    public void Formats_do_not_depend_on_the_machine() => Culture.Vietnamese(() =>
    {
        Assert.Equal("1.234.567", Formats.Number(1234567, "vi"));
        Assert.Equal("1,234,567", Formats.Number(1234567, "en"));
        Assert.Equal("-1.234.567,8", Formats.Grouped("-1234567.8", "vi"));
        Assert.Equal("-999", Formats.Grouped("-999", "vi"));
        Assert.Equal("1e20", Formats.Grouped("1e20", "vi"));
        Assert.Equal("12,5 MB", Formats.Bytes(12_500_000, "vi"));
        Assert.Equal("12.5 MB", Formats.Bytes(12_500_000, "en"));
        Assert.Equal("33,3%", Formats.Percent(1 / 3.0, "vi"));
        Assert.Equal("22/11/2026 09:30", Formats.Time(new DateTimeOffset(2026, 11, 22, 2, 30, 0, TimeSpan.Zero), "vi"));
        Assert.Equal("22 November 2026, 09:30", Formats.Time(new DateTimeOffset(2026, 11, 22, 2, 30, 0, TimeSpan.Zero), "en"));
        Assert.Equal("01234", Formats.Cell(Column(ColumnKind.Code), "01234", "vi"));
        Assert.Equal("05/03/2025", Formats.Cell(Column(ColumnKind.Date), "2025-03-05", "vi"));
    });

    [Fact]
    public void A_preview_reads_our_csv_exactly_and_drops_a_cut_record()
    {
        var records = CsvPreview.Records("a,b\n1,\n\"x,\"\"y\"\"\n\",\"\"\n3,cu", whole: false);

        Assert.Equal([["a", "b"], ["1", null], ["x,\"y\"\n", ""]], records);
    }

    [Theory]
    [InlineData("--ink", "--paper", 4.5)]
    [InlineData("--quiet", "--paper", 4.5)]
    [InlineData("--quiet", "--sheet", 4.5)]
    [InlineData("--ink", "--sheet", 4.5)]
    [InlineData("--accent", "--paper", 4.5)]
    [InlineData("--accent", "--sheet", 4.5)]
    [InlineData("--accent-ink", "--accent", 4.5)]
    [InlineData("--good", "--paper", 4.5)]
    [InlineData("--good", "--sheet", 4.5)]
    [InlineData("--warn", "--paper", 4.5)]
    [InlineData("--warn", "--sheet", 4.5)]
    [InlineData("--bad", "--paper", 4.5)]
    [InlineData("--bad", "--sheet", 4.5)]
    [InlineData("--ink", "--warn-sheet", 4.5)]
    [InlineData("--ink", "--bad-sheet", 4.5)]
    [InlineData("--edge", "--paper", 3)]
    [InlineData("--focus", "--paper", 3)]
    [InlineData("--series-1", "--paper", 3)]
    [InlineData("--series-2", "--paper", 3)]
    [InlineData("--series-3", "--paper", 3)]
    [InlineData("--series-4", "--paper", 3)]
    public void Colours_that_meet_have_enough_contrast_in_both_themes(string front, string back, double least)
    {
        var css = File.ReadAllText(Repository.File("portal/wwwroot/assets/site.css"));
        var blocks = Regex.Matches(css, @":root \{(.*?)\}", RegexOptions.Singleline, TimeSpan.FromSeconds(1)).Select(m => m.Groups[1].Value).ToList();

        Assert.Equal(2, blocks.Count);
        Assert.All(blocks, tokens => Assert.True(Contrast(Token(tokens, front), Token(tokens, back)) >= least, $"{front} on {back}: {Contrast(Token(tokens, front), Token(tokens, back)):0.00}"));
    }

    private static ColumnContract Column(ColumnKind kind) => new("c", new ColumnType(kind), new LocalText("c", "c"));

    private static string Token(string tokens, string name)
        => Regex.Match(tokens, Regex.Escape(name) + @":\s*#([0-9a-f]{6})", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value;

    private static double Contrast(string one, string other)
    {
        var (light, dark) = (Luminance(one), Luminance(other)) is var (a, b) && a > b ? (a, b) : (Luminance(other), Luminance(one));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double Luminance(string hex)
    {
        double Channel(int at)
        {
            var value = Convert.ToInt32(hex.Substring(at, 2), 16) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(0)) + (0.7152 * Channel(2)) + (0.0722 * Channel(4));
    }

    private async Task<IDocument> Open(string path) => await new HtmlParser().ParseDocumentAsync(await portal.Client.GetStringAsync(path));
}
