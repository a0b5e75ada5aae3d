using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Tests;

/// <summary>Retention takes no version from under a reader.</summary>
public sealed class CollectedDownloadTests
{
    private const string Cases = """
        dataset: cases
        title: { vi: Hồ sơ, en: Cases }
        summary: { vi: Mỗi dòng là một hồ sơ., en: One row per case. }
        publisher: so_cong_thuong
        theme: economy
        license: vn_open_1
        source: { kind: csv, url: "${AGENCIES_URL}/cases.csv" }
        key: [id]
        columns:
          - { name: id, type: integer, required: true, title: { vi: Mã, en: Id } }
          - { name: mark, type: text, title: { vi: Dấu, en: Mark } }
        """;

    [Fact]
    public async Task A_slow_download_that_began_before_its_version_was_collected_ends_whole()
    {
        using var town = new TestTown();
        await town.PublishAsync("cases", Cases, Csv(1, 250_000));
        var old = town.Store.Current("cases")!;
        await using var portal = await RunningPortal.StartAsync(town);

        // More than what the sockets in between can hold: the rest is still to be read from the file.
        using var slow = await portal.Client.GetAsync($"datasets/cases/versions/{old.Version}.csv.gz", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await slow.Content.ReadAsStreamAsync();
        Assert.True(slow.Content.Headers.ContentLength > 8_000_000, $"{slow.Content.Headers.ContentLength}");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        await body.ReadExactlyAsync(buffer);
        hash.AppendData(buffer);

        await town.PublishAsync("cases", Cases, Csv(2, 10));
        var contract = old.Contract with { Keep = old.Contract.Keep with { Versions = 1 } };
        var collected = await new SnapshotCollector(town.Store, new LaterClock()).CollectAsync(
            contract, new Dictionary<string, string>(StringComparer.Ordinal), _ => Task.FromResult(true));
        Assert.Equal([old.Version], collected);
        Assert.False(File.Exists(old.Path(SnapshotFiles.CsvGzip)));

        int read;
        while ((read = await body.ReadAsync(buffer)) > 0)
        {
            hash.AppendData(buffer.AsSpan(0, read));
        }

        Assert.Equal(old.Manifest.File(SnapshotFiles.CsvGzip)!.Sha256, Convert.ToHexStringLower(hash.GetHashAndReset()));
        using var gone = await portal.Client.GetAsync($"datasets/cases/versions/{old.Version}.csv.gz");
        Assert.Equal(System.Net.HttpStatusCode.Gone, gone.StatusCode);
    }

    private static string Csv(int seed, int rows)
    {
        var (random, text, bytes) = (new Random(seed), new StringBuilder("id,mark\n"), new byte[36]);
        for (var i = 0; i < rows; i++)
        {
            random.NextBytes(bytes);
            text.Append(CultureInfo.InvariantCulture, $"{i},{Convert.ToBase64String(bytes)}\n");
        }

        return text.ToString();
    }

    // In the month of the versions, so that none of them is the last of its month.
    private sealed class LaterClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddDays(2);
    }
}
