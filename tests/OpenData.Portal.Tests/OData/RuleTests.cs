using System.Text.Json;

namespace OpenData.Portal.Tests.OData;

/// <summary>Rules of OData that SQL has otherwise, each by its name; <c>docs/odata.md</c> lists them.</summary>
public sealed class RuleTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task Null_is_the_lowest_value_of_an_order_in_both_directions()
    {
        Assert.Equal("0003 0004 0002 0001", await IdsAsync("$orderby=stalls"));
        Assert.Equal("0001 0002 0004 0003", await IdsAsync("$orderby=stalls desc"));
        Assert.Equal("0003", await IdsAsync("$orderby=stalls asc&$top=1"));
    }

    [Fact]
    public async Task Not_equal_counts_a_missing_value_as_different()
    {
        Assert.Equal("0001 0003 0004", await IdsAsync("$filter=Stalls ne 80"));
        Assert.Equal("0001 0002 0004", await IdsAsync("$filter=stalls ne null"));
        Assert.Equal("0003", await IdsAsync("$filter=stalls eq null"));
        Assert.Equal("0001 0003 0004", await IdsAsync("$filter=not (stalls eq 80)"));
        Assert.Equal("0001 0003 0004", await IdsAsync("$filter=not (stalls in (80))"));
    }

    [Fact]
    public async Task A_mean_of_whole_numbers_is_a_double()
    {
        var row = await OnlyRowAsync("$apply=filter(stalls lt 1000)/aggregate(stalls with average as mean)");

        // A number without a type beside it is one.
        Assert.False(row.TryGetProperty("mean@odata.type", out _));
        Assert.Equal("47.5", row.GetProperty("mean").GetRawText());
    }

    [Fact]
    public async Task A_sum_has_room_for_more_than_its_values_have()
    {
        var row = await OnlyRowAsync("$apply=compute(9223372036854775807 as most)/aggregate(most with sum as total)");

        Assert.Equal("#Decimal", row.GetProperty("total@odata.type").GetString());
        Assert.Equal("36893488147419103228", row.GetProperty("total").GetRawText());
    }

    [Fact]
    public async Task The_count_passes_over_top_and_skip_and_obeys_filter_and_search()
    {
        Assert.Equal(4, await CountAsync("$count=true&$top=1&$skip=2"));
        Assert.Equal(3, await CountAsync("$count=true&$top=1&$filter=stalls ne 80"));
        Assert.Equal(1, await CountAsync("$count=true&$top=0&$search=thai"));
        Assert.Equal(0, await CountAsync("$count=true&$search=thai&$filter=stalls ne 80"));
    }

    [Fact]
    public async Task Text_is_compared_by_code_point_in_NFC()
    {
        Assert.Equal("0001", await IdsAsync("$filter=name eq 'Chợ Đồng Quang'"));
        Assert.Equal("0001", await IdsAsync($"$filter=name eq '{"Chợ Đồng Quang".Normalize(System.Text.NormalizationForm.FormD)}'"));
        Assert.Equal("", await IdsAsync("$filter=name eq 'chợ đồng quang'"));
        // Đ is U+0110 and stands behind all letters of ASCII; a dictionary has it between D and E.
        Assert.Equal("0003 0002 0004 0001", await IdsAsync("$orderby=name"));
    }

    [Fact]
    public async Task A_quote_in_a_text_is_written_twice()
    {
        Assert.Equal("O'Neil ''", (await FirstRowAsync("$compute='O''Neil ''''' as who")).GetProperty("who").GetString());
        Assert.Equal("0001 0002 0003 0004", await IdsAsync("$filter=name ne ''' or true or '''"));
    }

    [Fact]
    public async Task A_plus_in_an_instant_is_part_of_its_offset()
    {
        Assert.Equal("0002 0004", await IdsAsync("$filter=counted_at ge 2026-11-01T09:00:00+07:00"));
        Assert.Equal("0002 0004", await IdsAsync("$filter=counted_at+ge+2026-11-01T09:00:00%2B07:00"));
        Assert.Equal("0002 0004", await IdsAsync("$filter=counted_at ge 2026-11-01T02:00:00Z"));
    }

    private async Task<string> IdsAsync(string options)
        => string.Join(' ', (await PageAsync(options)).GetProperty("value").EnumerateArray().Select(r => r.GetProperty("market_id").GetString()));

    private async Task<long> CountAsync(string options) => (await PageAsync(options)).GetProperty("@odata.count").GetInt64();

    private async Task<JsonElement> OnlyRowAsync(string options) => (await PageAsync(options)).GetProperty("value").EnumerateArray().Single();

    private async Task<JsonElement> FirstRowAsync(string options) => (await PageAsync(options)).GetProperty("value")[0];

    private async Task<JsonElement> PageAsync(string options)
        => JsonDocument.Parse(await fixture.Client.GetStringAsync($"odata/markets?{options}")).RootElement;
}
