using System.Globalization;
using System.Net;
using System.Text.Json;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.Tests.OData;

public sealed class ODataTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private string Root => fixture.Portal.Root + "odata";

    [Fact]
    public async Task The_service_document_lists_open_datasets_only()
    {
        foreach (var address in new[] { "odata", "odata/", "odata//", "ODATA/?$format=json", "odata/?format=application%2Fjson" })
        {
            var body = await JsonAsync(address);
            Assert.Equal(Root + "/$metadata", body.GetProperty("@odata.context").GetString());
            var names = body.GetProperty("value").EnumerateArray().Select(s => s.GetProperty("name").GetString());
            Assert.Equal(["markets", "probes", "reports"], names);
        }
    }

    [Fact]
    public async Task A_page_has_context_and_rows_in_physical_order()
    {
        using var response = await fixture.Client.GetAsync("odata/markets");
        Assert.Equal("4.0", response.Headers.GetValues("OData-Version").Single());
        Assert.Equal("application/json;odata.metadata=minimal;odata.streaming=true;charset=utf-8", response.Content.Headers.ContentType!.ToString().Replace(" ", "", StringComparison.Ordinal));
        var text = await response.Content.ReadAsStringAsync();
        Assert.Contains("\"turnover\":1234567.80", text, StringComparison.Ordinal);
        Assert.Contains("\"counted_at\":\"2026-11-01T08:30:00+07:00\"", text, StringComparison.Ordinal);
        Assert.Contains("Chợ Đồng Quang", text, StringComparison.Ordinal);
        var body = JsonDocument.Parse(text).RootElement;
        Assert.Equal(Root + "/$metadata#markets", body.GetProperty("@odata.context").GetString());
        Assert.Equal(["0001", "0002", "0003", "0004"], Ids(body));
        Assert.Equal(JsonValueKind.Null, body.GetProperty("value")[2].GetProperty("stalls").ValueKind);
    }

    [Theory]
    [InlineData("$filter=stalls gt 50", "0001 0002")]
    [InlineData("filter=stalls%20gt%2050", "0001 0002")]
    [InlineData("%24FILTER=stalls+gt+50", "0001 0002")]
    [InlineData("$filter=name+eq+%27Ch%E1%BB%A3+%C4%90%E1%BB%93ng+Quang%27", "0001")]
    [InlineData("$filter=name%20eq%20%27Ch%E1%BB%A3+%C4%90%E1%BB%93ng%20Quang%27", "")]
    [InlineData("$filter=counted_at+ge+2026-11-01T09:00:00%2B07:00+and+name+ne+%27x+y%27", "0002 0004")]
    [InlineData("$filter=stalls ne 80", "0001 0003 0004")]
    [InlineData("$filter=stalls eq null", "0003")]
    [InlineData("$filter=contains(tolower(name),'đồng')", "0001")]
    [InlineData("$filter=name eq 'Cho\u0323\u031b'", "")]
    [InlineData("$filter=counted_at ge 2026-11-01T09:00:00+07:00", "0002 0004")]
    [InlineData("$filter=counted_at ge 2026-11-01T09:00:00%2B07:00", "0002 0004")]
    [InlineData("$filter=turnover eq @t&@t=999", "0002")]
    [InlineData("$orderby=stalls", "0003 0004 0002 0001")]
    [InlineData("$orderby=stalls desc&$top=2", "0001 0002")]
    [InlineData("$orderby=covered desc,stalls&$skip=1", "0001 0002 0003")]
    [InlineData("$top=0", "")]
    [InlineData("$skip=3", "0004")]
    [InlineData("$skip=99", "")]
    [InlineData("$select=market_id", "0001 0002 0003 0004")]
    [InlineData("&&$top=1&", "0001")]
    public async Task Options_are_obeyed(string query, string ids)
    {
        var body = await JsonAsync("odata/markets?" + query);
        Assert.Equal(ids, string.Join(' ', Ids(body)));
    }

    [Fact]
    public async Task Count_ignores_top_and_skip_but_not_the_filter()
    {
        var body = await JsonAsync("odata/markets?$count=true&$top=1&$skip=1&$filter=stalls ne null");
        Assert.Equal(3, body.GetProperty("@odata.count").GetInt64());
        Assert.Equal(["0002"], Ids(body));
        Assert.Equal(4, (await JsonAsync("odata/markets?$count=true&$top=0")).GetProperty("@odata.count").GetInt64());
        Assert.Equal("4", await fixture.Client.GetStringAsync("odata/markets/$count"));
        Assert.Equal("2", await fixture.Client.GetStringAsync("odata/markets/$count?$filter=stalls gt 50"));
    }

    [Theory]
    [InlineData("$orderby=stalls")]
    [InlineData("$orderby=stalls desc,name&$filter=name ne 'x'")]
    [InlineData("$filter=stalls ne 3")]
    [InlineData("$select=market_id&$skip=1")]
    [InlineData("$top=3&$count=true")]
    [InlineData("$orderby=stalls&$skip=1&$top=2")]
    [InlineData("")]
    public async Task Pages_are_bound_to_a_version_and_together_give_the_whole_answer(string query)
    {
        var whole = Ids(await JsonAsync("odata/markets?" + query)).ToList();
        var pages = new List<string?>();
        string? next = "odata/markets?" + query;
        for (var page = 0; next is not null; page++)
        {
            Assert.True(page < 10);
            using var response = await fixture.Portal.GetAsync(next, "Prefer", "odata.maxpagesize=1");
            Assert.Equal("odata.maxpagesize=1", response.Headers.GetValues("Preference-Applied").Single());
            var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
            pages.AddRange(Ids(body));
            next = body.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
            Assert.True(next is null || next.StartsWith(Root + "/markets?", StringComparison.Ordinal));
        }

        Assert.Equal(whole, pages);
    }

    [Theory]
    [InlineData("odata/markets('0002')")]
    [InlineData("odata/markets(market_id='0002')")]
    [InlineData("odata//markets/0002")]
    [InlineData("odata/Markets(Market_ID='0002')/")]
    public async Task One_row_is_found_by_its_key(string address)
    {
        var body = await JsonAsync(address);
        Assert.Equal(Root + "/$metadata#markets/$entity", body.GetProperty("@odata.context").GetString());
        Assert.Equal("Chợ Thái, \"trung tâm\"", body.GetProperty("name").GetString());
        Assert.Equal(Root + "/$metadata#markets(market_id,stalls)/$entity", (await JsonAsync(address + "?$select=stalls,market_id")).GetProperty("@odata.context").GetString());
    }

    [Fact]
    public async Task Properties_and_raw_values_have_addresses()
    {
        var body = await JsonAsync("odata/markets('0001')/stalls");
        Assert.Equal(1250, body.GetProperty("value").GetInt32());
        Assert.Equal(Root + "/$metadata#markets('0001')/stalls", body.GetProperty("@odata.context").GetString());
        Assert.Equal("1250", await fixture.Client.GetStringAsync("odata/markets/0001/stalls/$value"));
        Assert.Equal("Chợ Đồng Quang", await fixture.Client.GetStringAsync("odata/markets/0001/name/$value"));
        Assert.Equal("2001-09-02", await fixture.Client.GetStringAsync("odata/markets/0001/opened_on/$value"));
        using var empty = await fixture.Client.GetAsync("odata/markets/0003/stalls");
        Assert.Equal(HttpStatusCode.NoContent, empty.StatusCode);
        using var none = await fixture.Client.GetAsync("odata/markets/0003/stalls/$value");
        Assert.Equal(HttpStatusCode.NoContent, none.StatusCode);
    }

    [Fact]
    public async Task Metadata_levels_and_exact_numbers_are_negotiated()
    {
        var none = await JsonAsync("odata/markets?$top=1", "application/json;odata.metadata=none");
        Assert.False(none.TryGetProperty("@odata.context", out _));
        var full = (await JsonAsync("odata/markets?$top=1&$select=turnover,name", "application/json;odata.metadata=full;IEEE754Compatible=true")).GetProperty("value")[0];
        Assert.Equal("#OpenData.markets", full.GetProperty("@odata.type").GetString());
        Assert.Equal(Root + "/markets('0001')", full.GetProperty("@odata.id").GetString());
        Assert.Equal("#Decimal", full.GetProperty("turnover@odata.type").GetString());
        Assert.Equal("1234567.80", full.GetProperty("turnover").GetString());
        Assert.False(full.TryGetProperty("market_id", out _));
        using var request = new HttpRequestMessage(HttpMethod.Get, "odata/markets?$count=true");
        request.Headers.Add("OData-MaxVersion", "4.01");
        using var response = await fixture.Client.SendAsync(request);
        Assert.Equal("4.01", response.Headers.GetValues("OData-Version").Single());
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(Root + "/$metadata#markets", body.GetProperty("@context").GetString());
        Assert.Equal(4, body.GetProperty("@count").GetInt32());
        foreach (var accept in new[] { "*/*;q=0.1", "application/json;odata=minimalmetadata;q=0.9,application/json;odata.metadata=minimal;q=0.5", "text/html,application/*", "application/atom+xml,application/json;q=0.1" })
        {
            Assert.Equal(4, Ids(await JsonAsync("odata/markets", accept)).Count());
        }
    }

    [Fact]
    public async Task A_known_tag_gives_304_and_head_gives_headers()
    {
        using var first = await fixture.Client.GetAsync("odata/markets?$filter=stalls gt 50");
        var tag = first.Headers.ETag!.ToString();
        using var second = await fixture.Portal.GetAsync("odata/markets?$filter=stalls gt 50", "If-None-Match", tag);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        using var other = await fixture.Portal.GetAsync("odata/markets?$filter=stalls gt 51", "If-None-Match", tag);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        using var head = await fixture.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "odata/markets?$filter=stalls gt 50"));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(tag, head.Headers.ETag!.ToString());
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        using var now = await fixture.Client.GetAsync("odata/markets?$filter=counted_at lt now()");
        Assert.Null(now.Headers.ETag);
    }

    [Theory]
    [InlineData("odata/nowhere", 404, "OD9030")]
    [InlineData("odata/hidden_closed", 404, "OD9030")]
    [InlineData("odata/hidden_shared('1')", 404, "OD9030")]
    [InlineData("odata/markets/$count/x", 404, "OD1216")]
    [InlineData("odata/markets('0001')/nothing", 404, "OD1216")]
    [InlineData("odata/markets('9')", 404, "OD1217")]
    [InlineData("odata/markets(1)", 400, "OD1218")]
    [InlineData("odata/markets()", 400, "OD1218")]
    [InlineData("odata/markets('1','2')", 400, "OD1218")]
    [InlineData("odata/markets(code='1')", 400, "OD1218")]
    [InlineData("odata/markets('1", 404, "OD1216")]
    [InlineData("odata/markets?$filter=nam eq 'x'", 400, "OD1202")]
    [InlineData("odata/reports?$filter=citizen_number eq '1'", 400, "OD1202")]
    [InlineData("odata/reports?$select=citizen_number", 400, "OD1202")]
    [InlineData("odata/reports?$orderby=citizen_number", 400, "OD1202")]
    [InlineData("odata/reports('1')/citizen_number", 404, "OD1216")]
    [InlineData("odata/markets?$orderby=_rid", 400, "OD1202")]
    [InlineData("odata/markets?$filter=stalls eq", 400, "OD1201")]
    [InlineData("odata/markets?$filter=", 400, "OD1201")]
    [InlineData("odata/markets?$filter=stalls eq 'x'", 400, "OD1204")]
    [InlineData("odata/markets?$filter=stalls eq 1&filter=true", 400, "OD1208")]
    [InlineData("odata/markets?$top=-1", 400, "OD1207")]
    [InlineData("odata/markets?$top=1.5", 400, "OD1207")]
    [InlineData("odata/markets?$count=yes", 400, "OD1207")]
    [InlineData("odata/markets?$filter=%ff", 400, "OD1207")]
    [InlineData("odata/markets?$expand=x", 400, "OD1202")]
    [InlineData("odata/markets?expand=x", 400, "OD1202")]
    [InlineData("odata/markets?$apply=join(x as y)", 501, "OD1205")]
    [InlineData("odata/markets?$fliter=true", 400, "OD1206")]
    [InlineData("odata/markets?limit=3", 400, "OD1206")]
    [InlineData("odata/markets/$count?$top=1", 400, "OD1206")]
    [InlineData("odata/markets('0001')?$filter=true", 400, "OD1206")]
    [InlineData("odata/markets?@x=1", 400, "OD1220")]
    [InlineData("odata/markets?$skiptoken=abc", 400, "OD1214")]
    [InlineData("odata/markets?$format=xml", 406, "OD1222")]
    [InlineData("odata/markets?$format=css", 406, "OD1222")]
    [InlineData("odata/markets?asof=yesterday", 400, "OD1207")]
    [InlineData("odata/markets?asof=2001-01-01", 404, "OD1219")]
    [InlineData("odata/markets?asof=20010101T000000000Z-00000000", 404, "OD9031")]
    [InlineData("odata/$entity?$id=x", 404, "OD9030")]
    [InlineData("odata/markets/$filter(stals eq 1)", 400, "OD1202")]
    [InlineData("odata/markets/$filter(stalls eq 1) or (stalls eq 2)", 400, "OD1201")]
    [InlineData("odata/markets/$filter", 501, "OD1205")]
    [InlineData("odata/markets/$count/$filter(stalls eq 1)", 501, "OD1205")]
    [InlineData("odata/markets('0001')/$filter(stalls eq 1)", 501, "OD1205")]
    [InlineData("odata/$metadata/x", 404, "OD1216")]
    [InlineData("odata/$metadata?$filter=true", 400, "OD1206")]
    [InlineData("odata/markets?$filter=matchesPattern(name,'[[:foo:]]')", 400, "OD1213")]
    [InlineData("odata/markets?$filter=stalls mul 9223372036854775807 gt stalls", 400, "OD1212")]
    public async Task Bad_requests_get_odatas_error_body_with_our_code(string address, int status, string code)
    {
        using var response = await fixture.Portal.GetAsync(address, "Accept-Language", "en");
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode} {text}");
        var error = JsonDocument.Parse(text).RootElement.GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.False(string.IsNullOrEmpty(error.GetProperty("message").GetString()));
        Assert.DoesNotContain(TestTown.Planted, text, StringComparison.Ordinal);
        Assert.DoesNotContain("SELECT", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$filter(stalls gt 50)", "", "0001 0002")]
    [InlineData("$FILTER(stalls gt 50)/$filter(covered)", "", "0001")]
    [InlineData("$filter(stalls gt 50)", "$filter=covered or name eq null", "0001")]
    [InlineData("$filter(@f)", "@f=stalls gt 50&$orderby=stalls", "0002 0001")]
    [InlineData("$filter(name ne 'a%2Fb')", "$search=chợ", "0001 0002 0003 0004")]
    public async Task Filters_of_the_path_hold_beside_the_option_to_the_last_page(string filters, string options, string ids)
    {
        var found = new List<string?>();
        for (var next = $"odata/markets/{filters}?{options}"; next is not null;)
        {
            using var response = await fixture.Portal.GetAsync(next, "Prefer", "maxpagesize=1");
            var page = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
            found.AddRange(Ids(page));
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        Assert.Equal(ids.Split(' '), found);
        Assert.Equal($"{found.Count}", await fixture.Client.GetStringAsync($"odata/markets/{filters}/$count?{options.Replace("&$orderby=stalls", "", StringComparison.Ordinal)}"));
    }

    [Fact]
    public async Task A_next_link_is_no_longer_than_the_address_that_it_goes_on_from()
    {
        var values = string.Join(',', Enumerable.Repeat("'Chợ'", 5).Append("''").Concat(Enumerable.Repeat("'x'", 900)));
        using var response = await fixture.Portal.GetAsync($"odata/markets?$filter=not%20(name%20in%20({values}))&$select=market_id", "Prefer", "maxpagesize=1");
        var link = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("@odata.nextLink").GetString()!;

        Assert.InRange(link.Length, 3_600, 4_000);
        Assert.Equal(["0002"], Ids(JsonDocument.Parse(await (await fixture.Portal.GetAsync(link, "Prefer", "maxpagesize=1")).Content.ReadAsStringAsync()).RootElement));
    }

    [Theory]
    [InlineData("POST", "odata/markets", 405)]
    [InlineData("DELETE", "odata/markets('1')", 405)]
    [InlineData("PUT", "odata/$batch", 405)]
    [InlineData("OPTIONS", "odata/markets", 204)]
    public async Task Only_reading_is_possible(string method, string address, int status)
    {
        using var response = await fixture.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), address));
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("OData-MaxVersion", "3.0", 400)]
    [InlineData("OData-MaxVersion", "x", 400)]
    [InlineData("OData-Version", "5", 400)]
    [InlineData("OData-MaxVersion", "5.0", 200)]
    [InlineData("Accept", "text/css", 406)]
    [InlineData("Accept", "application/json;odata.metadata=huge", 406)]
    [InlineData("Accept", "", 200)]
    [InlineData("Prefer", "odata.maxpagesize=x, return=minimal", 200)]
    public async Task Headers_are_understood_or_refused(string header, string value, int status)
    {
        using var response = await fixture.Portal.GetAsync("odata/markets", header, value);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("odat%61/markets/$count")]
    [InlineData("ODATA/Markets/$count")]
    [InlineData("odata//markets/%24count")]
    public async Task The_name_of_the_service_may_be_written_in_other_ways(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(
            fixture.Portal.Root + address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        using var response = await fixture.Client.SendAsync(request);
        Assert.Equal("4", await response.Content.ReadAsStringAsync());
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task Now_is_the_time_of_the_first_page_on_all_pages()
    {
        using var first = await fixture.Portal.GetAsync("odata/markets?$filter=counted_at lt now()&$orderby=now() desc,name", "Prefer", "maxpagesize=1");
        var next = JsonDocument.Parse(await first.Content.ReadAsStringAsync()).RootElement.GetProperty("@odata.nextLink").GetString()!;
        using var second = await fixture.Portal.GetAsync(next, "Prefer", "maxpagesize=1");
        var third = JsonDocument.Parse(await second.Content.ReadAsStringAsync()).RootElement.GetProperty("@odata.nextLink").GetString()!;

        var now = Token(next).Now;
        Assert.NotNull(now);
        Assert.Equal(now, Token(third).Now);

        static PageToken Token(string link) => PageToken.Parse(link[(link.IndexOf("$skiptoken=", StringComparison.Ordinal) + "$skiptoken=".Length)..]);
    }

    [Fact]
    public async Task A_token_of_another_query_is_refused()
    {
        using var response = await fixture.Portal.GetAsync("odata/markets", "Prefer", "maxpagesize=1");
        var next = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("@odata.nextLink").GetString()!;
        Assert.Equal("OD1214", await CodeAsync(next + "&$filter=stalls gt 1"));
        Assert.Equal("OD1214", await CodeAsync(next.Replace("markets", "probes", StringComparison.Ordinal)));
        Assert.Equal("OD1214", await CodeAsync(next[..^1]));
    }

    [Fact]
    public async Task Links_use_the_public_address_when_it_is_set()
    {
        await using var portal = await RunningPortal.StartAsync(fixture.Town, o => o with { PublicUrl = new Uri("https://dulieu.example.vn/cong/") });
        var body = JsonDocument.Parse(await portal.Client.GetStringAsync("odata/markets?$top=1")).RootElement;
        Assert.Equal("https://dulieu.example.vn/cong/odata/$metadata#markets", body.GetProperty("@odata.context").GetString());
    }

    private static IEnumerable<string?> Ids(JsonElement body)
        => body.GetProperty("value").EnumerateArray().Select(r => r.GetProperty("market_id").GetString());

    private async Task<string?> CodeAsync(string address)
    {
        using var response = await fixture.Client.GetAsync(address);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetProperty("code").GetString();
    }

    private async Task<JsonElement> JsonAsync(string address, string accept = "application/json")
    {
        using var response = await fixture.Portal.GetAsync(address, "Accept", accept);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {text}"));
        return JsonDocument.Parse(text).RootElement;
    }
}
