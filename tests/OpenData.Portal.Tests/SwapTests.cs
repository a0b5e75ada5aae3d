using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenData.Portal.Tests;

public sealed partial class SwapTests
{
    private const int Rows = 400;
    private const int Editions = 12;

    private const string Contract = """
        dataset: editions
        title: { vi: Lần xuất bản, en: Editions }
        summary: { vi: Mỗi dòng mang số lần xuất bản., en: Every row carries the number of its edition. }
        publisher: so_cong_thuong
        theme: economy
        license: vn_open_1
        source: { kind: csv, url: "${AGENCIES_URL}/editions.csv" }
        key: [id]
        columns:
          - { name: id, type: integer, required: true, title: { vi: Số, en: Number } }
          - { name: edition, type: text, required: true, title: { vi: Lần, en: Edition } }
        """;

    [Fact]
    public async Task An_answer_that_is_read_while_versions_are_published_is_wholly_of_one_version()
    {
        using var town = new TestTown();
        await town.PublishAsync("editions", Contract, Csv(0));
        await using var portal = await RunningPortal.StartAsync(town, o => o with { WatchInterval = TimeSpan.FromMilliseconds(20) });
        using var stop = new CancellationTokenSource();
        var seen = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var readers = new[] { "datasets/editions.csv", "datasets/editions.json", "datasets/editions.csv?excel=1", "api/v1/datasets/editions/rows?format=csv&order=id%20desc", "odata/editions?$top=400" }
            .Select(path => Task.Run(() => ReadAllTheTimeAsync(portal, path, seen, stop.Token)))
            .ToList();
        for (var edition = 1; edition <= Editions; edition++)
        {
            await town.PublishAsync("editions", Contract, Csv(edition));
            await Task.Delay(150);
        }

        await stop.CancelAsync();
        var reads = await Task.WhenAll(readers);

        Assert.All(reads, r => Assert.True(r > 0));
        Assert.True(seen.Count > 2, $"Only {seen.Count} versions were seen.");
    }

    private static async Task<int> ReadAllTheTimeAsync(RunningPortal portal, string path, ConcurrentDictionary<string, bool> seen, CancellationToken stop)
    {
        var reads = 0;
        while (!stop.IsCancellationRequested)
        {
            var text = await portal.Client.GetStringAsync(path, CancellationToken.None);
            var editions = Edition().Matches(text).Select(m => m.Value).ToList();
            Assert.Equal(Rows, editions.Count);
            seen.TryAdd(Assert.Single(editions.Distinct(StringComparer.Ordinal)), true);
            reads++;
        }

        return reads;
    }

    private static string Csv(int edition)
    {
        var csv = new StringBuilder("id,edition\n");
        for (var id = 0; id < Rows; id++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{id},edition-{edition}-\n");
        }

        return csv.ToString();
    }

    [GeneratedRegex("edition-[0-9]+-")]
    private static partial Regex Edition();
}
