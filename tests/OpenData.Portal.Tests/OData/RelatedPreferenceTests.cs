using System.Net;
using System.Text.Json;

namespace OpenData.Portal.Tests.OData;

public sealed class RelatedPreferenceTests(RelationsTown town) : IClassFixture<RelationsTown>
{
    [Fact]
    public async Task Related_rows_leave_out_what_has_no_value_too()
    {
        var page = await AskAsync("odata/shops?$select=head&$expand=branches($select=fee)&$top=2", "omit-values=nulls");
        Assert.Equal(
            ["""{"branches":[{"fee":7},{}]}""", """{"head":"a","branches":[{"fee":1}]}"""],
            page.GetProperty("value").EnumerateArray().Select(r => r.GetRawText()));

        var one = await AskAsync("odata/shops('a')?$select=head&$expand=branches($select=fee)", "omit-values=nulls");
        Assert.Equal(["@odata.context", "branches"], one.EnumerateObject().Select(p => p.Name));
    }

    [Theory]
    [InlineData("odata/shops?$expand=branches", false)]
    [InlineData("odata/shops?$filter=head_shop/fee eq 5", false)]
    [InlineData("odata/shops?$compute=head_shop/fee as h&$select=shop_id,h", false)]
    [InlineData("odata/shops('a')/branches", false)]
    [InlineData("odata/shops/$filter(fee gt 1)", true)]
    public async Task Changes_are_tracked_only_where_no_other_dataset_can_change_the_answer(string address, bool tracked)
        => Assert.Equal(tracked, (await AskAsync(address, "track-changes")).TryGetProperty("@odata.deltaLink", out _));

    [Fact]
    public async Task The_cost_of_related_rows_is_not_guessed()
    {
        var cost = await AskAsync("odata/shops?$expand=branches&$filter=head_shop/fee eq 5", "cost-only");

        Assert.Equal((5, JsonValueKind.Null), (cost.GetProperty("table_rows").GetInt64(), cost.GetProperty("page_bytes").ValueKind));
    }

    private async Task<JsonElement> AskAsync(string address, string prefer)
    {
        using var answer = await town.Portal.GetAsync(address, "Prefer", prefer);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
