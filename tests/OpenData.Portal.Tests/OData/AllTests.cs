using System.Net;
using System.Text.Json;

namespace OpenData.Portal.Tests.OData;

/// <summary>The rows of all sets at once (<c>$all</c>).</summary>
public sealed class AllTests(RelationsTown town) : IClassFixture<RelationsTown>
{
    [Fact]
    public async Task All_rows_come_set_by_set_each_with_its_type_and_its_set()
    {
        var page = await JsonAsync("odata/$all");
        Assert.EndsWith("/$metadata#Collection(Edm.EntityType)", page.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
        var rows = Rows(page);
        Assert.Equal(["#OpenData.areas", "#OpenData.shops"], rows.Select(r => r.GetProperty("@odata.type").GetString()).Distinct());
        Assert.Equal(["areas/$entity", "shops/$entity"], rows.Select(r => r.GetProperty("@odata.context").GetString()!.Split('#')[1]).Distinct());
        Assert.Equal((3, 5), (rows.Count(r => r.TryGetProperty("valid_from", out _)), rows.Count(r => r.TryGetProperty("shop_id", out _))));
        Assert.False(page.TryGetProperty("@odata.nextLink", out _));

        var full = Rows(await JsonAsync("odata/$all?$top=1&$format=" + Uri.EscapeDataString("application/json;odata.metadata=full")))[0];
        Assert.Single(full.EnumerateObject(), p => p.Name == "@odata.type");
        Assert.EndsWith("/areas(code='01',valid_from=2000-01-01)", full.GetProperty("@odata.id").GetString(), StringComparison.Ordinal);
        var none = Rows(await JsonAsync("odata/$all?$top=1&$format=" + Uri.EscapeDataString("application/json;odata.metadata=none")))[0];
        Assert.Equal("code", none.EnumerateObject().First().Name);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("", 2)]
    [InlineData("", 3)]
    [InlineData("", 8)]
    [InlineData("$top=4", 3)]
    [InlineData("$skip=2&$top=3", 2)]
    [InlineData("$skip=3", 2)]
    [InlineData("$skip=99", 2)]
    [InlineData("$search=m%E1%BB%9Bi", 1)]
    [InlineData("$search=m%E1%BB%9Bi&$skip=1", 5)]
    public async Task Pages_of_any_size_together_give_the_same_rows(string options, int size)
    {
        var whole = Rows(await JsonAsync("odata/$all?" + options)).ConvertAll(r => r.ToString());
        var paged = new List<string>();
        string? next = "odata/$all?" + options;
        while (next is not null)
        {
            var page = await JsonAsync(next, size);
            Assert.InRange(Rows(page).Count, paged.Count == 0 ? 0 : 1, size);
            paged.AddRange(Rows(page).Select(r => r.ToString()));
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        Assert.Equal(whole, paged);
    }

    [Theory]
    [InlineData("$all/$count", "8")]
    [InlineData("$ALL/$count?$search=moi", "2")]
    [InlineData("$all/OpenData.shops/$count", null)]
    public async Task Rows_are_counted_over_all_sets(string address, string? count)
    {
        using var response = await town.Portal.Client.GetAsync("odata/" + address);
        Assert.Equal(count is null ? HttpStatusCode.NotFound : HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(count ?? "OD1216", count is null ? await CodeAsync(response) : await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_count_beside_a_page_knows_neither_top_nor_skip()
        => Assert.Equal("8 2", $"{(await JsonAsync("odata/$all?$count=true&$top=1&$skip=1")).GetProperty("@odata.count")} {(await JsonAsync("odata/$all?$count=true&$top=0&$search=moi")).GetProperty("@odata.count")}");

    [Fact]
    public async Task The_rows_of_one_type_have_all_options_of_their_set()
        => Assert.Equal(
            ["b", "a"],
            Rows(await JsonAsync("odata/$all/OpenData.shops?$filter=fee ge 5&$orderby=fee desc&$select=shop_id")).Select(r => r.GetProperty("shop_id").GetString()));

    [Theory]
    [InlineData("$all?$filter=true", 501, "OD1205")]
    [InlineData("$all?$orderby=name", 501, "OD1205")]
    [InlineData("$all?$format=csv", 406, "OD1222")]
    [InlineData("$all?$top=x", 400, "OD1207")]
    [InlineData("$all?$search=(", 400, "OD1201")]
    [InlineData("$all?@a=1", 400, "OD1220")]
    [InlineData("$all?asof=20250101T000000Z-aaaa", 400, "OD1207")]
    [InlineData("$all?$skiptoken=x", 400, "OD1214")]
    [InlineData("$all/OpenData.nothing", 404, "OD1216")]
    [InlineData("$all/shops", 404, "OD1216")]
    public async Task What_is_wrong_is_named(string address, int status, string code)
    {
        using var response = await town.Portal.Client.GetAsync("odata/" + address);
        Assert.Equal($"{status} {code}", $"{(int)response.StatusCode} {await CodeAsync(response)}");
    }

    [Fact]
    public async Task A_day_before_anything_was_published_has_no_rows()
        => Assert.Empty(Rows(await JsonAsync("odata/$all?asof=2001-01-01")));

    [Fact]
    public async Task A_traversal_stays_with_the_versions_on_which_it_began()
    {
        using var own = new RelationsTown();
        await own.InitializeAsync();
        try
        {
            using var first = await own.Portal.GetAsync("odata/$all", "Prefer", "maxpagesize=4");
            var page = JsonDocument.Parse(await first.Content.ReadAsStringAsync()).RootElement;
            using var whole = await own.Portal.Client.GetAsync("odata/$all");
            using var again = await own.Portal.GetAsync("odata/$all", "If-None-Match", whole.Headers.ETag!.ToString());
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            await own.Town.PublishAsync("areas", RelationsTown.AreasContract, "code,valid_from,valid_to,name,rank\n09,2000-01-01,,Khác,1\n");
            await own.Town.PublishAsync("shops", RelationsTown.ShopsContract, "shop_id,area,seen_on,seen_at,head,fee,goods\nz,01,2025-06-30,,,5,\n");
            await RunningPortal.WaitAsync(async () => await own.Portal.Client.GetStringAsync("odata/$all/$count") == "2");

            var rest = JsonDocument.Parse(await own.Portal.Client.GetStringAsync(page.GetProperty("@odata.nextLink").GetString())).RootElement;
            Assert.Equal(["a", "b", "c", "d", "e"], Rows(page).Concat(Rows(rest)).Where(r => r.TryGetProperty("shop_id", out _)).Select(r => r.GetProperty("shop_id").GetString()));
            using var after = await own.Portal.GetAsync("odata/$all", "If-None-Match", whole.Headers.ETag!.ToString());
            Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response)
        => JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetProperty("code").GetString();

    private static List<JsonElement> Rows(JsonElement page) => [.. page.GetProperty("value").EnumerateArray()];

    private async Task<JsonElement> JsonAsync(string address, int size = 1000)
    {
        using var response = await town.Portal.GetAsync(address, "Prefer", $"maxpagesize={size}");
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
