using System.Globalization;
using System.Net;
using System.Text.Json;

namespace OpenData.Portal.Tests.OData;

/// <summary>Which versions of other datasets an answer reads over relations.</summary>
public sealed class RelatedVersionTests : IAsyncLifetime, IDisposable
{
    private const int ShopCount = 2_500;
    private readonly RelationsTown _town = new();

    public async Task InitializeAsync()
    {
        await _town.InitializeAsync();
        await _town.Town.PublishAsync("shops", RelationsTown.ShopsContract, RelationsTown.ManyShops(ShopCount));
        await ServedAsync("odata/shops/$count", ShopCount.ToString(CultureInfo.InvariantCulture));
    }

    public async Task DisposeAsync() => await _town.DisposeAsync();

    public void Dispose() => _town.Dispose();

    // s00000 is its own head shop, so that only the bound ends the path.
    [Theory]
    [InlineData(10, HttpStatusCode.OK, "\"value\":0")]
    [InlineData(11, HttpStatusCode.BadRequest, "PathRelationsMax = 10")]
    [InlineData(1_000, HttpStatusCode.BadRequest, "PathRelationsMax = 10")]
    public async Task A_path_of_relations_is_bounded(int relations, HttpStatusCode status, string said)
    {
        using var response = await _town.Portal.Client.GetAsync($"odata/shops('s00000'){string.Concat(Enumerable.Repeat("/head_shop", relations))}/fee");

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(said, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("odata/shops?$select=shop_id&$expand=area_then($select=name)")]
    [InlineData("odata/shops?$select=shop_id&$expand=area_then($select=name)&$orderby=fee desc")]
    [InlineData("odata/shops?$select=shop_id&$filter=area_then/any(u:u/name eq 'Mới một')&$expand=area_then($select=name)")]
    public async Task A_traversal_stays_on_the_related_version_on_which_it_began(string first)
    {
        var page = await JsonAsync(first);
        var rows = page.GetProperty("value").EnumerateArray().ToList();
        await RenameAsync();
        while (page.TryGetProperty("@odata.nextLink", out var next))
        {
            page = await JsonAsync(next.GetString()!);
            rows.AddRange(page.GetProperty("value").EnumerateArray());
        }

        Assert.Equal(ShopCount, rows.Select(r => r.GetProperty("shop_id").GetString()).Distinct(StringComparer.Ordinal).Count());
        Assert.All(rows, r => Assert.Equal("Mới một", r.GetProperty("area_then").EnumerateArray().Single().GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("odata/shops('s00001')?$expand=area_then")]
    [InlineData("odata/shops('s00001')/area_then")]
    [InlineData("odata/shops?$filter=area_then/any(u:u/rank eq 2)")]
    [InlineData("odata/shops?$expand=area_then&$top=1")]
    public async Task A_new_version_of_the_related_dataset_is_a_new_answer(string address)
    {
        using var before = await _town.Portal.Client.GetAsync(address);
        await RenameAsync();
        using var after = await _town.Portal.GetAsync(address, "If-None-Match", before.Headers.ETag!.ToString());

        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
        using var again = await _town.Portal.GetAsync(address, "If-None-Match", after.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task Asof_reads_what_was_current_then_on_both_sides()
    {
        var shops = _town.Town.Store.Current("shops")!;
        await RenameAsync();
        var instant = shops.Manifest.PublishedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        foreach (var asOf in new[] { shops.Version, instant })
        {
            var expanded = await JsonAsync($"odata/shops('s00001')?$expand=area_then&asof={asOf}");
            var path = await JsonAsync($"odata/shops('s00001')/area_then?asof={asOf}");
            Assert.Equal("Mới một", expanded.GetProperty("area_then")[0].GetProperty("name").GetString());
            Assert.Equal("Mới một", path.GetProperty("value")[0].GetProperty("name").GetString());
        }

        var now = await JsonAsync("odata/shops('s00001')/area_then");
        Assert.Equal("Tên khác", now.GetProperty("value")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Every_page_of_related_rows_is_what_a_join_by_hand_gives()
    {
        var fees = Enumerable.Range(0, ShopCount).ToDictionary(i => $"s{i:00000}", i => i % 7, StringComparer.Ordinal);
        var seen = 0;
        for (var next = "odata/shops?$select=shop_id&$expand=branches($select=shop_id,fee;$filter=fee gt 2;$orderby=fee desc,shop_id),head_shop($select=fee)"; next is not null;)
        {
            var page = await JsonAsync(next);
            foreach (var row in page.GetProperty("value").EnumerateArray())
            {
                var number = int.Parse(row.GetProperty("shop_id").GetString()!.AsSpan(1), CultureInfo.InvariantCulture);
                var branches = number % 10 == 0
                    ? Enumerable.Range(number, 10).Where(i => i < ShopCount && i % 7 > 2).OrderByDescending(i => i % 7).ThenBy(i => i).Select(i => $"s{i:00000}")
                    : [];
                Assert.Equal(branches, row.GetProperty("branches").EnumerateArray().Select(b => b.GetProperty("shop_id").GetString()));
                Assert.Equal(fees[$"s{number / 10 * 10:00000}"], row.GetProperty("head_shop").GetProperty("fee").GetInt32());
                seen++;
            }

            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        Assert.Equal(ShopCount, seen);
    }

    [Fact]
    public async Task Too_many_related_rows_are_refused_with_the_limit_and_the_way_out()
    {
        var crowd = string.Join('\n', Enumerable.Range(0, 120_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"s{i:000000},01,2025-08-01,,s000000,1,")));
        await _town.Town.PublishAsync("shops", RelationsTown.ShopsContract, "shop_id,area,seen_on,seen_at,head,fee,goods\n" + crowd + "\n");
        await ServedAsync("odata/shops/$count", "120000");
        using var refused = await _town.Portal.Client.GetAsync("odata/shops('s000000')?$expand=branches");
        var some = await JsonAsync("odata/shops('s000000')?$expand=branches($top=3;$count=true;$select=shop_id)");

        // Few rows are read, but each stands behind very many others.
        using var repeated = await _town.Portal.Client.GetAsync("odata/shops?$filter=head eq 's000000'&$expand=head_shop($expand=branches($top=200))");
        var once = await JsonAsync("odata/shops?$filter=head eq 's000000'&$top=3&$select=shop_id&$expand=head_shop($select=fee;$expand=branches($top=200;$select=fee))");

        Assert.Equal(HttpStatusCode.BadRequest, repeated.StatusCode);
        Assert.Contains("ExpandedRowsMax", await repeated.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.All(once.GetProperty("value").EnumerateArray(), r => Assert.Equal(200, r.GetProperty("head_shop").GetProperty("branches").GetArrayLength()));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("ExpandedRowsMax", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(120_000, some.GetProperty("branches@odata.count").GetInt32());
        Assert.Equal(3, some.GetProperty("branches").GetArrayLength());
    }

    private async Task RenameAsync()
    {
        await _town.Town.PublishAsync("areas", RelationsTown.AreasContract, RelationsTown.AreaRows.Replace("Mới một", "Tên khác", StringComparison.Ordinal));
        await ServedAsync("odata/areas(code='01',valid_from=2025-07-01)/name/$value", "Tên khác");
    }

    private Task ServedAsync(string address, string value)
        => RunningPortal.WaitAsync(async () => await _town.Portal.Client.GetStringAsync(address) == value);

    private async Task<JsonElement> JsonAsync(string address)
    {
        using var response = await _town.Portal.Client.GetAsync(address);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
