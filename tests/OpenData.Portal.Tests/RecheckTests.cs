using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenData.Portal.Serving;
using OpenData.TestKit;
using OpenData.Warehouse.Integrity;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Tests;

/// <summary>Promise 15, while serving: bytes that go bad are noticed, and no answer is ever made of them.</summary>
public sealed class RecheckTests
{
    private const string Cases = """
        dataset: cases
        title: { vi: Hồ sơ, en: Cases }
        summary: { vi: Mỗi dòng là một hồ sơ., en: One row per case. }
        publisher: so_cong_thuong
        theme: economy
        license: vn_open_1
        source: { kind: csv, url: "${AGENCIES_URL}/cases.csv" }
        key: [code]
        columns:
          - { name: code, type: code, required: true, title: { vi: Mã, en: Code } }
          - { name: weight, type: integer, title: { vi: Số, en: Number } }
        """;

    private static readonly string[] Addresses =
    [
        "datasets/cases.csv", "datasets/cases.csv.gz", "datasets/cases.parquet", "api/v1/datasets/cases/rows?limit=5&order=weight", "odata/cases('000077')", "odata/cases/$count",
        "odata/cases?$filter=weight%20eq%2070&$select=code",
    ];

    [Fact]
    public async Task Whatever_bit_goes_bad_verify_finds_it_and_the_portal_gives_the_right_answer_or_none()
    {
        using var town = new TestTown();
        var rows = (int)SnapshotPublisher.KeyFileRowsMin + 1;
        await town.PublishAsync("cases", Cases, Csv(rows, 1));
        await town.PublishAsync("cases", Cases, Csv(rows, 2));
        await using var portal = await RunningPortal.StartAsync(town);
        var (older, current) = (town.Store.Versions("cases")[1], town.Store.Current("cases")!);
        Dictionary<string, byte[]> right = [], before = [];
        foreach (var address in Addresses)
        {
            (right[address], before[address]) = (await BodyAsync(portal, address) ?? [], await BodyAsync(portal, Asof(address, older.Version)) ?? []);
            Assert.NotEmpty(right[address]);
        }

        var files = current.Manifest.Files.Select(f => f.Name).Append(SnapshotFiles.Manifest).Select(current.Path).ToList();
        Assert.Contains(files, f => f.EndsWith(SnapshotFiles.Keys, StringComparison.Ordinal));
        var (random, places, found, refused) = (new Random(1515), RunScale.IsSoak ? 200 : 10, 0, 0);
        for (var i = 0; i < places; i++)
        {
            var file = files[i % files.Count];
            var (at, bit) = (random.NextInt64(new FileInfo(file).Length), 1 << random.Next(8));
            Flip(file, at, bit);
            found += new SnapshotVerifier(town.Store).VerifyAll(CancellationToken.None).Count > 0 ? 1 : 0;
            await RoundAsync(portal);
            foreach (var address in Addresses)
            {
                // The last good version, the right bytes, or a refusal.
                var body = await BodyAsync(portal, address);
                refused += body is null ? 1 : 0;
                Assert.True(
                    body is null || body.AsSpan().SequenceEqual(right[address]) || IsOf(older.Version, body, before[address]),
                    $"{Path.GetFileName(file)} at {at}: {address}");
            }

            Flip(file, at, bit);
            await RoundAsync(portal);
        }

        foreach (var address in Addresses)
        {
            Assert.Equal(right[address], await BodyAsync(portal, address));
        }

        SoakReport.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Promise 15, serving: one bit flipped in {places} places of {files.Count} kinds of files: {found} found by verify, {places * Addresses.Length} answers, {refused} refused, 0 wrong"));
        Assert.Equal(places, found);
    }

