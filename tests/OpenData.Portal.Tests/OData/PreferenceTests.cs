using System.Net;
using System.Text.Json;
using OpenData.Portal.OData;

namespace OpenData.Portal.Tests.OData;

public sealed class PreferenceTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    [Theory]
    [InlineData("", null, null, false)]
    [InlineData("maxpagesize=2", 2, null, false)]
    [InlineData("ODATA.MaxPageSize = \"7\" ; x=1", 7, null, false)]
    [InlineData("odata.maxpagesize=3,maxpagesize=4", 4, null, false)]
    [InlineData("maxpagesize=5|maxpagesize=6", 5, null, false)]
    [InlineData("maxpagesize=x,maxpagesize=6", null, null, false)]
    [InlineData("maxpagesize=-1,maxpagesize=0", null, null, false)]
    [InlineData("include-annotations=\"maxpagesize=9,track-changes\"", null, null, false)]
    [InlineData("include-annotations=\"a\\\",maxpagesize=9\",omit-values=Nulls", null, "nulls", false)]
    [InlineData("unknown=\"never closed,maxpagesize=9", null, null, false)]
    [InlineData("respond-async, wait=10|OMIT-VALUES=\"defaults\"", null, "defaults", false)]
    [InlineData("omit-values=blanks,,;=", null, null, false)]
    [InlineData("Track-Changes", null, null, true)]
    [InlineData("odata.track-changes=\"\"", null, null, true)]
    [InlineData("track-changes=false,odata.track-changes", null, null, false)]
    public void Wishes_are_read_as_RFC_7240_says(string lines, int? pageRows, string? omitted, bool tracks)
    {
        var wishes = Preferences.Of(lines.Split('|'));

        Assert.Equal((pageRows, omitted, tracks), (wishes.PageRows, wishes.OmitValues, wishes.TracksChanges));
        Assert.False(wishes.ContinuesOnError);
        Assert.Equal(!lines.Contains("closed", StringComparison.Ordinal), Preferences.Of(lines + ",continue-on-error").ContinuesOnError);
    }

    [Theory]
    [InlineData("omit-values=nulls")]
    [InlineData("omit-values=defaults")]
    public async Task Columns_without_a_value_are_left_out_when_the_caller_prefers_that(string wish)
    {
        const string Full = "application/json;odata.metadata=full";
        foreach (var (address, accept, expected) in new[]
        {
            ("odata/markets?$filter=stalls eq null&$select=market_id,name,stalls", "*/*", """{"market_id":"0003","name":"Chợ Minh Cầu"}"""),
            ("odata/markets?$filter=stalls eq null&$select=stalls", "*/*", "{}"),
            ("odata/markets?$filter=stalls eq null&$select=stalls,name,covered", "*/*", """{"name":"Chợ Minh Cầu"}"""),
            ("odata/markets?$filter=stalls eq null&$select=stalls", Full, """{"@odata.type":"#OpenData.markets","@odata.id":"ROOT/markets('0003')"}"""),
            ("odata/markets?$apply=groupby((stalls),aggregate($count as n))&$top=1&$orderby=stalls", "*/*", """{"n@odata.type":"#Int64","n":1}"""),
        })
        {
            using var answer = await AskAsync(address, accept, wish);
            Assert.Equal(wish, answer.Headers.GetValues("Preference-Applied").Single());
            Assert.Equal(expected.Replace("ROOT", fixture.Portal.Root + "odata", StringComparison.Ordinal), (await JsonAsync(answer)).GetProperty("value")[0].GetRawText());
        }

        using var one = await AskAsync("odata/markets('0003')?$select=stalls", "*/*", wish);
        Assert.Equal(wish, one.Headers.GetValues("Preference-Applied").Single());
        Assert.Equal(["@odata.context"], (await JsonAsync(one)).EnumerateObject().Select(p => p.Name));
        using var bare = await AskAsync("odata/markets('0003')?$select=stalls", "application/json;odata.metadata=none", wish);
        Assert.Equal("{}", (await bare.Content.ReadAsStringAsync()).Trim());
        using var named = await AskAsync("odata/markets('0003')?$select=stalls", Full, wish);
        Assert.Equal(["@odata.context", "@odata.type", "@odata.id"], (await JsonAsync(named)).EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task Answers_with_and_without_the_wish_are_never_taken_for_each_other()
    {
        const string Address = "odata/markets?$filter=market_id eq '0003'&$select=market_id,stalls";
        for (var round = 0; round < 2; round++)
        {
            using var all = await AskAsync(Address, "*/*", "return=minimal");
            using var some = await AskAsync(Address, "*/*", "omit-values=nulls");

            Assert.False(all.Headers.Contains("Preference-Applied"));
            Assert.Equal(JsonValueKind.Null, (await JsonAsync(all)).GetProperty("value")[0].GetProperty("stalls").ValueKind);
            Assert.False((await JsonAsync(some)).GetProperty("value")[0].TryGetProperty("stalls", out _));
            Assert.NotEqual(all.Headers.ETag, some.Headers.ETag);
            Assert.Contains("Prefer", all.Headers.Vary);

            using var kept = new HttpRequestMessage(HttpMethod.Get, Address);
            kept.Headers.Add("Prefer", "omit-values=nulls");
            kept.Headers.Add("If-None-Match", some.Headers.ETag!.ToString());
            using var unchanged = await fixture.Client.SendAsync(kept);
            Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
            Assert.Equal("omit-values=nulls", unchanged.Headers.GetValues("Preference-Applied").Single());
        }
    }

    [Fact]
    public async Task Several_wishes_are_met_together_and_unknown_ones_passed_over()
    {
        using var answer = await AskAsync("odata/markets", "*/*", "respond-async, include-annotations=\"*\", odata.maxpagesize=3, omit-values=nulls, cheese");

        Assert.Equal("odata.maxpagesize=3, omit-values=nulls", answer.Headers.GetValues("Preference-Applied").Single());
        Assert.Equal(3, (await JsonAsync(answer)).GetProperty("value").GetArrayLength());
    }

    [Fact]
    public async Task Cost_only_tells_what_a_query_would_cost_without_running_it()
    {
        // A division that overflows says whether it ran.
        const string Overflow = "odata/markets?$filter=stalls mul 9223372036854775807 gt stalls";
        using var broken = await fixture.Client.GetAsync(Overflow);
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        using var cost = await AskAsync(Overflow + "&$top=3", "*/*", "cost-only");
        Assert.Equal("cost-only", cost.Headers.GetValues("Preference-Applied").Single());
        Assert.Equal("no-store", cost.Headers.CacheControl!.ToString());
        Assert.Null(cost.Headers.ETag);
        var guess = await JsonAsync(cost);
        Assert.Equal(["version", "table_rows", "rows", "rows_are_exact", "page_rows", "page_bytes", "lane", "milliseconds", "milliseconds_max"], guess.EnumerateObject().Select(p => p.Name));
        Assert.Equal((4, false, "quick"), (guess.GetProperty("table_rows").GetInt64(), guess.GetProperty("rows_are_exact").GetBoolean(), guess.GetProperty("lane").GetString()));
        Assert.InRange(guess.GetProperty("rows").GetInt64(), 0, 3);
        Assert.Equal(JsonValueKind.Null, guess.GetProperty("milliseconds").ValueKind);
        Assert.Equal(5_000, guess.GetProperty("milliseconds_max").GetInt64());

        const string Page = "odata/markets?$orderby=note&$skip=1";
        var real = await fixture.Client.GetByteArrayAsync(Page);
        using var known = await AskAsync(Page, "*/*", "cost-only, maxpagesize=2");
        var whole = await JsonAsync(known);
        Assert.Equal((3, true, 2), (whole.GetProperty("rows").GetInt64(), whole.GetProperty("rows_are_exact").GetBoolean(), whole.GetProperty("page_rows").GetInt64()));
        Assert.InRange(whole.GetProperty("page_bytes").GetInt64(), real.Length / 3, real.Length);

        using var same = await AskAsync(Page, "*/*", "cost-only");
        Assert.InRange((await JsonAsync(same)).GetProperty("milliseconds").GetInt64(), 0, 60_000);
        using var made = await AskAsync("odata/markets?$apply=groupby((covered))", "*/*", "cost-only,maxpagesize=50000");
        var groups = await JsonAsync(made);
        Assert.Equal((JsonValueKind.Null, "bulk"), (groups.GetProperty("page_bytes").ValueKind, groups.GetProperty("lane").GetString()));
        Assert.Equal(JsonValueKind.Null, groups.GetProperty("rows").ValueKind);
    }

    [Theory]
    [InlineData("$filter=NESTED", 400, "OD1209")]
    [InlineData("$filter=nam eq 1", 400, "OD1202")]
    [InlineData("$index=1", 501, "OD1205")]
    [InlineData("asof=2001-01-01", 404, "OD1219")]
    public async Task What_would_be_refused_is_refused_before_its_cost_is_told(string options, int status, string code)
    {
        var nested = new string('(', 300) + "true" + new string(')', 300);
        using var answer = await AskAsync("odata/markets?" + options.Replace("NESTED", nested, StringComparison.Ordinal), "*/*", "cost-only");

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.False(answer.Headers.Contains("Preference-Applied"));
        Assert.Equal(code, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetProperty("code").GetString());
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task<HttpResponseMessage> AskAsync(string address, string accept, string prefer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("Prefer", prefer);
        return await fixture.Client.SendAsync(request);
    }
}
