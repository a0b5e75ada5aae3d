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
        await using var town = new Town();
        var rows = new StringBuilder("code,name,fee,share,day,seen_at,open,took,tags\n");
        for (var i = 0; i < 2_500; i++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"{i:00000},Xã “Đông” {i},{(i % 7 == 0 ? "" : $"{i}.50")},{i / 8.0},2024-02-{(i % 29) + 1:00},2024-02-29T23:59:59.{i:000000}Z,{(i % 2 == 0 ? "true" : "false")},PT{i}S,\"[\"\"a{i}\"\",\"\"b\"\"]\"\n");
        }

        town.Folder.Write("services.csv", rows.ToString());
        town.Folder.Write("catalog/datasets/services.yaml", Contract("services", "kind: csv, path: \"${SERVICES_FILE}\""));
        // All annotations that a service can send, so that one taken for a column would show.
        town.Folder.Write("catalog/datasets/copies.yaml", Contract(
            "copies", "kind: odata, url: \"${PORTAL_URL}/odata/services?$format=application/json;odata.metadata=full\""));
        foreach (var register in new[] { "publishers", "themes", "licenses" })
        {
            town.Folder.Write($"catalog/{register}.yaml", File.ReadAllText(Repository.File($"tests/OpenData.Journeys.Tests/fixtures/real-units/{register}.yaml"))
                .Replace("units_source", "office", StringComparison.Ordinal));
        }

        town.Set("CATALOG_DIR", town.Folder["catalog"]);
        town.Set("SERVICES_FILE", town.Folder["services.csv"]);
        town.Set("PORTAL_URL", $"http://127.0.0.1:{town.PortalPort}");
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

    private static string Contract(string name, string source)
        => $$"""
        dataset: {{name}}
        title: { vi: Dịch vụ, en: Services }
        summary: { vi: Mỗi dòng là một dịch vụ., en: Each row is a service. }
        publisher: office
        theme: regions
        license: mit
        source: { {{source}} }
        load: replace
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
