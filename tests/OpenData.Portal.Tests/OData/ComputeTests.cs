using System.Text.Json;

namespace OpenData.Portal.Tests.OData;

public sealed class ComputeTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private const string Compute = "$compute=stalls mul 2 as twice,year(opened_on) as y,concat(name,'!') as loud";

    [Fact]
    public async Task Computed_columns_stand_behind_the_others_and_say_their_type()
    {
        var row = (await PageAsync($"odata/markets?{Compute}")).GetProperty("value")[0];

        Assert.Equal(["market_id", "name"], row.EnumerateObject().Take(2).Select(p => p.Name));
        Assert.Equal(["twice@odata.type", "twice", "y@odata.type", "y", "loud"], row.EnumerateObject().SkipWhile(p => p.Name != "twice@odata.type").Select(p => p.Name));
        Assert.Equal(("#Int64", 2500, 2001, "Chợ Đồng Quang!"), (row.GetProperty("twice@odata.type").GetString(), row.GetProperty("twice").GetInt32(), row.GetProperty("y").GetInt32(), row.GetProperty("loud").GetString()));
    }

    [Fact]
    public async Task They_are_chosen_filtered_and_ordered_by_to_the_last_page()
    {
        var found = new List<string>();
        for (var next = $"odata/markets?{Compute}&$select=twice&$filter=twice gt 100 or y eq 2020&$orderby=y desc"; next is not null;)
        {
            var page = await PageAsync(next, 1);
            Assert.EndsWith("/$metadata#markets(twice)", page.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
            found.AddRange(page.GetProperty("value").EnumerateArray().Select(r => r.GetProperty("twice").GetRawText()));
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        Assert.Equal(["30", "2500", "160"], found);
        Assert.Equal("3", await fixture.Client.GetStringAsync($"odata/markets/$count?{Compute}&$filter=twice gt 100 or y eq 2020"));
    }

    [Fact]
    public async Task Rows_by_key_files_and_batches_have_them_too()
    {
        var row = await PageAsync($"odata/markets('0002')?{Compute}&$select=market_id,y&$format=application/json;odata.metadata=none");

        Assert.Equal("""{"market_id":"0002","y":1998}""", row.GetRawText());
        Assert.Equal("market_id,loud\n0004,Chợ Túc Duyên!\n", await fixture.Client.GetStringAsync($"odata/markets?{Compute}&$select=market_id,loud&$filter=y eq 2020&$format=csv"));
        Assert.EndsWith(",twice,y,loud", (await fixture.Client.GetStringAsync($"odata/markets?{Compute}&$format=csv")).Split('\n')[0], StringComparison.Ordinal);
        foreach (var format in new[] { "xlsx", "parquet", "arrow", "arrows", "ndjson", "tsv", "csv_excel" })
        {
            Assert.NotEmpty(await fixture.Client.GetByteArrayAsync($"odata/markets?{Compute}&$format={format}"));
        }
    }

    [Theory]
    [InlineData("markets('0001')?$compute=stalls mul 9223372036854775807 as x")]
    [InlineData("markets?$compute=maxdatetime() as x")]
    [InlineData("markets('0001')?$compute=counted_at add duration'P3000000D' as x")]
    [InlineData("markets?$apply=aggregate(counted_at add duration'P3000000D' with max as x)")]
    [InlineData("markets?$compute=maxdatetime() as x&$format=csv")]
    public async Task A_row_that_cannot_be_calculated_is_400_by_every_way(string address)
    {
        using var response = await fixture.Client.GetAsync("odata/" + address);
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error");

        Assert.Equal((400, "OD1212"), ((int)response.StatusCode, error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task What_depends_on_the_clock_is_nobodys_to_keep()
    {
        foreach (var address in new[] { "markets('0001')", "markets", "markets/$count" })
        {
            using var response = await fixture.Client.GetAsync($"odata/{address}?$compute=now() as x{(address == "markets/$count" ? "&$filter=x gt 2020-01-01T00:00:00Z" : "")}");

            Assert.Null(response.Headers.ETag);
            Assert.True(response.Headers.CacheControl!.NoStore);
        }
    }

    [Theory]
    [InlineData("$compute=stalls mul 9223372036854775807 as x", "OD1212")]
    [InlineData("$compute=stalls as name", "OD1224")]
    [InlineData("$compute=stalls as x'><script>", "OD1201")]
    [InlineData("$compute=", "OD1201")]
    [InlineData("$filter=twice gt 1", "OD1202")]
    public async Task What_cannot_be_computed_is_named(string options, string code)
    {
        using var response = await fixture.Client.GetAsync($"odata/markets?{options}");
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error");

        Assert.Equal((400, code), ((int)response.StatusCode, error.GetProperty("code").GetString()));
    }

    private async Task<JsonElement> PageAsync(string address, int rows = 100)
    {
        using var response = await fixture.Portal.GetAsync(address, "Prefer", $"maxpagesize={rows}");
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }
}
