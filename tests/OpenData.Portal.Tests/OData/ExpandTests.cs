using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;

namespace OpenData.Portal.Tests.OData;

public sealed class ExpandTests(RelationsTown town) : IClassFixture<RelationsTown>
{
    [Theory]
    [InlineData("head_shop($select=fee)", """{"shop_id":"a","head_shop":null} {"shop_id":"b","head_shop":{"fee":5}} {"shop_id":"c","head_shop":{"fee":5}} {"shop_id":"d","head_shop":{"fee":7}} {"shop_id":"e","head_shop":null}""")]
    [InlineData("branches($select=shop_id)", """{"shop_id":"a","branches":[{"shop_id":"b"},{"shop_id":"c"}]} {"shop_id":"b","branches":[{"shop_id":"d"}]} {"shop_id":"c","branches":[]} {"shop_id":"d","branches":[]} {"shop_id":"e","branches":[]}""")]
    [InlineData("area_then($select=name)&$top=2", """{"shop_id":"a","area_then":[{"name":"Cũ một"}]} {"shop_id":"b","area_then":[{"name":"Mới một"}]}""")]
    [InlineData("area_at($select=name)&$skip=2", """{"shop_id":"c","area_at":[{"name":"Mới hai"}]} {"shop_id":"d","area_at":[]} {"shop_id":"e","area_at":[]}""")]
    [InlineData("branches($select=shop_id;$orderby=fee,shop_id desc;$top=1;$count=true)&$top=2", """{"shop_id":"a","branches@odata.count":2,"branches":[{"shop_id":"c"}]} {"shop_id":"b","branches@odata.count":1,"branches":[{"shop_id":"d"}]}""")]
    [InlineData("branches($select=shop_id;$skip=1)&$top=2", """{"shop_id":"a","branches":[{"shop_id":"c"}]} {"shop_id":"b","branches":[]}""")]
    [InlineData("branches($select=shop_id;$filter=fee eq null;$count=true)&$top=2", """{"shop_id":"a","branches@odata.count":1,"branches":[{"shop_id":"c"}]} {"shop_id":"b","branches@odata.count":0,"branches":[]}""")]
    [InlineData("branches($compute=fee mul 2 as twice;$select=twice)&$top=1", """{"shop_id":"a","branches":[{"twice@odata.type":"#Int64","twice":14},{"twice@odata.type":"#Int64","twice":null}]}""")]
    [InlineData("branches($select=shop_id;$expand=branches($select=fee;$expand=head_shop($select=shop_id)))&$top=1", """{"shop_id":"a","branches":[{"shop_id":"b","branches":[{"fee":1,"head_shop":{"shop_id":"b"}}]},{"shop_id":"c","branches":[]}]}""")]
    [InlineData("branches($select=shop_id;$levels=2)&$top=1", """{"shop_id":"a","branches":[{"shop_id":"b","branches":[{"shop_id":"d"}]},{"shop_id":"c","branches":[]}]}""")]
    [InlineData("head_shop($select=shop_id;$levels=max)&$skip=3&$top=1", """{"shop_id":"d","head_shop":{"shop_id":"b","head_shop":{"shop_id":"a","head_shop":null}}}""")]
    [InlineData("branches/$count&$top=2", """{"shop_id":"a","branches@odata.count":2} {"shop_id":"b","branches@odata.count":1}""")]
    [InlineData("branches/$count($filter=fee gt 5)&$top=2", """{"shop_id":"a","branches@odata.count":1} {"shop_id":"b","branches@odata.count":0}""")]
    [InlineData("branches($select=head_shop;$expand=head_shop($select=fee))&$top=1", """{"shop_id":"a","branches":[{"head_shop":{"fee":5}},{"head_shop":{"fee":5}}]}""")]
    [InlineData("head_shop($filter=fee gt 5;$select=shop_id)&$filter=fee le 7&$orderby=shop_id desc&$top=2", """{"shop_id":"e","head_shop":null} {"shop_id":"d","head_shop":{"shop_id":"b"}}""")]
    [InlineData("branches($filter=shop_id eq @s;$select=shop_id)&$top=1&@s='c'", """{"shop_id":"a","branches":[{"shop_id":"c"}]}""")]
    [InlineData("branches($filter=goods/any(g:g eq 'a;b)') or head_shop/fee eq 5;$select=shop_id)&$top=1", """{"shop_id":"a","branches":[{"shop_id":"b"},{"shop_id":"c"}]}""")]
    [InlineData("branches($select=shop_id;$orderby=branches/$count desc,head_shop/fee;$top=1)&$top=1", """{"shop_id":"a","branches":[{"shop_id":"b"}]}""")]
    [InlineData("branches($select=shop_id;$orderby=area_then/$count,shop_id;$skip=1)&$top=1", """{"shop_id":"a","branches":[{"shop_id":"b"}]}""")]
    [InlineData("area_ever($search=moi;$select=name)&$top=1", """{"shop_id":"a","area_ever":[{"name":"Mới một"}]}""")]
    [InlineData("HEAD_SHOP(SELECT=Fee)&$skip=1&$top=1", """{"shop_id":"b","head_shop":{"fee":5}}""")]
    [InlineData("head_shop($select=fee),branches($select=fee)&$skip=1&$top=1", """{"shop_id":"b","head_shop":{"fee":5},"branches":[{"fee":1}]}""")]
    public async Task Related_rows_come_with_each_row_to_the_last_page(string expand, string rows)
    {
        var found = new List<string>();
        for (var next = $"odata/shops?$select=shop_id&$expand={expand}"; next is not null;)
        {
            var page = await PageAsync(next, maxPageSize: 2);
            found.AddRange(page.GetProperty("value").EnumerateArray().Select(r => r.GetRawText()));
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        Assert.Equal(rows.Split(' ').Aggregate(new List<string>(), Joined), found);
    }

    [Fact]
    public async Task All_relations_at_once_are_the_open_ones()
    {
        var row = (await PageAsync("odata/shops?$expand=*&$top=1")).GetProperty("value")[0];

        Assert.Equal(
            ["area_at", "area_ever", "area_then", "branches", "head_shop"],
            row.EnumerateObject().Select(p => p.Name).Where(n => n is not ("shop_id" or "area" or "seen_on" or "seen_at" or "head" or "fee" or "goods")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_row_has_its_related_rows_too()
    {
        var row = await PageAsync("odata/shops('a')?$select=shop_id&$expand=branches($select=shop_id)");

        Assert.EndsWith("/$metadata#shops(shop_id,branches(shop_id))/$entity", row.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
        Assert.Equal("""[{"shop_id":"b"},{"shop_id":"c"}]""", row.GetProperty("branches").GetRawText());
    }

    [Fact]
    public async Task References_are_the_addresses_of_related_rows()
    {
        var row = (await PageAsync("odata/shops?$select=shop_id&$expand=branches/$ref($orderby=shop_id desc;$count=true),head_shop/$ref&$top=1")).GetProperty("value")[0];
        var area = (await PageAsync("odata/shops('a')?$select=shop_id&$expand=area_then/$ref")).GetProperty("area_then")[0];

        Assert.Equal(["shops('c')", "shops('b')"], row.GetProperty("branches").EnumerateArray().Select(b => b.GetProperty("@odata.id").GetString()!.Split('/')[^1]));
        Assert.Equal(2, row.GetProperty("branches@odata.count").GetInt32());
        Assert.Equal(JsonValueKind.Null, row.GetProperty("head_shop").ValueKind);
        Assert.EndsWith("/areas(code='01',valid_from=2000-01-01)", area.GetProperty("@odata.id").GetString(), StringComparison.Ordinal);
        Assert.Single(area.EnumerateObject());
    }

    [Theory]
    [InlineData("$expand=head_shop", "#shops(head_shop())")]
    [InlineData("$expand=head_shop($select=fee)", "#shops(head_shop(fee))")]
    [InlineData("$select=fee&$expand=branches($expand=head_shop)", "#shops(fee,branches(head_shop()))")]
    [InlineData("$select=fee,branches&$expand=branches/$count", "#shops(fee)")]
    public async Task The_context_names_what_is_expanded(string options, string context)
        => Assert.EndsWith("/$metadata" + context, (await PageAsync($"odata/shops?{options}")).GetProperty("@odata.context").GetString(), StringComparison.Ordinal);

    [Fact]
    public async Task Full_metadata_names_related_rows_by_their_own_keys()
    {
        using var response = await town.Portal.GetAsync("odata/shops('a')?$select=fee&$expand=area_then($select=name)", "Accept", "application/json;odata.metadata=full;IEEE754Compatible=true");
        var row = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        var area = row.GetProperty("area_then")[0];

        Assert.Equal("#OpenData.areas", area.GetProperty("@odata.type").GetString());
        Assert.EndsWith("/odata/areas(code='01',valid_from=2000-01-01)", area.GetProperty("@odata.id").GetString(), StringComparison.Ordinal);
        Assert.Equal("5", row.GetProperty("fee").GetString());
    }

    [Theory]
    [InlineData("head_shop,head_shop", 400, "OD1208", 10)]
    [InlineData("foo", 400, "OD1202", 0)]
    [InlineData("haed_shop", 400, "OD1202", 0)]
    [InlineData("fee", 400, "OD1202", 0)]
    [InlineData("unborn", 400, "OD1202", 0)]
    [InlineData("head_shop(", 400, "OD1201", 10)]
    [InlineData("head_shop()", 400, "OD1201", 10)]
    [InlineData("head_shop($select)", 400, "OD1201", 17)]
    [InlineData("head_shop($select=fee", 400, "OD1201", 21)]
    [InlineData("head_shop($select=fee)x", 400, "OD1201", 22)]
    [InlineData("head_shop($select=foo)", 400, "OD1202", 18)]
    [InlineData("branches($filter=fee eq)", 400, "OD1201", 23)]
    [InlineData("branches($filter=fee eq 'a)", 400, "OD1201", 24)]
    [InlineData("branches($expand=foo)", 400, "OD1202", 17)]
    [InlineData("branches($expand=head_shop($filter=fee eq 'x'))", 400, "OD1204", 39)]
    [InlineData("head_shop($top=1)", 400, "OD1206", 10)]
    [InlineData("branches($top=x)", 400, "OD1207", 14)]
    [InlineData("branches($top=1;$top=2)", 400, "OD1208", 16)]
    [InlineData("branches($foo=1)", 400, "OD1206", 9)]
    [InlineData("branches($apply=aggregate($count as n))", 501, "OD1205", 9)]
    [InlineData("branches($filter=$it/fee eq 1)", 501, "OD1205", 17)]
    [InlineData("branches/$ref($select=fee)", 400, "OD1206", 14)]
    [InlineData("branches/$value", 501, "OD1205", 0)]
    [InlineData("branches/", 400, "OD1201", 9)]
    [InlineData("head_shop/fee", 501, "OD1205", 0)]
    [InlineData("head_shop/$count", 400, "OD1204", 0)]
    [InlineData("area_then($levels=2)", 400, "OD1204", 10)]
    [InlineData("branches($levels=0)", 400, "OD1207", 17)]
    [InlineData("branches($levels=4)", 400, "OD1209", 9)]
    [InlineData("branches($expand=branches($expand=branches($expand=branches)))", 400, "OD1209", 51)]
    [InlineData("branches($expand=*),head_shop($expand=*)", 400, "OD1209", 0)]
    [InlineData("", 400, "OD1201", 0)]
    public async Task What_cannot_be_expanded_is_said_with_its_place(string expand, int status, string code, int position)
    {
        using var response = await town.Portal.Client.GetAsync($"odata/shops?$expand={expand}");
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal(position, error.GetProperty("innererror").GetProperty("position").GetInt32());
    }

    [Theory]
    [InlineData("shops?$expand=branches&$format=csv")]
    [InlineData("shops?$apply=filter(fee gt 1)&$expand=branches")]
    public async Task Flat_results_have_no_related_rows(string address)
    {
        using var response = await town.Portal.Client.GetAsync($"odata/{address}");

        Assert.Equal(HttpStatusCode.NotImplemented, response.StatusCode);
    }

    [Fact]
    public async Task Metadata_has_the_relations_that_lead_to_open_datasets()
    {
        var document = XDocument.Parse(await town.Portal.Client.GetStringAsync("odata/$metadata"));
        XNamespace edm = "http://docs.oasis-open.org/odata/ns/edm";
        var shops = document.Descendants(edm + "EntityType").Single(t => (string?)t.Attribute("Name") == "shops");

        Assert.Equal(
            ["area_then Collection(OpenData.areas)", "area_at Collection(OpenData.areas)", "area_ever Collection(OpenData.areas)", "head_shop OpenData.shops", "branches Collection(OpenData.shops)"],
            shops.Elements(edm + "NavigationProperty").Select(p => $"{(string?)p.Attribute("Name")} {(string?)p.Attribute("Type")}"));
        Assert.Equal(
            ["area_at areas", "area_ever areas", "area_then areas", "branches shops", "head_shop shops"],
            document.Descendants(edm + "NavigationPropertyBinding").Select(b => $"{(string?)b.Attribute("Path")} {(string?)b.Attribute("Target")}").Order(StringComparer.Ordinal));
    }

    private async Task<JsonElement> PageAsync(string address, int maxPageSize = 1000)
    {
        using var response = await town.Portal.GetAsync(address, "Prefer", $"maxpagesize={maxPageSize}");
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    // Names have spaces, too: a row begins with its brace.
    private static List<string> Joined(List<string> rows, string part)
    {
        if (part.StartsWith("{\"shop_id\"", StringComparison.Ordinal))
        {
            rows.Add(part);
        }
        else
        {
            rows[^1] += string.Create(CultureInfo.InvariantCulture, $" {part}");
        }

        return rows;
    }
}
