using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Tests.OData;

/// <summary>Tables in which rows are found by the key file, not by a scan.</summary>
public sealed class LargeTableTests : IAsyncLifetime, IDisposable
{
    private const int Rows = (int)SnapshotPublisher.KeyFileRowsMin + 1;

    private const string Cases = """
        dataset: cases
        title: { vi: Hồ sơ, en: Cases }
        summary: { vi: Mỗi dòng là một hồ sơ., en: One row per case. }
        publisher: so_cong_thuong
        theme: economy
        license: vn_open_1
        source: { kind: csv, url: "${AGENCIES_URL}/cases.csv" }
        key: [code, day]
        order: [weight]
        columns:
          - { name: code, type: code, required: true, title: { vi: Mã, en: Code } }
          - { name: day, type: date, required: true, title: { vi: Ngày, en: Day } }
          - { name: weight, type: integer, title: { vi: Số, en: Number } }
        """;

    private TestTown _town = null!; // Set before each test.
    private RunningPortal _portal = null!; // Set before each test.

    public async Task InitializeAsync()
    {
        _town = new TestTown();
        await _town.PublishAsync("cases", Cases, Csv(i => i));
        await _town.PublishAsync("cases", Cases, Csv(i => Rows - i));
        _portal = await RunningPortal.StartAsync(_town);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    public void Dispose() => _town.Dispose();

    [Fact]
    public async Task The_row_of_a_key_is_found_by_every_way_that_asks_for_it_in_every_version()
    {
        var first = JsonDocument.Parse(await _portal.Client.GetStringAsync("api/v1/datasets/cases/versions")).RootElement
            .GetProperty("items").EnumerateArray().Last().GetProperty("version").GetString();
        foreach (var i in new[] { 0, 1, 77_777, Rows - 1 })
        {
            foreach (var (asOf, weight) in new[] { ("", Rows - i), ($"&asof={first}", i) })
            {
                var key = $"code='{Code(i)}',day=2026-01-01";
                var filter = $"day eq 2026-01-01 and '{Code(i)}' eq code";
                Assert.Equal(weight, (await JsonAsync($"odata/cases({key})?{asOf[Math.Min(1, asOf.Length)..]}")).GetProperty("weight").GetInt32());
                Assert.Equal($"{weight}", await _portal.Client.GetStringAsync($"odata/cases/{Code(i)}/2026-01-01/weight/$value?{asOf[Math.Min(1, asOf.Length)..]}"));
                Assert.Equal(weight, Assert.Single((await JsonAsync($"odata/cases?$count=true&$filter={filter}{asOf}")).GetProperty("value").EnumerateArray()).GetProperty("weight").GetInt32());
                Assert.Equal(weight, Assert.Single((await JsonAsync($"api/v1/datasets/cases/rows?order=weight&where={filter}{asOf}")).EnumerateArray()).GetProperty("weight").GetInt32());
                Assert.Equal($"code,day,weight\n{Code(i)},2026-01-01,{weight}\n", await _portal.Client.GetStringAsync($"odata/cases?$format=csv&$filter={filter}{asOf}"));
                Assert.Equal("1", await _portal.Client.GetStringAsync($"odata/cases/$count?$filter={filter}{asOf}"));
                Assert.Equal("0", await _portal.Client.GetStringAsync($"odata/cases/$count?$filter={filter} and weight ne {weight}{asOf}"));
            }
        }
    }

    [Fact]
    public async Task A_key_that_no_row_has_is_404_and_an_empty_page()
    {
        using var missing = await _portal.Client.GetAsync($"odata/cases(code='{Code(5)}',day=2026-01-02)");

        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Empty((await JsonAsync($"odata/cases?$filter=code eq '{Code(5)}' and day eq 2026-01-02")).GetProperty("value").EnumerateArray());
        Assert.Equal(2, (await JsonAsync($"odata/cases?$filter=code eq '{Code(5)}' or code eq '{Code(6)}'")).GetProperty("value").GetArrayLength());
    }

    [Fact]
    public async Task A_key_file_damaged_on_disk_is_named_and_nothing_is_called_missing()
    {
        var file = _town.Store.Current("cases")!.Path(SnapshotFiles.Keys); // just published
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[0] ^= 1;
        File.Delete(file);
        await File.WriteAllBytesAsync(file, bytes);
        using var response = await _portal.Client.GetAsync($"odata/cases(code='{Code(5)}',day=2026-01-01)");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("OD9035", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_too_large_for_a_batch_is_413_and_its_neighbours_are_answered()
    {
        using var content = new StringContent(
            """{"requests":[{"id":"1","method":"GET","url":"cases?$format=csv"},{"id":"2","method":"GET","url":"cases?$format=csv&$top=1"}]}""",
            Encoding.UTF8,
            "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "odata/$batch") { Content = content };
        request.Headers.Add("Prefer", "continue-on-error");
        using var response = await _portal.Client.SendAsync(request);
        var answers = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("responses");

        Assert.Equal([413, 200], answers.EnumerateArray().Select(a => a.GetProperty("status").GetInt32()));
        Assert.Equal("OD9037", answers[0].GetProperty("body").GetProperty("error").GetProperty("code").GetString());
        Assert.Equal($"code,day,weight\n{Code(Rows - 1)},2026-01-01,1\n", answers[1].GetProperty("body").GetString());
    }

    private static string Code(int i) => i.ToString("D8", CultureInfo.InvariantCulture);

    private static string Csv(Func<int, int> weight)
    {
        var csv = new StringBuilder("code,day,weight\n");
        for (var i = 0; i < Rows; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{Code(i)},2026-01-01,{weight(i)}\n");
        }

        return csv.ToString();
    }

    private async Task<JsonElement> JsonAsync(string address) => JsonDocument.Parse(await _portal.Client.GetStringAsync(address)).RootElement;
}
