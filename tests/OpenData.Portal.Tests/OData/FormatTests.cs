using System.Net;
using System.Text;
using System.Text.Json;

namespace OpenData.Portal.Tests.OData;

public sealed class FormatTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private const string Rows = "api/v1/datasets/markets/rows";

    [Theory]
    [InlineData("$format=csv", "csv")]
    [InlineData("$format=CSV&$orderby=stalls desc", "csv&order=stalls%20desc")]
    [InlineData("format=text/csv&$filter=stalls gt 20&$select=name,stalls", "csv&where=stalls%20gt%2020&columns=name,stalls")]
    [InlineData("$format=ndjson&$search=cho&$top=2&$orderby=name", "ndjson&search=cho&limit=2&order=name")]
    [InlineData("$format=application/vnd.apache.parquet", "parquet")]
    [InlineData("$format=arrow", "arrow")]
    [InlineData("$format=arrows", "arrows")]
    [InlineData("$format=xlsx", "xlsx")]
    [InlineData("$format=tsv", "tsv")]
    [InlineData("$format=csv_excel", "csv_excel")]
    public async Task A_set_comes_in_every_format_as_the_rows_do(string options, string rows)
    {
        using var file = await fixture.Client.GetAsync("odata/markets?" + options);
        using var same = await fixture.Client.GetAsync($"{Rows}?format={rows}");

        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Equal(await same.Content.ReadAsByteArrayAsync(), await file.Content.ReadAsByteArrayAsync());
        Assert.Equal(same.Content.Headers.ContentType, file.Content.Headers.ContentType);
        Assert.Equal("4.0", file.Headers.GetValues("OData-Version").Single());
    }

    [Fact]
    public async Task Rows_may_be_passed_over_and_an_earlier_version_asked_for()
    {
        var version = fixture.Town.Store.Current("markets")!.Version;

        Assert.Equal("market_id\n0002\n0003\n", await fixture.Client.GetStringAsync($"odata/markets?$format=csv&$select=market_id&$skip=1&$top=2&asof={version}"));
    }

    [Theory]
    [InlineData("text/csv", "text/csv")]
    [InlineData("application/x-ndjson;q=0.9, application/json;q=0.5", "application/x-ndjson")]
    [InlineData("application/json, text/csv", "application/json")]
    [InlineData("text/html, application/xhtml+xml, */*;q=0.8", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/*", "application/json")]
    public async Task Accept_chooses_a_file_only_when_it_is_what_is_wanted_most(string accept, string type)
    {
        using var answer = await fixture.Portal.GetAsync("odata/markets", "Accept", accept);

        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("odata/markets?$format=csv&$count=true", HttpStatusCode.BadRequest, "OD1207")]
    [InlineData("odata/markets?$format=csv&$skiptoken=x", HttpStatusCode.BadRequest, "OD1207")]
    [InlineData("odata/markets?$format=geojson", HttpStatusCode.NotFound, "OD9033")]
    [InlineData("odata/markets?$format=doc", HttpStatusCode.NotAcceptable, "OD1222")]
    [InlineData("odata/markets('0001')?$format=csv", HttpStatusCode.NotAcceptable, "OD1222")]
    [InlineData("odata/markets?$format=csv&$filter=nothing eq 1", HttpStatusCode.BadRequest, "OD1202")]
    public async Task What_no_file_can_be_is_refused_in_ODatas_words(string address, HttpStatusCode status, string code)
    {
        using var answer = await fixture.Client.GetAsync(address);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_file_has_a_tag_and_HEAD()
    {
        using var first = await fixture.Client.GetAsync("odata/markets?$format=csv");
        using var unchanged = await fixture.Portal.GetAsync("odata/markets?$format=csv", "If-None-Match", first.Headers.ETag!.ToString());
        using var head = await fixture.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "odata/markets?$format=csv"));

        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(first.Headers.ETag, head.Headers.ETag);
        Assert.Empty(Encoding.UTF8.GetString(await head.Content.ReadAsByteArrayAsync()));
    }
}
