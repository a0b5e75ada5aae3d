using System.Globalization;
using System.Text;
using OpenData.TestKit;

namespace OpenData.Journeys.Tests;

/// <summary>A portal's own open data as another catalogue's source, through the processes that a user starts.</summary>
public sealed class ODataSourceTests
{
    [Fact]
    public async Task What_one_portal_publishes_another_reads_page_by_page_to_the_same_bytes()
    {
        await using var town = Place(2_500, "", "replace");
        var first = await town.IngestAsync("run", "services");
        Assert.Contains("services: published", first.Output, StringComparison.Ordinal);
        await town.StartPortalAsync();

        var second = await town.IngestAsync("run", "copies");
        Assert.Contains("copies: published", second.Output, StringComparison.Ordinal);
        var original = await town.Http.GetStringAsync(new Uri("/datasets/services.csv", UriKind.Relative));
        Assert.Equal(2_501, original.Count(c => c == '\n'));
        await Town.UntilAsync(
            async () =>
            {
                using var answer = await town.Http.GetAsync(new Uri("/datasets/copies.csv", UriKind.Relative));
                return answer.IsSuccessStatusCode && await answer.Content.ReadAsStringAsync() == original;
            },
            "the copy to be served, equal to the original");
    }

    [Fact]
    public async Task What_changed_at_one_portal_is_all_that_another_reads_and_a_backfill_reads_a_range_again()
    {
        await using var town = Place(1_200, ", incremental: { column: seen_at, overlap: PT0S }", "merge");
        await town.IngestAsync("run", "services");
        await town.StartPortalAsync();
        Assert.Contains("copies: published", (await town.IngestAsync("run", "copies")).Output, StringComparison.Ordinal);

        // One row with a later time, a new one, and one that changes without telling anybody.
        var rows = await File.ReadAllTextAsync(town.Folder["services.csv"]);
        rows = rows.Replace("00007,Xã “Đông” 7,", "00007,Xã “Tây” 7,", StringComparison.Ordinal).Replace("2024-02-29T23:59:59.000007Z", "2024-03-05T01:00:00Z", StringComparison.Ordinal)
            .Replace("00009,Xã “Đông” 9,", "00009,Xã “Nam” 9,", StringComparison.Ordinal) + "99999,Xã mới,1.50,0.5,2024-03-06,2024-03-06T00:00:00Z,true,PT1S,\n";
        town.Folder.Write("services.csv", rows);
        await town.IngestAsync("run", "services");
        await Town.UntilAsync(async () => (await RowsAsync(town, "services")).Contains("Xã mới", StringComparison.Ordinal), "the portal to serve the new rows");
        var changed = await town.IngestAsync("run", "copies");
        Assert.Contains("copies: published", changed.Output, StringComparison.Ordinal);
        await Town.UntilAsync(async () => (await RowsAsync(town, "copies")).Contains("Xã mới", StringComparison.Ordinal), "the portal to serve the copy's new rows");
        var copies = await RowsAsync(town, "copies");
        Assert.Contains("Xã “Tây” 7,", copies, StringComparison.Ordinal);
        Assert.Contains("Xã “Đông” 9,", copies, StringComparison.Ordinal);

        // Days are those of Việt Nam.
        var filled = await town.IngestAsync("backfill", "copies", "--from", "2024-03-01", "--to", "2024-03-01");
        Assert.True(filled.Output.Contains("copies: published", StringComparison.Ordinal), filled.Output);
        var services = await RowsAsync(town, "services");
        await Town.UntilAsync(async () => await RowsAsync(town, "copies") == services, "the copy to be served, equal to the original");
    }

    private static Task<string> RowsAsync(Town town, string dataset) => town.Http.GetStringAsync(new Uri($"/datasets/{dataset}.csv", UriKind.Relative));

    private static Town Place(int count, string incremental, string load)
    {
        var town = new Town();
        var rows = new StringBuilder("code,name,fee,share,day,seen_at,open,took,tags\n");
        for (var i = 0; i < count; i++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"{i:00000},Xã “Đông” {i},{(i % 7 == 0 ? "" : $"{i}.50")},{i / 8.0},2024-02-{(i % 29) + 1:00},2024-02-29T23:59:59.{i:000000}Z,{(i % 2 == 0 ? "true" : "false")},PT{i}S,\"[\"\"a{i}\"\",\"\"b\"\"]\"\n");
        }

        town.Folder.Write("services.csv", rows.ToString());
        town.Folder.Write("catalog/datasets/services.yaml", Contract("services", "kind: csv, path: \"${SERVICES_FILE}\"", "replace"));

        // All annotations that a service can send, so that one taken for a column would show.
        town.Folder.Write("catalog/datasets/copies.yaml", Contract(
            "copies", "kind: odata, url: \"${PORTAL_URL}/odata/services?$format=application/json;odata.metadata=full\"" + incremental, load));
        foreach (var register in new[] { "publishers", "themes", "licenses" })
        {
            town.Folder.Write($"catalog/{register}.yaml", File.ReadAllText(Repository.File($"tests/OpenData.Journeys.Tests/fixtures/real-units/{register}.yaml"))
                .Replace("units_source", "office", StringComparison.Ordinal));
        }

        town.Set("CATALOG_DIR", town.Folder["catalog"]);
        town.Set("SERVICES_FILE", town.Folder["services.csv"]);
        town.Set("PORTAL_URL", $"http://127.0.0.1:{town.PortalPort}");
        return town;
    }

    private static string Contract(string name, string source, string load)
        => $$"""
        dataset: {{name}}
        title: { vi: Dịch vụ, en: Services }
        summary: { vi: Mỗi dòng là một dịch vụ., en: Each row is a service. }
        publisher: office
        theme: regions
        license: mit
        source: { {{source}} }
        load: {{load}}
        key: [code]
        order: [code]
        columns:
          - { name: code, type: code, required: true, title: { vi: Mã, en: Code } }
          - { name: name, type: text, required: true, title: { vi: Tên, en: Name } }
          - { name: fee, type: "decimal(12,2)", title: { vi: Phí, en: Fee } }
          - { name: share, type: float, title: { vi: Tỷ lệ, en: Share } }
          - { name: day, type: date, title: { vi: Ngày, en: Day } }
          - { name: seen_at, type: timestamp, title: { vi: Lúc, en: Time } }
          - { name: open, type: boolean, title: { vi: Mở, en: Open } }
          - { name: took, type: duration, title: { vi: Thời gian, en: Duration } }
          - { name: tags, type: list(text), title: { vi: Nhãn, en: Tags } }
        expectations:
          - { rule: quarantine_share, max: 0, on_fail: block }
        drift: { new_column: block }

        """;
}
