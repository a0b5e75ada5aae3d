using System.Globalization;
using System.Net;
using System.Text.Json;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.Tests.OData;

public sealed class DeltaTests : IAsyncLifetime, IDisposable
{
    private const string Full = "application/json;odata.metadata=full";

    private TestTown _town = null!; // Set before each test.
    private RunningPortal _portal = null!; // Set before each test.

    private string Root => _portal.Root + "odata";

    public async Task InitializeAsync()
    {
        _town = new TestTown();
        await _town.PublishAsync("probes", TestTown.Probes, "id,value\n1,a\n2,b\n3,c\n4,d\n");
        _portal = await RunningPortal.StartAsync(_town);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    public void Dispose() => _town.Dispose();

    [Theory]
    [InlineData("4.0", "*/*", """
        {"@odata.context":"ROOT/$metadata#probes/$delta","value":[
        {"@odata.context":"ROOT/$metadata#probes/$deletedEntity","id":"ROOT/probes('3')","reason":"deleted"},
        {"id":"2","value":"B"},
        {"id":"5","value":null}
        ],"@odata.deltaLink":"LINK"}
        """)]
    [InlineData("4.01", "*/*", """
        {"@context":"ROOT/$metadata#probes/$delta","value":[
        {"@removed":{"reason":"deleted"},"@id":"ROOT/probes('3')"},
        {"id":"2","value":"B"},
        {"id":"5","value":null}
        ],"@deltaLink":"LINK"}
        """)]
    [InlineData("4.01", "application/json;metadata=none", """
        {"value":[
        {"@removed":{"reason":"deleted"},"@id":"ROOT/probes('3')"},
        {"id":"2","value":"B"},
        {"id":"5","value":null}
        ],"@deltaLink":"LINK"}
        """)]
    [InlineData("4.01", Full, """
        {"@context":"ROOT/$metadata#probes/$delta","value":[
        {"@context":"ROOT/$metadata#probes/$deletedEntity","@removed":{"reason":"deleted"},"@id":"ROOT/probes('3')"},
        {"@type":"#OpenData.probes","@id":"ROOT/probes('2')","id":"2","value":"B"},
        {"@type":"#OpenData.probes","@id":"ROOT/probes('5')","id":"5","value":null}
        ],"@deltaLink":"LINK"}
        """)]
    public async Task A_delta_link_gives_what_was_added_changed_and_removed(string version, string accept, string expected)
    {
        var link = await TrackAsync("odata/probes");
        await PublishAsync("id,value\n1,a\n2,B\n4,d\n5,\n");
        using var answer = await AskAsync(link, version, accept, "omit-values=nulls, track-changes");
        var text = await answer.Content.ReadAsStringAsync();
        var next = Link(JsonDocument.Parse(text).RootElement, "deltaLink")!;

        Assert.Equal(version, answer.Headers.GetValues("OData-Version").Single());
        Assert.Equal(version == "4.0" ? "odata.track-changes" : "track-changes", answer.Headers.GetValues("Preference-Applied").Single());
        Assert.Equal(expected.Replace("ROOT", Root, StringComparison.Ordinal).Replace("LINK", next, StringComparison.Ordinal), text.TrimEnd());

        // Nothing has happened since.
        using var quiet = await AskAsync(next, version, accept, null);
        var none = JsonDocument.Parse(await quiet.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(0, none.GetProperty("value").GetArrayLength());
        Assert.Equal(next, Link(none, "deltaLink"));
        using var unchanged = new HttpRequestMessage(HttpMethod.Get, next);
        unchanged.Headers.Add("If-None-Match", (await AskAsync(next, "4.0", "*/*", null)).Headers.ETag!.ToString());
        using var same = await _portal.Client.SendAsync(unchanged);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
    }

    [Fact]
    public async Task Rows_that_leave_the_filter_are_removed_and_rows_that_enter_it_are_there()
    {
        var link = await TrackAsync("odata/probes/$filter(value ne @x)?$filter=value ne 'out'&@x='gone'&$select=value");
        await PublishAsync("id,value\n1,gone\n2,out\n3,C\n4,d\n6,out\n");
        await TrackAsync("odata/probes");
        await PublishAsync("id,value\n1,gone\n2,out\n3,C\n5,new\n6,back\n");
        var changes = await JsonAsync(link, "4.01");

        Assert.Equal("6", await _portal.Client.GetStringAsync(link.Replace("probes?", "probes/$count?", StringComparison.Ordinal)));
        Assert.Equal(
            [
                $$$"""{"@removed":{"reason":"deleted"},"@id":"{{{Root}}}/probes('4')"}""",
                $$$"""{"@removed":{"reason":"changed"},"@id":"{{{Root}}}/probes('1')"}""",
                $$$"""{"@removed":{"reason":"changed"},"@id":"{{{Root}}}/probes('2')"}""",
                $$$"""{"@id":"{{{Root}}}/probes('3')","value":"C"}""",
                $$$"""{"@id":"{{{Root}}}/probes('5')","value":"new"}""",
                $$$"""{"@id":"{{{Root}}}/probes('6')","value":"back"}""",
            ],
            changes.GetProperty("value").EnumerateArray().Select(c => c.GetRawText()));
        Assert.Equal(Root + "/$metadata#probes(value)/$delta", changes.GetProperty("@context").GetString());
    }

    [Theory]
    [InlineData("odata/probes?$orderby=value desc&$top=1&$count=true&$skip=1", true)]
    [InlineData("odata/probes?$filter=value eq @v&$orderby=indexof(value,@w)&@v='a'&@w='b'", true)]
    [InlineData("odata/probes?$compute=length(value) as n&$select=id,n", true)]
    [InlineData("odata/probes?$top=0&$format=json", true)]
    [InlineData("odata/probes?$apply=groupby((value))", false)]
    [InlineData("odata/probes?$filter=now() gt 2020-01-01T00:00:00Z", false)]
    [InlineData("odata/probes?$format=csv", false)]
    [InlineData("odata/probes('1')", false)]
    public async Task What_can_be_tracked_says_so_and_the_wish_is_passed_over_elsewhere(string address, bool tracked)
    {
        using var answer = await AskAsync(address, "4.01", "*/*", "track-changes");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(tracked, answer.Headers.TryGetValues("Preference-Applied", out var applied) && applied.Single() == "track-changes");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(tracked, text.Contains("deltaLink", StringComparison.Ordinal));
        if (tracked)
        {
            var link = Link(JsonDocument.Parse(text).RootElement, "deltaLink")!;
            Assert.DoesNotMatch("top=|skip=|count=|orderby=|@w", link);
            Assert.Equal(0, (await JsonAsync(link, "4.01")).GetProperty("value").GetArrayLength());
        }
    }

    [Fact]
    public async Task The_link_stands_on_the_last_page_alone_and_only_the_first_is_asked_for_it()
    {
        using var first = await AskAsync("odata/probes", "4.01", "*/*", "track-changes,maxpagesize=3");
        Assert.Equal("maxpagesize=3, track-changes", first.Headers.GetValues("Preference-Applied").Single());
        var page = JsonDocument.Parse(await first.Content.ReadAsStringAsync()).RootElement;
        Assert.Null(Link(page, "deltaLink"));
        using var second = await AskAsync(Link(page, "nextLink")!, "4.01", "*/*", null);
        Assert.False(second.Headers.Contains("Preference-Applied"));
        Assert.NotNull(Link(JsonDocument.Parse(await second.Content.ReadAsStringAsync()).RootElement, "deltaLink"));

        using var late = await AskAsync("odata/probes", "4.01", "*/*", "maxpagesize=3");
        using var ignored = await AskAsync(Link(JsonDocument.Parse(await late.Content.ReadAsStringAsync()).RootElement, "nextLink")!, "4.01", "*/*", "track-changes");
        Assert.False(ignored.Headers.Contains("Preference-Applied"));
        Assert.Null(Link(JsonDocument.Parse(await ignored.Content.ReadAsStringAsync()).RootElement, "deltaLink"));
    }

    [Fact]
    public async Task All_pages_of_a_delta_lead_to_the_version_on_which_it_began()
    {
        var link = await TrackAsync("odata/probes");
        await PublishAsync("id,value\n3,C\n4,D\n5,E\n");
        using var first = await AskAsync(link, "4.01", "*/*", "maxpagesize=2");
        var page = JsonDocument.Parse(await first.Content.ReadAsStringAsync()).RootElement;
        await PublishAsync("id,value\n9,z\n");
        var seen = new List<string>();
        for (var pages = 1; ; pages++)
        {
            seen.AddRange(page.GetProperty("value").EnumerateArray().Select(c => c.TryGetProperty("@removed", out _) ? "-" : c.GetProperty("value").GetString()!));
            if (Link(page, "nextLink") is not { } next)
            {
                Assert.Equal(3, pages);
                break;
            }

            Assert.Null(Link(page, "deltaLink"));
            using var following = await AskAsync(next, "4.01", "*/*", "maxpagesize=2");
            page = JsonDocument.Parse(await following.Content.ReadAsStringAsync()).RootElement;
        }

        Assert.Equal(["-", "-", "C", "D", "E"], seen);
        var rest = await JsonAsync(Link(page, "deltaLink")!, "4.01");
        Assert.Equal(["-", "-", "-", "z"], rest.GetProperty("value").EnumerateArray().Select(c => c.TryGetProperty("@removed", out _) ? "-" : c.GetProperty("value").GetString()!));
    }

    [Fact]
    public async Task An_earlier_version_is_a_state_to_start_from()
    {
        var old = _town.Store.Current("probes")!.Version;
        await PublishAsync("id,value\n1,a\n2,b\n3,c\n4,D\n");
        var link = await TrackAsync($"odata/probes?asof={old}&$top=0");

        Assert.Equal("""{"id":"4","value":"D"}""", Assert.Single((await JsonAsync(link, "4.01")).GetProperty("value").EnumerateArray()).GetRawText());
    }

    [Fact]
    public async Task A_version_that_is_gone_or_another_structure_is_410_with_the_way_to_the_whole_set()
    {
        var link = await TrackAsync("odata/probes?$filter=id ne 'ồ'");
        var old = _town.Store.Current("probes")!;
        await PublishAsync(
            "id,value,more\n1,a,x\n", TestTown.Probes + "\n  - { name: more, type: text, title: { vi: Thêm, en: More } }");
        foreach (var collected in new[] { false, true })
        {
            if (collected)
            {
                await PublishAsync("id,value\n1,z\n");
                File.Delete(old.DataFile);
            }

            using var answer = await _portal.Client.GetAsync(link);
            Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
            var error = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("error");
            Assert.Equal("OD1215", error.GetProperty("code").GetString());
            Assert.Equal(error.GetProperty("innererror").GetProperty("suggestion").GetString(), answer.Headers.Location!.OriginalString);
            var whole = await JsonAsync(answer.Headers.Location!.OriginalString, "4.01");
            Assert.Equal(1, whole.GetProperty("value").GetArrayLength());
        }
    }

    [Fact]
    public async Task A_token_is_bound_to_its_query_and_stands_alone()
    {
        var link = await TrackAsync("odata/probes?$filter=id ne '7'");
        await _town.PublishAsync("markets", TestTown.Markets, TestTown.MarketRows);
        await RunningPortal.WaitAsync(async () => (await _portal.Client.GetAsync("odata/markets")).IsSuccessStatusCode);
        var token = link[(link.IndexOf("$deltatoken=", StringComparison.Ordinal) + "$deltatoken=".Length)..];
        var forged = new DeltaToken("20200101T000000000Z-00000000", null, 0, PageToken.HashOf("delta", "probes", "")).ToString();
        foreach (var (address, status, code) in new[]
        {
            (link[..^1], 400, "OD1214"),
            (link.Replace("'7'", "'8'", StringComparison.Ordinal), 400, "OD1214"),
            (link.Replace("probes", "markets", StringComparison.Ordinal), 400, "OD1214"),
            ("odata/probes?$deltatoken=" + token, 400, "OD1214"),
            ("odata/probes?$deltatoken=", 400, "OD1214"),
            ("odata/probes?$skiptoken=" + token, 400, "OD1214"),
            (link + "&$top=1", 400, "OD1207"),
            (link + "&$skiptoken=x", 400, "OD1207"),
            (link + "&$apply=identity", 400, "OD1207"),
            (link + "&$deltatoken=x", 400, "OD1208"),
            ("odata/probes?$deltatoken=" + forged, 410, "OD1215"),
            ("odata/probes('1')?$deltatoken=" + token, 400, "OD1206"),
        })
        {
            using var answer = await _portal.Client.GetAsync(address);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Equal((address, status, code), (address, (int)answer.StatusCode, JsonDocument.Parse(text).RootElement.GetProperty("error").GetProperty("code").GetString()));
        }

        foreach (var other in new[] { "deltatoken=", "%24DeltaToken=" })
        {
            Assert.Equal(0, (await JsonAsync(link.Replace("$deltatoken=", other, StringComparison.Ordinal), "4.01")).GetProperty("value").GetArrayLength());
        }
    }

    [Fact]
    public async Task A_personal_column_is_neither_in_a_delta_nor_a_reason_for_one()
    {
        using var town = await TestTown.BuildAsync();
        await using var portal = await RunningPortal.StartAsync(town);
        var contract = File.ReadAllText(Path.Combine(town.CatalogFolder, "datasets", "reports.yaml"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "odata/reports");
        request.Headers.Add("Prefer", "track-changes");
        using var first = await portal.Client.SendAsync(request);
        var link = Link(JsonDocument.Parse(await first.Content.ReadAsStringAsync()).RootElement, "deltaLink")!;
        await town.PublishAsync("reports", contract, "id,topic,citizen_number\n1,Đường hỏng,PLANTED-7f3a-0\n2,Rác thải,PLANTED-7f3a-1\n");
        await RunningPortal.WaitAsync(async () => (await portal.Client.GetStringAsync("odata/reports")).Contains("thải", StringComparison.Ordinal));
        var text = await portal.Client.GetStringAsync(link);

        Assert.DoesNotContain(TestTown.Planted, text, StringComparison.Ordinal);
        Assert.Equal("""{"id":"2","topic":"Rác thải"}""", Assert.Single(JsonDocument.Parse(text).RootElement.GetProperty("value").EnumerateArray()).GetRawText());
    }

    [Fact]
    public async Task Old_rows_with_the_delta_applied_are_the_new_rows_whatever_was_edited()
    {
        const int Rounds = 12;
        string[] queries = ["", "$filter=contains(value,'a')", "$filter=length(value) gt 2 or value eq null&$select=value", "$compute=concat(id,value) as both&$filter=both ne '1a'"];
        var random = new Random(20_261_101);
        var rows = new Dictionary<string, string?>(StringComparer.Ordinal);
        var copies = new Dictionary<string, string>[queries.Length];
        var links = new string[queries.Length];
        for (var i = 0; i < queries.Length; i++)
        {
            copies[i] = await RowsAsync(queries[i], 1_000);
            links[i] = await TrackAsync("odata/probes?" + queries[i]);
        }

        var edits = 0;
        for (var round = 0; round < Rounds; round++)
        {
            for (var edit = random.Next(1, 30); edit > 0; edit--)
            {
                var id = $"{random.Next(1, 40)}";
                rows[id] = random.Next(6) == 0 ? null : new string([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => (char)('a' + random.Next(3)))]);
                if (random.Next(4) == 0)
                {
                    rows.Remove(id);
                }
            }

            rows["99"] = $"round {round}";
            await PublishAsync("id,value\n" + string.Concat(rows.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => $"{r.Key},{r.Value}\n")));

            // Some callers come less often.
            for (var i = 0; i < queries.Length; i++)
            {
                if (round % (i + 1) != 0)
                {
                    continue;
                }

                for (string? at = links[i]; at is not null;)
                {
                    using var answer = await AskAsync(at, "4.01", Full, $"maxpagesize={random.Next(1, 9)}");
                    var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
                    foreach (var change in page.GetProperty("value").EnumerateArray())
                    {
                        edits++;
                        var id = change.GetProperty("@id").GetString()!;
                        if (change.TryGetProperty("@removed", out _))
                        {
                            Assert.True(copies[i].Remove(id));
                        }
                        else
                        {
                            copies[i][id] = change.GetRawText();
                        }
                    }

                    at = Link(page, "nextLink");
                    links[i] = Link(page, "deltaLink") ?? links[i];
                }

                var now = await RowsAsync(queries[i], 1_000);
                Assert.Equal(now.OrderBy(r => r.Key, StringComparer.Ordinal), copies[i].OrderBy(r => r.Key, StringComparer.Ordinal));
            }
        }

        Assert.InRange(edits, 100, 10_000);
    }

    private static string? Link(JsonElement page, string name)
        => page.TryGetProperty("@odata." + name, out var link) || page.TryGetProperty("@" + name, out link) ? link.GetString() : null;

    private async Task<Dictionary<string, string>> RowsAsync(string query, int pageRows)
    {
        using var answer = await AskAsync("odata/probes?" + query, "4.01", Full, string.Create(CultureInfo.InvariantCulture, $"maxpagesize={pageRows}"));
        var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return page.GetProperty("value").EnumerateArray().ToDictionary(r => r.GetProperty("@id").GetString()!, r => r.GetRawText(), StringComparer.Ordinal);
    }

    private async Task PublishAsync(string csv, string contract = TestTown.Probes)
    {
        var version = (await _town.PublishAsync("probes", contract, csv)).Snapshot.Version;
        await RunningPortal.WaitAsync(async () => (await _portal.Client.GetStringAsync("api/v1/datasets/probes")).Contains(version, StringComparison.Ordinal));
    }

    private async Task<string> TrackAsync(string address)
    {
        using var answer = await AskAsync(address, "4.01", "*/*", "odata.track-changes");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return Link(JsonDocument.Parse(text).RootElement, "deltaLink")!;
    }

    private async Task<JsonElement> JsonAsync(string address, string version)
    {
        using var answer = await AskAsync(address, version, "*/*", null);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task<HttpResponseMessage> AskAsync(string address, string version, string accept, string? prefer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("OData-MaxVersion", version);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (prefer is not null)
        {
            request.Headers.TryAddWithoutValidation("Prefer", prefer);
        }

        return await _portal.Client.SendAsync(request);
    }
}
