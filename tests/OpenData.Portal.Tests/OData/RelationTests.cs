using System.Net;
using System.Text.Json;

namespace OpenData.Portal.Tests.OData;

/// <summary>Relations in expressions and in paths.</summary>
public sealed class RelationTests(RelationsTown town) : IClassFixture<RelationsTown>
{
    [Theory]
    [InlineData("head_shop/fee eq 5", "b c")]
    [InlineData("head_shop/fee eq null", "a e")]
    [InlineData("head_shop/head_shop/shop_id eq 'a'", "d")]
    [InlineData("$it/head_shop/fee eq 7", "d")]
    [InlineData("HEAD_shop/Fee eq 7", "d")]
    [InlineData("branches/any()", "a b")]
    [InlineData("branches/any(x:x/fee eq 7)", "a")]
    [InlineData("head_shop eq null", "a e")]
    [InlineData("null ne head_shop", "b c d")]
    [InlineData("not (head_shop eq null) and fee eq 1", "d")]
    [InlineData("head_shop/head_shop ne null", "d")]
    [InlineData("branches/any(x:x/head_shop/head_shop eq null and x/fee eq 7)", "a")]
    [InlineData("branches/$count($filter=fee gt 5) eq 1", "a")]
    [InlineData("branches/$count($filter=fee gt $it/fee) eq 1", "a")]
    [InlineData("branches/$count($filter=head_shop/goods/any(g:g eq 'Gạo') and $this/fee ne null) gt 0", "a")]
    [InlineData("branches/$count($filter=branches/$count($filter=fee eq 1) eq 1) eq 1", "a")]
    [InlineData("area_ever/$count($search=mới) eq 1", "a b c")]
    [InlineData("area_ever/$count($search=mới NOT hai;$filter=rank eq 2) eq 1", "a b")]
    [InlineData("goods/$count($filter=$this eq 'Chè') eq 1", "a c")]
    [InlineData("goods/$count($filter=$this ne 'Chè' or $this eq shop_id) eq 1", "a")]
    [InlineData("head_shop/goods/$count($filter=startswith($this,'G')) eq 1", "b c")]
    [InlineData("branches/any(x:x/fee gt fee)", "a")]
    [InlineData("branches/all(x:x/fee gt 1)", "c d e")]
    [InlineData("not branches/any(x:x/fee gt 1)", "b c d e")]
    [InlineData("branches/$count eq 2", "a")]
    [InlineData("branches/any(x:x/branches/any(y:y/fee eq 1 and x/fee eq 7))", "a")]
    [InlineData("branches/any(x:x/head_shop/goods/any(g:g eq 'Gạo'))", "a")]
    [InlineData("head_shop/goods/any(g:g eq 'Gạo')", "b c")]
    [InlineData("head_shop/goods/$count eq 2", "b c")]
    [InlineData("head_shop/branches/$count eq 1", "d")]
    [InlineData("area_ever/$count eq 2", "a b")]
    [InlineData("area_then/any(u:u/name eq 'Cũ một')", "a")]
    [InlineData("area_then/any(u:u/name eq 'Mới một')", "b")]
    [InlineData("area_then/any()", "a b")]
    [InlineData("area_at/any(u:u/rank eq 2)", "b")]
    [InlineData("area_at/any()", "a b c")]
    [InlineData("goods/any(g:g eq 'Chè') and head_shop/fee ge 0", "c")]
    [InlineData("contains(head_shop/shop_id,'a') or fee eq 1", "b c d")]
    public async Task Expressions_follow_relations(string filter, string shops)
        => Assert.Equal(shops.Split(' '), Ids(await PageAsync($"odata/shops?$select=shop_id&$filter={Uri.EscapeDataString(filter)}")));

