using System.Text.Json;

namespace OpenData.Portal.Tests.OData;

/// <summary>Options behind a list in <c>$select</c>: which of its values come with a row, in which order.</summary>
public sealed class ListOptionsTests(RelationsTown town) : IClassFixture<RelationsTown>
{
    [Theory]
    [InlineData("goods($filter=$this eq 'Chè')", "[\"Chè\"] null [\"Chè\"] [] null")]
    [InlineData("goods(filter=startswith($this,'g') or tolower($this) eq 'gạo')", "[\"Gạo\"] null [] [] null")]
    [InlineData("goods($filter=$this eq $it/shop_id or length($this) gt fee sub 3)", "[\"Gạo\",\"Chè\"] null [] [] null")]
    [InlineData("goods($orderby=$this)", "[\"Chè\",\"Gạo\"] null [\"Chè\"] [] null")]
    [InlineData("goods($orderby=length($this),$this desc)", "[\"Gạo\",\"Chè\"] null [\"Chè\"] [] null")]
    [InlineData("goods($orderby=1)", "[\"Gạo\",\"Chè\"] null [\"Chè\"] [] null")]
    [InlineData("goods($top=1)", "[\"Gạo\"] null [\"Chè\"] [] null")]
    [InlineData("goods($TOP=0)", "[] null [] [] null")]
    [InlineData("goods($skip=1)", "[\"Chè\"] null [] [] null")]
    [InlineData("goods($skip=9223372036854775807;$top=9223372036854775807)", "[] null [] [] null")]
    [InlineData("goods($orderby=$this;$skip=1;$top=1)", "[\"Gạo\"] null [] [] null")]
    [InlineData("goods($filter=@g eq $this)&@g='Gạo'", "[\"Gạo\"] null [] [] null")]
    [InlineData("*,goods($filter=$this eq 'a;)b')", "[] null [] [] null")]
    public async Task They_choose_and_order_its_values_in_each_row(string select, string lists)
    {
        var page = await JsonAsync("odata/shops?$select=" + Escaped(select));
        Assert.Equal(lists, string.Join(' ', Rows(page).Select(r => Text(r.GetProperty("goods")))));
    }

    [Fact]
    public async Task The_number_of_values_is_that_before_top_and_skip()
    {
        var page = await JsonAsync("odata/shops?$select=" + Escaped("shop_id,goods($filter=$this ne 'Gạo';$top=0;$count=true)"));
        Assert.EndsWith("#shops(shop_id,goods)", page.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
        Assert.Equal("1 0 1 0 0", string.Join(' ', Rows(page).Select(r => r.GetProperty("goods@odata.count").GetInt64())));
        Assert.Equal(["shop_id", "goods@odata.count", "goods"], Rows(page)[0].EnumerateObject().Select(p => p.Name));

        var exact = await JsonAsync(
            "odata/shops?$top=1&$select=goods($count=true)&$format=" + Uri.EscapeDataString("application/json;metadata=full;IEEE754Compatible=true"), "4.01");
        Assert.Equal("2", Rows(exact)[0].GetProperty("goods@count").GetString());
        Assert.Equal("Collection(String)", Rows(exact)[0].GetProperty("goods@type").GetString());
        Assert.False(Rows(exact)[0].TryGetProperty("goods@count@type", out _));
    }

    [Fact]
    public async Task They_hold_for_single_rows_related_rows_ordered_pages_and_files()
    {
        var one = await JsonAsync("odata/shops('a')?$select=" + Escaped("goods($filter=$this eq 'Chè')"));
        Assert.Equal("[\"Chè\"]", Text(one.GetProperty("goods")));

        var related = await JsonAsync("odata/shops('b')?$select=shop_id&$expand=" + Escaped("head_shop($select=goods($orderby=$this;$top=1;$count=true))"));
        var head = related.GetProperty("head_shop");
        Assert.Equal("[\"Chè\"] 2", $"{Text(head.GetProperty("goods"))} {head.GetProperty("goods@odata.count")}");

        // The column itself still means the whole list.
        var ordered = await JsonAsync(
            "odata/shops?$filter=" + Escaped("goods/any(g:g eq 'Gạo')") + "&$orderby=fee&$count=true&$select=" + Escaped("goods($filter=$this eq 'Chè')"));
        Assert.Equal("[\"Chè\"]", Text(Assert.Single(Rows(ordered)).GetProperty("goods")));

        var csv = await town.Portal.Client.GetStringAsync("odata/shops?$format=csv&$top=1&$select=" + Escaped("shop_id,goods($orderby=$this)"));
        Assert.Equal("shop_id,goods\na,\"[\"\"Chè\"\",\"\"Gạo\"\"]\"\n", csv);
    }

    [Theory]
    [InlineData("goods($search=x)", 501, "OD1205", 6)]
    [InlineData("goods($filter=$it/head_shop/fee gt 1)", 501, "OD1205", 18)]
    [InlineData("fee($top=1)", 400, "OD1204", 0)]
    [InlineData("head_shop($top=1)", 400, "OD1202", 0)]
    [InlineData("goods($top=-1)", 400, "OD1207", 11)]
    [InlineData("goods($count=yes)", 400, "OD1207", 13)]
    [InlineData("goods($topp=1)", 400, "OD1206", 6)]
    [InlineData("goods($top=1;$top=2)", 400, "OD1208", 13)]
    [InlineData("goods($top=1),goods($skip=1)", 400, "OD1208", 14)]
    [InlineData("goods($filter=$this)", 400, "OD1204", 14)]
    [InlineData("goods($filter=$this eq )", 400, "OD1201", 22)]
    [InlineData("goods($filter=nothing eq 1)", 400, "OD1202", 14)]
    [InlineData("goods()", 400, "OD1201", 6)]
    [InlineData("goods($top=1", 400, "OD1201", 12)]
    [InlineData("*($top=1)", 400, "OD1201", 1)]
    public async Task What_is_wrong_is_named_with_its_place(string select, int status, string code, int position)
    {
        using var response = await town.Portal.Client.GetAsync("odata/shops?$select=" + Escaped(select));
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error");
        Assert.Equal($"{status} {code} {position}", $"{(int)response.StatusCode} {error.GetProperty("code").GetString()} {error.GetProperty("innererror").GetProperty("position").GetInt32()}");
    }

    [Fact]
    public async Task A_file_has_no_counts_beside_its_columns()
    {
        using var response = await town.Portal.Client.GetAsync("odata/shops?$format=csv&$select=goods($count=true)");
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("OD1207", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_are_not_tracked_of_parts_of_lists()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "odata/shops?$select=goods($top=1)");
        request.Headers.Add("Prefer", "odata.track-changes");
        using var response = await town.Portal.Client.SendAsync(request);
        Assert.DoesNotContain("deltaLink", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Preference-Applied"));
    }

    private static string Escaped(string text) => Uri.EscapeDataString(text).Replace("%26%40g%3D", "&@g=", StringComparison.Ordinal);

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Null ? "null" : "[" + string.Join(',', value.EnumerateArray().Select(v => $"\"{v.GetString()}\"")) + "]";

    private static List<JsonElement> Rows(JsonElement page) => [.. page.GetProperty("value").EnumerateArray()];

    private async Task<JsonElement> JsonAsync(string address, string version = "4.0")
    {
        using var response = await town.Portal.GetAsync(address, "OData-MaxVersion", version);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
