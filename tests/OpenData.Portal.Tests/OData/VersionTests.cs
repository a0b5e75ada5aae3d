using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace OpenData.Portal.Tests.OData;

public sealed class VersionTests : IAsyncLifetime, IDisposable
{
    private const int RowCount = 2_500;

    private TestTown _town = null!; // Set before each test.
    private RunningPortal _portal = null!; // Set before each test.

    public async Task InitializeAsync()
    {
        _town = new TestTown();
        await _town.PublishAsync("probes", TestTown.Probes, Rows("old"));
        _portal = await RunningPortal.StartAsync(_town);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    public void Dispose() => _town.Dispose();

    [Theory]
    [InlineData("odata/probes?$count=true")]
    [InlineData("odata/probes?$count=true&$orderby=value desc,id")]
    public async Task A_traversal_stays_on_the_version_on_which_it_began(string first)
    {
        var page = await JsonAsync(first);
        var values = new List<string?>(Values(page));
        await _town.PublishAsync("probes", TestTown.Probes, Rows("new"));
        await RunningPortal.WaitAsync(async () => Values(await JsonAsync("odata/probes?$top=1")).Single()!.StartsWith("new", StringComparison.Ordinal));
        var pages = 1;
        while (page.TryGetProperty("@odata.nextLink", out var next))
        {
            page = await JsonAsync(next.GetString()!);
            values.AddRange(Values(page));
            pages++;
        }

        Assert.Equal(3, pages);
        Assert.Equal(RowCount, values.Count);
        Assert.Equal(RowCount, values.Distinct(StringComparer.Ordinal).Count());
        Assert.All(values, v => Assert.StartsWith("old", v, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Asof_pins_a_version_by_name_instant_or_day()
    {
        var before = _town.Store.Current("probes")!;
        await _town.PublishAsync("probes", TestTown.Probes, Rows("new"));
        await RunningPortal.WaitAsync(async () => Values(await JsonAsync("odata/probes?$top=1")).Single()!.StartsWith("new", StringComparison.Ordinal));
        var instant = before.Manifest.PublishedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        foreach (var asOf in new[] { before.Version, instant })
        {
            var page = await JsonAsync($"odata/probes?asof={asOf}&$orderby=value");
            Assert.StartsWith("old", Values(page).First(), StringComparison.Ordinal);
            var next = await JsonAsync(page.GetProperty("@odata.nextLink").GetString()!);
            Assert.StartsWith("old", Values(next).First(), StringComparison.Ordinal);
            Assert.Equal("old 7", (await JsonAsync($"odata/probes('7')?asof={asOf}")).GetProperty("value").GetString());
        }

        var tomorrow = before.Manifest.PublishedAt.AddDays(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.StartsWith("new", Values(await JsonAsync("odata/probes?$top=1&asof=" + tomorrow)).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_a_version_that_is_gone_is_410_with_the_way_to_start_again()
    {
        var page = await JsonAsync("odata/probes?$filter=id ne '3'");
        var next = page.GetProperty("@odata.nextLink").GetString()!;
        var old = _town.Store.Current("probes")!;
        await _town.PublishAsync("probes", TestTown.Probes, Rows("new"));
        await RunningPortal.WaitAsync(async () => Values(await JsonAsync("odata/probes?$top=1")).Single()!.StartsWith("new", StringComparison.Ordinal));
        File.Delete(old.DataFile);
        using var response = await _portal.Client.GetAsync(next);
        Assert.Equal(HttpStatusCode.Gone, response.StatusCode);
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error");
        Assert.Equal("OD1215", error.GetProperty("code").GetString());
        var again = error.GetProperty("innererror").GetProperty("suggestion").GetString()!;
        Assert.Equal(1_000, Values(await JsonAsync(again)).Count());
    }

    [Fact]
    public async Task Pages_have_a_thousand_rows_or_what_the_caller_prefers_up_to_the_limit()
    {
        Assert.Equal(1_000, Values(await JsonAsync("odata/probes")).Count());
        Assert.Equal(1_000, Values(await JsonAsync("odata/probes?$top=2000")).Count());
        using var response = await _portal.GetAsync("odata/probes", "Prefer", "maxpagesize=999999");
        Assert.Equal("odata.maxpagesize=50000", response.Headers.GetValues("Preference-Applied").Single());
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(RowCount, Values(body).Count());
        Assert.False(body.TryGetProperty("@odata.nextLink", out _));
    }

    private static IEnumerable<string?> Values(JsonElement page)
        => page.GetProperty("value").EnumerateArray().Select(r => r.GetProperty("value").GetString());

    private static string Rows(string word)
    {
        var csv = new StringBuilder("id,value\n");
        for (var id = 1; id <= RowCount; id++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{id},{word} {id}\n");
        }

        return csv.ToString();
    }

    private async Task<JsonElement> JsonAsync(string address)
    {
        using var response = await _portal.Client.GetAsync(address);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