    [Theory]
    [InlineData("$orderby=head_shop/fee desc,shop_id", "d b c a e")]
    [InlineData("$orderby=branches/$count desc,shop_id desc", "a b e d c")]
    [InlineData("$compute=head_shop/fee as head_fee&$filter=head_fee eq 5", "b c")]
    [InlineData("$apply=filter(head_shop/fee eq 5)", "b c")]
    [InlineData("$apply=filter(fee gt 0)/filter(branches/any(x:x/fee gt fee))", "a")]
    [InlineData("$apply=topcount(1,branches/$count)", "a")]
    [InlineData("$apply=groupby((area),topcount(1,branches/$count))&$filter=area ne null", "a c e")]
    [InlineData("$apply=groupby((area),orderby(head_shop/fee desc)/top(1))&$orderby=shop_id", "b c d e")]
    [InlineData("$apply=filter(fee gt 0)/topsum(6,head_shop/fee)&$orderby=shop_id", "d")]
    [InlineData("$apply=concat(filter(head_shop/fee eq 7),filter(branches/any(x:x/fee eq 7)))", "d a")]
    public async Task Orders_computed_columns_and_transformations_follow_them_too(string options, string shops)
    {
        var found = new List<string?>();
        for (var next = $"odata/shops?{options}"; next is not null;)
        {
            var page = await PageAsync(next, maxPageSize: 2);
            found.AddRange(Ids(page));
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        Assert.Equal(shops.Split(' '), found);
    }

    [Fact]
    public async Task Values_behind_relations_make_groups()
    {
        var page = await PageAsync("odata/shops?$apply=compute(head_shop/fee as head_fee)/groupby((head_fee),aggregate($count as n))");

        Assert.Equal(["null 2", "5 2", "7 1"], page.GetProperty("value").EnumerateArray().Select(r => $"{r.GetProperty("head_fee").GetRawText()} {r.GetProperty("n").GetRawText()}"));
    }

    [Theory]
    [InlineData("shops/$count?$filter=head_shop/fee eq 5", "2")]
    [InlineData("shops/$filter(head_shop%2Ffee eq 5)/$count", "2")]
    [InlineData("shops?$filter=head_shop/fee eq 5&$select=shop_id&$format=csv", "shop_id\nb\nc\n")]
    [InlineData("shops?$compute=head_shop/fee as head_fee&$select=shop_id,head_fee&$orderby=shop_id&$format=csv", "shop_id,head_fee\na,\nb,5\nc,5\nd,7\ne,\n")]
    [InlineData("shops('a')/branches/$count", "2")]
    [InlineData("shops(@k)/branches/$count?@k='a'", "2")]
    [InlineData("shops(@k)/branches/$count?@k='a'&$filter=shop_id gt @k and fee gt @f&@f=1", "1")]
    [InlineData("shops(shop_id=@k)/head_shop/fee/$value?@k='b'", "5")]
    [InlineData("shops('b')/head_shop/fee/$value", "5")]
    [InlineData("shops('d')/head_shop/head_shop/fee/$value", "5")]
    [InlineData("shops/d/head_shop/head_shop/shop_id/$value", "a")]
    [InlineData("shops('a')/area_then/$count", "1")]
    [InlineData("shops('e')/area_then/$count", "0")]
    [InlineData("shops('d')/area_ever/$count", "0")]
    [InlineData("shops(@K)/branches/$count?@k='a'", "2")]
    [InlineData("shops(@k)/branches/$count?@k='a'&$filter=shop_id ne @K", "2")]
    [InlineData("shops(@k)/branches/$count?@k='a'&@kk='b'&$filter=shop_id ne @kk", "1")]
    public async Task Counts_files_and_paths_follow_them(string address, string expected)
        => Assert.Equal(expected, await town.Portal.Client.GetStringAsync($"odata/{address}"));

    [Fact]
    public async Task A_path_over_a_relation_to_one_row_is_that_row()
    {
        var row = await PageAsync("odata/shops('b')/head_shop?$select=shop_id,fee");

        Assert.EndsWith("/$metadata#shops(shop_id,fee)/$entity", row.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
        Assert.Equal("a", row.GetProperty("shop_id").GetString());
    }

    [Fact]
    public async Task A_path_over_a_relation_to_many_is_their_set_with_all_its_options_and_pages()
    {
        var first = await PageAsync("odata/shops('a')/branches?$orderby=shop_id desc&$count=true&$select=shop_id", maxPageSize: 1);
        var second = await PageAsync(first.GetProperty("@odata.nextLink").GetString()!, maxPageSize: 1);

        Assert.Equal(2, first.GetProperty("@odata.count").GetInt32());
        Assert.Equal(["c"], Ids(first));
        Assert.Equal(["b"], Ids(second));
        Assert.False(second.TryGetProperty("@odata.nextLink", out _));
    }

    [Fact]
    public async Task A_moment_chooses_the_area_of_that_code_which_held_then()
    {
        var before = await PageAsync("odata/shops('a')/area_at?$select=name");
        var after = await PageAsync("odata/shops('b')/area_at?$select=name");

        Assert.Equal("Cũ một", before.GetProperty("value").EnumerateArray().Single().GetProperty("name").GetString());
        Assert.Equal("Mới một", after.GetProperty("value").EnumerateArray().Single().GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("shops('a')/$ref", "#$ref", "shops('a')")]
    [InlineData("shops('b')/head_shop/$ref", "#$ref", "shops('a')")]
    [InlineData("shops('a')/branches/$ref?$orderby=shop_id desc", "#Collection($ref)", "shops('c') shops('b')")]
    [InlineData("shops/$ref?$filter=fee gt 2&$count=true", "#Collection($ref)", "shops('a') shops('b')")]
    [InlineData("areas/$ref?$top=1", "#Collection($ref)", "areas(code='01',valid_from=2000-01-01)")]
    public async Task References_are_addresses_to_the_last_page(string address, string context, string rows)
    {
        var found = new List<string>();
        for (var next = $"odata/{address}"; next is not null;)
        {
            var page = await PageAsync(next, maxPageSize: 1);
            Assert.EndsWith("/$metadata" + context, page.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
            found.AddRange((page.TryGetProperty("value", out var value) ? value.EnumerateArray() : Enumerable.Repeat(page, 1)).Select(r => r.GetProperty("@odata.id").GetString()!));
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        Assert.Equal(rows.Split(' '), found.Select(f => f.Split('/')[^1]));
        Assert.All(found, f => Assert.StartsWith(town.Portal.Root + "odata/", f, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("shops('b')")]
    [InlineData("ROOTodata/shops('b')")]
    [InlineData("shops(%2527b%2527)")]
    public async Task The_row_of_an_address_is_found_through_it(string id)
    {
        var row = await PageAsync($"odata/$entity?$id={id.Replace("ROOT", town.Portal.Root.ToString(), StringComparison.Ordinal)}&$select=shop_id&$expand=head_shop($select=fee)");

        Assert.Equal("b", row.GetProperty("shop_id").GetString());
        Assert.Equal(5, row.GetProperty("head_shop").GetProperty("fee").GetInt32());
    }

    [Fact]
    public async Task A_relation_that_leads_nowhere_is_no_content()
    {
        using var response = await town.Portal.Client.GetAsync("odata/shops('a')/head_shop");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("4.0", response.Headers.GetValues("OData-Version").Single());
    }

    [Theory]
    [InlineData("shops?$filter=unborn/id eq '1'", 400, "OD1202")]
    [InlineData("shops?$filter=haed_shop/fee eq 1", 400, "OD1202")]
    [InlineData("shops?$filter=head_shop eq 'a'", 400, "OD1204")]
    [InlineData("shops?$filter=branches eq null", 400, "OD1204")]
    [InlineData("shops?$filter=$this eq 1", 501, "OD1205")]
    [InlineData("shops?$filter=goods/$count($search=x) eq 1", 501, "OD1205")]
    [InlineData("shops?$filter=branches/$count($top=1) eq 1", 400, "OD1201")]
    [InlineData("shops?$filter=branches/$count($filter=fee eq 1;$filter=fee eq 1) eq 1", 400, "OD1208")]
    [InlineData("shops?$filter=branches/$count($filter=fee) eq 1", 400, "OD1204")]
    [InlineData("shops?$filter=branches/$count($filter=fee eq 1", 400, "OD1201")]
    [InlineData("shops?$filter=branches/$count($search=\"x) eq 1", 400, "OD1201")]
    [InlineData("shops?$filter=area_ever/$count($search=) eq 1", 400, "OD1201")]
    [InlineData("shops?$filter=head_shop/foo eq 1", 400, "OD1202")]
    [InlineData("shops?$filter=branches/fee eq 1", 400, "OD1204")]
    [InlineData("shops?$filter=head_shop/any(x:x/fee eq 1)", 400, "OD1204")]
    [InlineData("shops?$filter=fee/any(x:x eq 1)", 400, "OD1204")]
    [InlineData("shops?$filter=fee/foo eq 1", 400, "OD1202")]
    [InlineData("shops?$filter=branches/any(x:x eq 1)", 400, "OD1204")]
    [InlineData("shops?$filter=branches/any(x:x/branches/any(x:x/fee eq 1))", 400, "OD1201")]
    [InlineData("shops?$filter=goods/any(g:head_shop/shop_id eq g)", 501, "OD1205")]
    [InlineData("shops?$filter=head_shop/$value eq 1", 501, "OD1205")]
    [InlineData("shops?$apply=groupby((area))&$filter=branches/any()", 400, "OD1202")]
    [InlineData("shops?$apply=groupby((area))/filter(head_shop/fee eq 1)", 400, "OD1202")]
    [InlineData("shops('a')/unborn", 404, "OD1216")]
    [InlineData("shops(@k)/branches?@k='a'&@x=1", 400, "OD1220")]
    [InlineData("shops(@k)/branches?@k='a'&@K='b'", 400, "OD1208")]
    [InlineData("shops?$compute=fee as branches&$expand=branches", 400, "OD1224")]
    [InlineData("shops?$compute=fee as Head_Shop", 400, "OD1224")]
    [InlineData("shops?$apply=aggregate($count as branches)", 400, "OD1224")]
    [InlineData("shops?$filter=shop_id eq '%EF%BF%BE'", 400, "OD1201")]
    [InlineData("shops('%EF%BF%BE')", 400, "OD1201")]
    [InlineData("shops/%EF%BF%BE", 400, "OD1218")]
    [InlineData("shops?$search=%EF%BF%BE", 501, "OD1205")]
    [InlineData("shops('a')/head_shop/fee", 404, "OD1216")]
    [InlineData("shops('zz')/head_shop", 404, "OD1217")]
    [InlineData("shops('zz')/branches", 404, "OD1217")]
    [InlineData("shops('b')/head_shop/foo", 404, "OD1216")]
    [InlineData("shops/head_shop", 404, "OD1217")]
    [InlineData("$entity", 400, "OD1207")]
    [InlineData("$entity?$id=", 400, "OD1207")]
    [InlineData("$entity?$id=https://example.vn/odata/shops('a')", 404, "OD1216")]
    [InlineData("$entity?$id=nothing('1')", 404, "OD9030")]
    [InlineData("$entity?$id=shops('zz')", 404, "OD1217")]
    [InlineData("shops('zz')/$ref", 404, "OD1217")]
    [InlineData("shops/$ref/x", 404, "OD1216")]
    [InlineData("shops/$ref?$select=fee", 400, "OD1206")]
    [InlineData("shops('a')/$ref?$select=fee", 400, "OD1206")]
    [InlineData("shops/$ref?$format=csv", 406, "OD1222")]
    [InlineData("shops?$id=shops('a')", 501, "OD1205")]
    public async Task What_leads_nowhere_is_said(string address, int status, string code)
    {
        using var response = await town.Portal.Client.GetAsync($"odata/{address}");
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_chain_of_relations_is_bounded()
    {
        var path = string.Concat(Enumerable.Repeat("head_shop/", 60));
        using var response = await town.Portal.Client.GetAsync($"odata/shops?$filter={path}fee eq 1");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("OD1209", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("branches/any()")]
    [InlineData("branches/$count eq 0")]
    [InlineData("head_shop eq null")]
    [InlineData("goods/any()")]
    public async Task Each_relation_of_an_expression_counts_once(string end)
    {
        var path = string.Concat(Enumerable.Repeat("head_shop/", 18));
        using var response = await town.Portal.Client.GetAsync($"odata/shops/$count?$filter={path}{end}");

        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    private static IEnumerable<string?> Ids(JsonElement page) => page.GetProperty("value").EnumerateArray().Select(r => r.GetProperty("shop_id").GetString());

    private async Task<JsonElement> PageAsync(string address, int maxPageSize = 1000)
    {
        using var response = await town.Portal.GetAsync(address, "Prefer", $"maxpagesize={maxPageSize}");
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
