using System.Globalization;
using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using OpenData.Warehouse.Ledger;

namespace OpenData.Portal.Tests.Versions;

/// <summary>Four versions: collected, pinned, among the newest, current.</summary>
public sealed class VersionListTests(VersionListTests.Town town) : IClassFixture<VersionListTests.Town>
{
    private const string Reason = "Sửa tên <b>xã</b> & huyện";

    private readonly RunningPortal _portal = town.Portal;
    private readonly IReadOnlyList<string> _versions = town.Versions;

    [Fact]
    public async Task The_api_says_of_every_version_what_changed_why_and_until_when_it_is_kept()
    {
        var list = (await JsonAsync("api/v1/datasets/probes/versions")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(_versions.Reverse(), list.Select(v => v.GetProperty("version").GetString()));
        Assert.Equal(["current", "among_newest", "pinned", "collected"], list.Select(v => v.GetProperty("kept_because").GetString()));
        Assert.Equal([(0, 1, 0), (1, 0, 1), (1, 0, 0), (2, 0, 0)], list.Select(v => (Number(v, "rows_added"), Number(v, "rows_changed"), Number(v, "rows_removed"))));
        Assert.Equal([Reason, null, null, null], list.Select(v => v.GetProperty("reason").GetString()));
        Assert.Equal([null, null, "Trích <i>trong</i> báo cáo", null], list.Select(v => v.GetProperty("pin_reason").GetString()));
        Assert.Equal(
            list[0].GetProperty("published_at").GetDateTimeOffset().AddHours(24), list[1].GetProperty("kept_until").GetDateTimeOffset(), TimeSpan.FromMilliseconds(1));
        Assert.Equal(JsonValueKind.Null, list[0].GetProperty("kept_until").ValueKind);
        Assert.Equal(1, Number(list[1], "versions_left"));
        Assert.All(list, v => Assert.DoesNotContain("\"lan\"", v.GetRawText(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_version_leads_to_what_changed_unless_one_side_is_gone()
    {
        var newest = await JsonAsync("api/v1/datasets/probes/versions/" + _versions[3]);
        var changes = newest.GetProperty("changes_url").GetString()!;
        Assert.Equal($"{_portal.Root}datasets/probes/changes.json?from={_versions[2]}&to={_versions[3]}", changes);
        Assert.Equal("""{"added":0,"changed":1,"removed":0}""", (await JsonAsync(changes)).GetProperty("counts").GetRawText());
        Assert.Equal((Reason, "current"), (newest.GetProperty("reason").GetString(), newest.GetProperty("kept_because").GetString()));

        Assert.Equal(JsonValueKind.Null, (await JsonAsync("api/v1/datasets/probes/versions/" + _versions[1])).GetProperty("changes_url").ValueKind);
        Assert.Equal("collected", (await JsonAsync("api/v1/datasets/probes/versions/" + _versions[0])).GetProperty("kept_because").GetString());
    }

    [Fact]
    public async Task Detail_and_quality_take_asof()
    {
        Assert.Equal(_versions[2], (await JsonAsync("api/v1/datasets/probes?asof=" + _versions[2])).GetProperty("version").GetString());
        Assert.Equal(_versions[2], (await JsonAsync($"api/v1/datasets/probes/quality?asof={_versions[2]}")).GetProperty("version").GetString());
        var tomorrow = TimeProvider.System.GetUtcNow().AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Equal(_versions[3], (await JsonAsync("api/v1/datasets/probes?asof=" + tomorrow)).GetProperty("version").GetString());
        foreach (var (path, status, code) in new[]
        {
            ($"api/v1/datasets/probes?asof={_versions[0]}", 410, "OD9032"),
            ("api/v1/datasets/probes?asof=soon", 400, "OD1207"),
            ("api/v1/datasets/probes/quality?asof=2001-01-01", 404, "OD1219"),
            ($"api/v1/datasets/probes?asof={_versions[2]}&asof={_versions[2]}", 400, "OD1207"),
            ($"api/v1/datasets/probes/versions?asof={_versions[2]}", 400, "OD9027"),
        })
        {
            using var answer = await _portal.Client.GetAsync(path);
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Contains(code, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_page_lists_versions_in_both_languages_without_a_script()
    {
        var page = await PageAsync("datasets/probes/versions");
        var rows = page.QuerySelectorAll("tbody tr").Select(r => r.QuerySelectorAll("td").Select(c => c.TextContent.Trim()).ToList()).ToList();

        Assert.Equal(4, rows.Count);
        Assert.Contains(Reason, rows[0][0], StringComparison.Ordinal);
        Assert.Equal(["3", "0", "1", "0", "khi còn là bản hiện hành"], rows[0].Skip(2).Take(5));
        Assert.StartsWith("khi còn trong 2 bản mới nhất: thêm 1 lần công bố nữa; ít nhất đến ", rows[1][6], StringComparison.Ordinal);
        Assert.Equal("được ghim: Trích <i>trong</i> báo cáo", rows[2][6]);
        Assert.Equal("đã thôi lưu từ 26/11/2026 07:00: quá hạn lưu", rows[3][6]);
        Assert.Equal("–", rows[3][7]);
        Assert.Equal(_versions.Reverse(), page.QuerySelectorAll("tbody tr").Select(r => r.Id!));
        Assert.Empty(page.QuerySelectorAll("b, i, script"));

        var form = page.QuerySelector("form.compare")!;
        var from = form.QuerySelector("select[name=from] option")!.GetAttribute("value");
        var to = form.QuerySelector("select[name=to] option")!.GetAttribute("value");
        Assert.Equal((_versions[2], _versions[3]), (from, to));
        using var compared = await _portal.Client.GetAsync($"{form.GetAttribute("action")}?from={from}&to={to}&format=csv");
        Assert.Equal(HttpStatusCode.OK, compared.StatusCode);
        foreach (var link in page.QuerySelectorAll("main a, head link[rel=alternate][type]").Select(a => a.GetAttribute("href")!))
        {
            using var answer = await _portal.Client.GetAsync(link);
            Assert.True(answer.IsSuccessStatusCode, $"{link} gave {answer.StatusCode}");
        }

        var english = await PageAsync("en/datasets/probes/versions");
        Assert.Equal("as long as it is current", english.QuerySelectorAll("tbody tr td")[6].TextContent.Trim());
        Assert.Equal("no longer kept since 26 November 2026, 07:00: beyond the keeping rule", english.QuerySelectorAll("tbody tr")[3].QuerySelectorAll("td")[6].TextContent.Trim());
        Assert.Equal("/en/feeds/probes.atom", english.QuerySelector("link[type='application/atom+xml']")!.GetAttribute("href"));
    }

    [Fact]
    public async Task An_older_version_has_its_page_which_says_so_and_leads_to_its_own_files()
    {
        var page = await PageAsync("datasets/probes?asof=" + _versions[2]);

        Assert.Contains("phiên bản cũ", page.QuerySelector(".note")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.NotEmpty(page.QuerySelectorAll($"a[href^='/datasets/probes/versions/{_versions[2]}.']"));
        Assert.Empty(page.QuerySelectorAll("summary"));
        foreach (var link in page.QuerySelectorAll("#download ~ div a[href$=csv], #api ~ p a, .note a").Select(a => a.GetAttribute("href")!))
        {
            using var answer = await _portal.Client.GetAsync(link);
            Assert.True(answer.IsSuccessStatusCode, $"{link} gave {answer.StatusCode}");
        }

        using var gone = await _portal.Client.GetAsync("datasets/probes?asof=" + _versions[0]);
        Assert.Equal((HttpStatusCode.Gone, "text/html"), (gone.StatusCode, gone.Content.Headers.ContentType!.MediaType));
        using var asCsv = await _portal.GetAsync("datasets/probes?asof=" + _versions[2], "Accept", "text/csv");
        Assert.Equal("id,value\n1,a\n2,b\n4,c\n", await asCsv.Content.ReadAsStringAsync());
        Assert.Equal($"/datasets/probes/versions/{_versions[2]}.csv", asCsv.Content.Headers.ContentLocation!.ToString());
    }

    private static int Number(JsonElement version, string name) => version.GetProperty(name).GetInt32();

    private async Task<IDocument> PageAsync(string path) => await new HtmlParser().ParseDocumentAsync(await _portal.Client.GetStringAsync(path));

    private async Task<JsonElement> JsonAsync(string path)
    {
        using var answer = await _portal.Client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    public sealed class Town : IAsyncLifetime
    {
        public TestTown Data { get; private set; } = null!; // Set before the first test.

        public RunningPortal Portal { get; private set; } = null!; // Set before the first test.

        public IReadOnlyList<string> Versions { get; private set; } = [];

        public async Task InitializeAsync()
        {
            Data = new TestTown();
            var yaml = TestTown.Probes + "\nkeep: { versions: 2 }";
            Versions =
            [
                (await Data.PublishAsync("probes", yaml, "id,value\n1,a\n2,b\n")).Snapshot.Version,
                (await Data.PublishAsync("probes", yaml, "id,value\n1,a\n2,b\n3,c\n")).Snapshot.Version,
                (await Data.PublishAsync("probes", yaml, "id,value\n1,a\n2,b\n4,c\n")).Snapshot.Version,
                (await Data.PublishAsync("probes", yaml, "id,value\n1,x\n2,b\n4,c\n", Reason)).Snapshot.Version,
            ];
            await using (var ledger = await RunLedger.OpenAsync(new LedgerOptions(Data.DataFolder), TimeProvider.System, CancellationToken.None))
            {
                await ledger.PinAsync(new Pin("probes", Versions[1], "lan", "Trích <i>trong</i> báo cáo", DateTimeOffset.UnixEpoch), CancellationToken.None);
            }

            var first = Data.Store.Find("probes", Versions[0])!;
            await File.WriteAllBytesAsync(first.Path("collected.txt"), "2026-11-26T00:00:00Z\n"u8.ToArray());
            File.Delete(first.DataFile);
            Portal = await RunningPortal.StartAsync(Data);
        }

        public async Task DisposeAsync()
        {
            await Portal.DisposeAsync();
            Data.Dispose();
        }
    }
}