    [Fact]
    public async Task A_damaged_version_gives_way_to_the_last_good_one_says_so_and_comes_back_when_it_is_mended()
    {
        using var town = new TestTown();
        await town.PublishAsync("cases", Cases, Csv(100, 1));
        await town.PublishAsync("cases", Cases, Csv(100, 2));
        await using var portal = await RunningPortal.StartAsync(town);
        var (older, current) = (town.Store.Versions("cases")[1], town.Store.Current("cases")!);

        // A damaged download is not sent; the data is served on.
        Flip(current.Path(SnapshotFiles.Parquet), 100, 1);
        using (var download = await portal.Client.GetAsync("datasets/cases.parquet"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, download.StatusCode);
            Assert.Contains("OD9035", await download.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await portal.Client.GetAsync("odata/cases?$top=1")).StatusCode);
        Flip(current.Path(SnapshotFiles.Parquet), 100, 1);

        Flip(current.DataFile, current.Manifest.File(SnapshotFiles.Data)!.Bytes - 5, 2);
        await RoundAsync(portal);
        await RunningPortal.WaitAsync(async () => (await portal.Client.GetStringAsync("api/v1/datasets/cases/quality")).Contains($"\"refused_version\":\"{current.Version}\"", StringComparison.Ordinal));
        Assert.Contains(older.Version, await portal.Client.GetStringAsync("api/v1/datasets/cases"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await portal.Client.GetAsync($"api/v1/datasets/cases/rows?asof={current.Version}")).StatusCode);

        Flip(current.DataFile, current.Manifest.File(SnapshotFiles.Data)!.Bytes - 5, 2);
        await RoundAsync(portal);
        await RunningPortal.WaitAsync(async () => (await portal.Client.GetStringAsync("api/v1/datasets/cases/quality")).Contains("\"refused_version\":null", StringComparison.Ordinal));
    }

    // The file's time stays as it was, as when a disk goes bad.
    private static void Flip(string file, long at, int bit)
    {
        var time = File.GetLastWriteTimeUtc(file);
        File.SetAttributes(file, FileAttributes.Normal);
        using (var open = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete))
        {
            open.Seek(at, SeekOrigin.Begin);
            var value = open.ReadByte();
            open.Seek(at, SeekOrigin.Begin);
            open.WriteByte((byte)(value ^ bit));
        }

        File.SetLastWriteTimeUtc(file, time);
    }

    /// <summary>A round of the background, and the switch that follows it.</summary>
    private static async Task RoundAsync(RunningPortal portal)
    {
        portal.App.Services.GetServices<IHostedService>().OfType<FileRechecks>().Single().Round(new ReadingPace(null, TimeProvider.System), CancellationToken.None);
        var proofs = portal.App.Services.GetRequiredService<FileProofs>();
        var watcher = portal.App.Services.GetServices<IHostedService>().OfType<CatalogWatcher>().Single();
        await RunningPortal.WaitAsync(() => Task.FromResult(watcher.SeenGeneration == proofs.Generation));
    }

    private static async Task<byte[]?> BodyAsync(RunningPortal portal, string address)
    {
        using var answer = await portal.Client.GetAsync(address);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync() : null;
    }

    private static string Asof(string address, string version) => address.StartsWith("datasets/cases.", StringComparison.Ordinal)
        ? address.Replace("datasets/cases.", $"datasets/cases/versions/{version}.", StringComparison.Ordinal)
        : address + (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "asof=" + version;

    // Addresses of a version differ inside an answer; the values do not.
    private static bool IsOf(string version, byte[] body, byte[] before)
        => body.AsSpan().SequenceEqual(before) || Plain(body, version) == Plain(before, version);

    private static string Plain(byte[] body, string version)
        => System.Text.RegularExpressions.Regex.Replace(System.Text.Encoding.UTF8.GetString(body), $"[?&](%24|\\$)?asof={version}|\"@odata.[a-zA-Z]+\":\"[^\"]*\",?", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5));

    private static string Csv(int rows, int factor)
        => "code,weight\n" + string.Concat(Enumerable.Range(0, rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i:D6},{i * factor}\n")));
}
