using System.Net;
using System.Text.Json;

namespace OpenData.Portal.Tests.OData;

public sealed class SearchTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    [Theory]
    [InlineData("odata/markets?$search=cho thai", "0002")]
    [InlineData("odata/markets?$search=CHO NOT \"minh cau\"&$filter=stalls gt 10&$orderby=stalls", "0004", "0002", "0001")]
    [InlineData("odata/markets?search=quang OR duyen&$select=market_id&$top=1", "0001")]
    [InlineData("odata/markets?$search=hai dong", "0002")]
    [InlineData("odata/markets?$search=hai+dong", "0002")]
    [InlineData("odata/markets?%24search=%22trung+tam%22+OR+quang", "0001", "0002")]
    [InlineData("odata/markets?$search=hai%2Bdong")]
    [InlineData("odata/markets?$search=ai")]
    public async Task A_search_finds_rows_by_words_without_marks(string address, params string[] ids)
    {
        using var page = JsonDocument.Parse(await fixture.Client.GetStringAsync(address));

        Assert.Equal(ids, page.RootElement.GetProperty("value").EnumerateArray().Select(r => r.GetProperty("market_id").GetString()));
    }

    [Fact]
    public async Task Counts_and_rows_of_other_formats_obey_it()
    {
        Assert.Equal("2", await fixture.Client.GetStringAsync("odata/markets/$count?$search=cho&$filter=stalls gt 50"));
        using var page = JsonDocument.Parse(await fixture.Client.GetStringAsync("odata/markets?$search=cho&$count=true&$top=1"));
        Assert.Equal(4, page.RootElement.GetProperty("@odata.count").GetInt32());
        Assert.Equal("market_id\n0002\n", await fixture.Client.GetStringAsync("api/v1/datasets/markets/rows?search=trung%20tam&columns=market_id&format=csv"));
    }

    [Theory]
    [InlineData("odata/markets?$search=\"cho", HttpStatusCode.BadRequest, "OD1201")]
    [InlineData("odata/markets?$search=", HttpStatusCode.BadRequest, "OD1201")]
    [InlineData("odata/markets?$search=a&search=b", HttpStatusCode.BadRequest, "OD1208")]
    [InlineData("odata/markets('0001')?$search=a", HttpStatusCode.BadRequest, "OD1206")]
    public async Task What_is_no_search_is_refused_by_name(string address, HttpStatusCode status, string code)
    {
        using var answer = await fixture.Client.GetAsync(address);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetProperty("code").GetString());
    }
}
