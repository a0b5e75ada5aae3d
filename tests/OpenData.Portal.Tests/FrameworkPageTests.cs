using System.Net;
using System.Text.Json.Nodes;
using OpenData.Catalogs.Frameworks;
using OpenData.Portal.Errors;
using OpenData.Portal.Scores;
using OpenData.TestKit;

namespace OpenData.Portal.Tests;

/// <summary>Pages and addresses of scoring frameworks over the shipped catalogue's frameworks.</summary>
public sealed class FrameworkPageTests
{
    private static readonly string Shipped = Repository.File("catalogs/thai-nguyen");

    [Fact]
    public async Task Every_shipped_framework_has_a_page_in_both_languages_and_the_same_as_JSON()
    {
        using var town = await TownAsync("dti_province_2020", "dti_province_2022", "dti_province_2025");
        await using var portal = await RunningPortal.StartAsync(town);
        var list = JsonNode.Parse(await portal.Client.GetStringAsync("api/v1/scores/frameworks"))!;
        var ids = list["items"]!.AsArray().Select(i => (string)i!["id"]!).ToList();
        Assert.Equal(["dti_province_2020", "dti_province_2022", "dti_province_2025"], ids);
        foreach (var id in ids)
        {
            var framework = Read(id);
            var detail = JsonNode.Parse(await portal.Client.GetStringAsync($"api/v1/scores/frameworks/{id}"))!;
            Assert.Equal(FrameworkFacts.Hash(framework), (string?)detail["hash"]);
            Assert.Equal(
                framework.Components.Select(c => (c.Code, c.Points)),
                detail["main_indices"]!.AsArray().SelectMany(m => m!["components"]!.AsArray()).Select(c => ((string)c!["code"]!, (decimal)c["points"]!)));
            foreach (var (prefix, language) in new[] { ("", Language.Vietnamese), ("en/", Language.English) })
            {
                using var answer = await portal.Client.GetAsync($"{prefix}scores/frameworks/{id}");
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
                Assert.Contains(framework.Title.For(language), html, StringComparison.Ordinal);
                Assert.All(framework.Components, c => Assert.Contains(FormulaWords.Sentence(c.Formula, c.Points, language), html, StringComparison.Ordinal));
                Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    public async Task What_no_act_says_is_called_a_proposal_and_what_it_says_is_not()
    {
        using var town = await TownAsync("dti_province_2022");
        await using var portal = await RunningPortal.StartAsync(town);
        var html = WebUtility.HtmlDecode(await portal.Client.GetStringAsync("scores/frameworks/dti_province_2022"));
        Assert.Contains("922/QĐ-BTTTT", html, StringComparison.Ordinal);
        var component = html[html.IndexOf("id=\"c-1.01\"", StringComparison.Ordinal)..html.IndexOf("id=\"c-1.02\"", StringComparison.Ordinal)];
        Assert.Contains("đề xuất", component, StringComparison.Ordinal);
        var indices = html[html.IndexOf("<h2 id=\"indices\"", StringComparison.Ordinal)..html.IndexOf("<h2 id=\"pillars\"", StringComparison.Ordinal)];
        Assert.DoesNotContain("đề xuất", indices, StringComparison.Ordinal);
        Assert.Contains("chỉ theo dõi", indices, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_frameworks_are_compared_and_what_only_one_has_is_one_row()
    {
        using var town = await TownAsync("dti_province_2022", "dti_province_2025");
        await using var portal = await RunningPortal.StartAsync(town);
        var form = await portal.Client.GetStringAsync("en/scores/frameworks/dti_province_2022/compare");
        Assert.Contains("dti_province_2025", form, StringComparison.Ordinal);
        Assert.DoesNotContain("What differs", form, StringComparison.Ordinal);
        var html = WebUtility.HtmlDecode(await portal.Client.GetStringAsync("en/scores/frameworks/dti_province_2022/compare?with=dti_province_2025"));
        Assert.Contains("405/QĐ-BKHCN", html, StringComparison.Ordinal);
        Assert.Contains("Head of unit chairs the steering committee (20 points)", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Người đứng đầu là Trưởng ban", html, StringComparison.Ordinal);

        var (before, after) = (Read("dti_province_2022"), Read("dti_province_2025"));
        var component = Assert.Single(FrameworkDifferences.Of(before, after, Language.English), d => d.Subject.En == "Component 1.01");
        Assert.Equal((ScoreWords.OnlyHere, "Head of unit chairs the steering committee (20 points)", null), Assert.Single(component.Rows));
        Assert.Empty(FrameworkDifferences.Of(before, before, Language.Vietnamese));

        // A change of one number is one row.
        var first = before.MainIndices[0];
        var changed = before with { MainIndices = [first with { Components = [first.Components[0] with { Points = 21 }, .. first.Components.Skip(1)] }, .. before.MainIndices.Skip(1)] };
        var rows = FrameworkDifferences.Of(before, changed, Language.English);
        Assert.Equal(["maximum 20 21"], rows.SelectMany(d => d.Rows).Select(r => $"{r.Label.En} {r.Before} {r.After}"));
    }

    [Fact]
    public async Task Unknown_and_hostile_names_are_not_found_and_unknown_parameters_are_refused()
    {
        using var town = await TownAsync("dti_province_2022");
        await using var portal = await RunningPortal.StartAsync(town);
        foreach (var path in new[] { "nothing", "..%2F..%2Fpublishers", "%3Cscript%3E", "DTI_PROVINCE_2022", "dti_province_2022/compare?with=%3Cb%3E" })
        {
            using var page = await portal.Client.GetAsync("scores/frameworks/" + path);
            Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
            var html = await page.Content.ReadAsStringAsync();
            Assert.Contains("text/html", page.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<b>", html, StringComparison.OrdinalIgnoreCase);
        }

        using var unknown = await portal.Client.GetAsync("api/v1/scores/frameworks/nothing");
        Assert.Equal("OD9039", (string?)JsonNode.Parse(await unknown.Content.ReadAsStringAsync())!["code"]);
        using var parameter = await portal.Client.GetAsync("api/v1/scores/frameworks/dti_province_2022?x=1");
        Assert.Equal(HttpStatusCode.BadRequest, parameter.StatusCode);
    }

    [Fact]
    public async Task Texts_of_a_framework_never_become_markup()
    {
        using var town = await TestTown.BuildAsync();
        Write(town, "probe", """
            framework: probe
            title: { vi: "<script>alert(1)</script>", en: "\"><img src=x onerror=alert(1)>" }
            note: { vi: "<b>x</b>", en: "<b>x</b>" }
            level: commune
            total: 10
            main_indices:
              - code: "1"
                name: { vi: "<i>một</i>", en: "<i>one</i>" }
                points: 10
                components:
                  - { code: "1.1", name: { vi: "<svg onload=x>", en: "<svg onload=x>" }, points: 10, formula: { kind: boolean }, evidence: { vi: "<a href=javascript:x>", en: "<a href=javascript:x>" }, supplier: "<u>" }
            """);
        await using var portal = await RunningPortal.StartAsync(town);
        foreach (var path in new[] { "scores/frameworks", "en/scores/frameworks", "scores/frameworks/probe", "en/scores/frameworks/probe" })
        {
            using var answer = await portal.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var html = await answer.Content.ReadAsStringAsync();
            foreach (var planted in new[] { "<script", "<img", "<b>", "<i>", "<svg onload", "<a href=javascript", "<u>" })
            {
                Assert.DoesNotContain(planted, html, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    public async Task Which_rows_an_automatic_input_counts_is_said_on_the_page_and_in_JSON()
    {
        using var town = await TestTown.BuildAsync();
        Write(town, "probe", """
            framework: probe
            title: { vi: Bộ mẫu, en: Sample }
            level: commune
            total: 10
            main_indices:
              - code: "1"
                name: { vi: Một, en: One }
                points: 10
                components:
                  - code: "1.1"
                    name: { vi: Quầy hàng, en: Stalls }
                    points: 10
                    formula: { kind: count_capped, full: 5 }
                    automatic:
                      - { role: n, dataset: markets, unit: market_id, measure: count, period: opened_on, filter: [ { column: covered, equals: "true" }, { column: market_id, in: ["0001", "0002"] } ] }
            """);
        await using var portal = await RunningPortal.StartAsync(town);
        var html = WebUtility.HtmlDecode(await portal.Client.GetStringAsync("scores/frameworks/probe"));
        Assert.Contains("chỉ tính dòng có <span class=\"mono\">covered</span> là <span class=\"mono\">true</span>, chỉ tính dòng có <span class=\"mono\">market_id</span> là một trong <span class=\"mono\">0001, 0002</span>", html, StringComparison.Ordinal);
        var filter = JsonNode.Parse(await portal.Client.GetStringAsync("api/v1/scores/frameworks/probe"))!["main_indices"]![0]!["components"]![0]!["inputs"]![0]!["automatic"]!["filter"]!;
        Assert.Equal("""[{"column":"covered","values":["true"]},{"column":"market_id","values":["0001","0002"]}]""", filter.ToJsonString());
    }

    [Fact]
    public async Task A_framework_that_breaks_keeps_its_last_good_words_and_one_that_goes_is_gone()
    {
        using var town = await TownAsync("dti_province_2022", "dti_province_2025");
        await using var portal = await RunningPortal.StartAsync(town);
        Write(town, "dti_province_2025", "framework: dti_province_2025\ntitle: 7\n");
        File.Delete(Path.Combine(town.CatalogFolder, "frameworks", "dti_province_2022.yaml"));
        await RunningPortal.WaitAsync(async () => (await portal.Client.GetAsync("scores/frameworks/dti_province_2022")).StatusCode == HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.OK, (await portal.Client.GetAsync("scores/frameworks/dti_province_2025")).StatusCode);
    }

    [Fact]
    public async Task The_method_is_told_in_both_languages_with_every_kind_of_formula()
    {
        using var town = await TestTown.BuildAsync();
        await using var portal = await RunningPortal.StartAsync(town);
        foreach (var (path, language) in new[] { ("scores/method", Language.Vietnamese), ("en/scores/method", Language.English) })
        {
            var html = WebUtility.HtmlDecode(await portal.Client.GetStringAsync(path));
            Assert.All(FormulaExamples.All, e => Assert.Contains(FormulaWords.Sentence(e.Example, FormulaExamples.Points, language), html, StringComparison.Ordinal));
        }

        // Every kind that a file may name has its example.
        Assert.Equal(
            typeof(Formula).GetNestedTypes().Order(Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name))),
            FormulaExamples.All.Select(e => e.Example.GetType()).Order(Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name))));
        using var empty = await portal.Client.GetAsync("scores/frameworks");
        Assert.Equal(HttpStatusCode.OK, empty.StatusCode);
    }

    [Theory]
    [InlineData(Language.Vietnamese, "Theo số lượng n: từ 1 được 2,5; từ 4 được 10. Dưới 1 không có điểm.")]
    [InlineData(Language.English, "By count n: from 1 earns 2.5; from 4 earns 10. Below 1 nothing.")]
    public void Steps_are_told_in_points_with_the_marks_of_the_language(string language, string sentence)
        => Assert.Equal(sentence, FormulaWords.Sentence(new Formula.Steps([new(1, 0.25m), new(4, 1)]), 10, language));

    [Fact]
    public void Small_targets_are_told_in_per_cent_and_frequencies_as_numbers()
    {
        Assert.Contains("1%", FormulaWords.Sentence(new Formula.RatioCapped(0.01m, ZeroRule.Zero), 15, Language.English), StringComparison.Ordinal);
        Assert.Contains("từ 50% được 5", FormulaWords.Sentence(new Formula.Tiers([new(0.5m, 0.5m), new(0.8m, 1)], ZeroRule.Zero), 10, Language.Vietnamese), StringComparison.Ordinal);
        Assert.Contains("từ 2 được 5", FormulaWords.Sentence(new Formula.Tiers([new(1, 0.25m), new(2, 0.5m), new(4, 1)], ZeroRule.Zero), 10, Language.Vietnamese), StringComparison.Ordinal);
    }

    private static async Task<TestTown> TownAsync(params string[] frameworks)
    {
        var town = await TestTown.BuildAsync();
        foreach (var id in frameworks)
        {
            Write(town, id, await File.ReadAllTextAsync(Path.Combine(Shipped, "frameworks", id + ".yaml")));
        }

        return town;
    }

    private static Framework Read(string id)
        => FrameworkReader.ReadOne(File.ReadAllText(Path.Combine(Shipped, "frameworks", id + ".yaml")), id + ".yaml").Frameworks.Single();

    private static void Write(TestTown town, string id, string yaml) => town.WriteFramework(id, yaml);
}
