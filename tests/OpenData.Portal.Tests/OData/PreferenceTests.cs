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
