using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Serving;

namespace OpenData.Portal.Tests;

public sealed class ServingTests
{
    [Fact]
    public async Task Ready_does_not_depend_on_ingest_and_an_empty_folder_is_served()
    {
        using var town = new TestTown();
        await using var portal = await RunningPortal.StartAsync(town);

        Assert.Contains("0 bộ dữ liệu", await portal.Client.GetStringAsync(""), StringComparison.Ordinal);
        Assert.Contains("live", await portal.Client.GetStringAsync("healthz/live"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_portal_that_started_before_anything_was_published_serves_the_first_version()
    {
        using var town = new TestTown();
        await using var portal = await RunningPortal.StartAsync(town);
        await town.PublishAsync("markets", Plain, Numbered(1));
        await RunningPortal.WaitAsync(() => Task.FromResult(Current(portal, "markets") is not null));

        Assert.Contains("mark-1", await portal.Client.GetStringAsync("datasets/markets.json"), StringComparison.Ordinal);
        Assert.Contains("mark-1", await portal.Client.GetStringAsync("datasets/markets"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publishing_under_load_fails_no_request_and_mixes_no_versions()
    {
        using var town = new TestTown();
        await town.PublishAsync("markets", Plain, Numbered(0));
        await using var portal = await RunningPortal.StartAsync(town);
        using var stop = new CancellationTokenSource();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var readers = Enumerable.Range(0, 4).Select(async number =>
        {
            using var client = portal.NewClient();
            var asked = 0;
            while (!stop.IsCancellationRequested)
            {
                var form = (number + asked++) % 2 == 0 ? "csv" : "json";
                using var answer = await client.GetAsync("datasets/markets." + form);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                var body = await answer.Content.ReadAsStringAsync();
                var marks = System.Text.RegularExpressions.Regex.Matches(body, "mark-[0-9]+", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(2));
                Assert.Equal(3000, marks.Count);
                var mark = Assert.Single(marks.Select(m => m.Value).Distinct(StringComparer.Ordinal));
                lock (seen)
                {
                    seen.Add(mark);
                }
            }

            return asked;
        }).ToList();

        for (var i = 1; i <= 8; i++)
        {
            var published = await town.PublishAsync("markets", Plain, Numbered(i));
            await RunningPortal.WaitAsync(() => Task.FromResult(Current(portal, "markets") == published.Snapshot.Version));
            await Task.Delay(100);
        }

        await stop.CancelAsync();
        var counts = await Task.WhenAll(readers);

        Assert.True(counts.Sum() > 20, $"{counts.Sum()} requests");
        Assert.True(seen.Count >= 6, $"{seen.Count} versions seen");
    }

    [Fact]
    public async Task An_older_version_stays_where_it_was()
    {
        using var town = new TestTown();
        var first = await town.PublishAsync("markets", Plain, Numbered(1));
        await using var portal = await RunningPortal.StartAsync(town);
        var before = await portal.Client.GetStringAsync("datasets/markets.json");
        var second = await town.PublishAsync("markets", Plain, Numbered(2));
        await RunningPortal.WaitAsync(() => Task.FromResult(Current(portal, "markets") == second.Snapshot.Version));

        Assert.Equal(before, await portal.Client.GetStringAsync($"datasets/markets/versions/{first.Snapshot.Version}.json"));
        Assert.Contains("mark-2", await portal.Client.GetStringAsync("datasets/markets.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_version_is_refused_and_the_last_good_one_served_and_said_so()
    {
        using var town = new TestTown();
        var good = await town.PublishAsync("markets", Plain, Numbered(1));
        var bad = await town.PublishAsync("markets", Plain, Numbered(2));
        File.SetAttributes(bad.Snapshot.DataFile, FileAttributes.Normal);
        await File.WriteAllBytesAsync(bad.Snapshot.DataFile, (await File.ReadAllBytesAsync(bad.Snapshot.DataFile))[..^4096]);
        await using var portal = await RunningPortal.StartAsync(town);

        Assert.Equal(good.Snapshot.Version, Current(portal, "markets"));
        Assert.Contains("mark-1", await portal.Client.GetStringAsync("datasets/markets.csv"), StringComparison.Ordinal);
        Assert.Contains(bad.Snapshot.Version, await portal.Client.GetStringAsync("datasets/markets"), StringComparison.Ordinal);
        Assert.Contains($"\"refused_version\":\"{bad.Snapshot.Version}\"", await portal.Client.GetStringAsync("api/v1/datasets/markets/quality"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flipped_bit_in_the_stored_csv_never_looks_like_a_whole_download()
    {
        using var town = new TestTown();
        var version = await town.PublishAsync("markets", Plain, Numbered(1));
        var path = version.Snapshot.Path("data.csv.gz");
        var good = await File.ReadAllBytesAsync(path);
        File.SetAttributes(path, FileAttributes.Normal);
        await using var portal = await RunningPortal.StartAsync(town);
        var whole = await portal.Client.GetStringAsync("datasets/markets.csv");
        for (var i = 0; i < 40; i++)
        {
            // From behind the ten bytes of header to the checksum at the end.
            var bad = good.ToArray();
            bad[10 + (i * (good.Length - 11) / 39)] ^= (byte)(1 << (i % 8));
            await File.WriteAllBytesAsync(path, bad);
            string? got = null;
            try
            {
                using var answer = await portal.Client.GetAsync("datasets/markets.csv");
                got = answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : null;
            }
            catch (HttpRequestException)
            {
                // The connection was broken: the caller knows.
            }

            Assert.True(got is null || got == whole, $"flip {i} gave a whole download with other bytes");
        }
    }

    [Fact]
    public async Task A_collected_version_is_410_with_the_reason()
    {
        using var town = new TestTown();
        var first = await town.PublishAsync("markets", Plain, Numbered(1));
        await town.PublishAsync("markets", Plain, Numbered(2));
        await using var portal = await RunningPortal.StartAsync(town);
        foreach (var file in new[] { "data.duckdb", "data.csv.gz", "data.parquet" })
        {
            File.Delete(first.Snapshot.Path(file));
        }

        await File.WriteAllTextAsync(first.Snapshot.Path("collected.txt"), "2026-11-22T00:00:00Z\n", CancellationToken.None);
        using var answer = await portal.Client.GetAsync($"datasets/markets/versions/{first.Snapshot.Version}.csv");

        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.Contains("OD9032", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("đã thôi lưu tệp", await portal.Client.GetStringAsync("datasets/markets"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dataset_that_is_closed_later_vanishes_and_one_with_a_broken_contract_stays()
    {
        using var town = await TestTown.BuildAsync();
        await using var portal = await RunningPortal.StartAsync(town);
        town.WriteContract("markets", TestTown.Markets.Replace("load: replace", "load: replace\naccess: closed", StringComparison.Ordinal));
        town.WriteContract("probes", "dataset: probes\nnonsense: [\n");
        await RunningPortal.WaitAsync(() => Task.FromResult(Current(portal, "markets") is null));

        using var closed = await portal.Client.GetAsync("datasets/markets.csv");
        using var broken = await portal.Client.GetAsync("datasets/probes.csv");

        Assert.Equal(HttpStatusCode.NotFound, closed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, broken.StatusCode);
    }

    [Fact]
    public async Task A_column_that_becomes_personal_takes_its_published_version_away()
    {
        using var town = await TestTown.BuildAsync();
        await using var portal = await RunningPortal.StartAsync(town);
        town.WriteContract("markets", TestTown.Markets.Replace("{ name: note, type: text,", "{ name: note, type: text, privacy: personal,", StringComparison.Ordinal));
        await RunningPortal.WaitAsync(() => Task.FromResult(Current(portal, "markets") is null));

        Assert.DoesNotContain("trong một ô", await portal.Client.GetStringAsync("datasets?q=cho"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await portal.Client.GetAsync("datasets/markets.json")).StatusCode);
    }

    [Fact]
    public async Task New_titles_are_shown_without_a_new_version()
    {
        using var town = await TestTown.BuildAsync();
        await using var portal = await RunningPortal.StartAsync(town);
        var version = Current(portal, "markets");
        town.WriteContract("markets", TestTown.Markets.Replace("Chợ không tiền mặt", "Chợ số", StringComparison.Ordinal));
        await RunningPortal.WaitAsync(async () => (await portal.Client.GetStringAsync("datasets/markets")).Contains("<h1>Chợ số</h1>", StringComparison.Ordinal));

        Assert.Equal(version, Current(portal, "markets"));
    }

    [Fact]
    public async Task Keys_and_plain_pages_do_not_wait_behind_filters_and_sorts()
    {
        using var town = await TestTown.BuildAsync();
        await using var portal = await RunningPortal.StartAsync(town, o => o with { QueueMax = 0 });
        var lanes = portal.App.Services.GetRequiredService<QueryLanes>();
        var dataset = portal.App.Services.GetRequiredService<ServedData>().Require("markets");
        var held = new List<QueryLease>();
        await Assert.ThrowsAsync<OpenDataException>(async () =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                held.Add(await lanes.Interactive.EnterAsync(dataset, CancellationToken.None));
            }
        });

        using var page = await portal.Client.GetAsync("odata/markets?$top=1");
        using var sorted = await portal.Client.GetAsync("odata/markets?$orderby=name%20desc&$top=1");
        var large = new Question(dataset, IsQuick: false, "shape") { SmallTableRowsMax = 0 };
        var refused = await Assert.ThrowsAsync<OpenDataException>(() => lanes.AskAsync(large, (_, _) => Task.FromResult(1), CancellationToken.None));
        held.ForEach(l => l.Dispose());

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(HttpStatusCode.OK, sorted.StatusCode);
        Assert.Equal("OD9020", refused.Code.Code);
    }

    [Fact]
    public async Task A_question_that_takes_long_moves_over_and_the_next_of_its_shape_goes_there_at_once()
    {
        using var town = await TestTown.BuildAsync();
        await using var portal = await RunningPortal.StartAsync(town);
        var lanes = portal.App.Services.GetRequiredService<QueryLanes>();
        var dataset = portal.App.Services.GetRequiredService<ServedData>().Require("markets");
        var question = new Question(dataset, IsQuick: false, "sum of very many") { SmallTableRowsMax = 0 };
        var asked = 0;

        var first = await lanes.AskAsync(question, AskAsync, CancellationToken.None);
        var second = await lanes.AskAsync(question, AskAsync, CancellationToken.None);
        var other = await lanes.AskAsync(question with { Shape = "another" }, AskAsync, CancellationToken.None);

        // Asked in the interactive lane, broken off there and asked anew; the second one went to the patient lane at once.
        Assert.Equal([2, 3, 4], [first, second, other]);

        async Task<int> AskAsync(QueryLease lease, CancellationToken token)
        {
            if (Interlocked.Increment(ref asked) == 1)
            {
                await Task.Delay(Timeout.Infinite, token);
            }

            return asked;
        }
    }

    [Fact]
    public async Task A_full_queue_is_told_to_come_back_and_files_still_flow()
    {
        using var town = await TestTown.BuildAsync();
        await using var portal = await RunningPortal.StartAsync(town, o => o with { QueueMax = 0 });
        var lanes = portal.App.Services.GetRequiredService<QueryLanes>();
        var dataset = portal.App.Services.GetRequiredService<ServedData>().Require("markets");
        var held = new List<QueryLease>();
        OpenDataException? refusal = null;
        while (refusal is null)
        {
            try
            {
                held.Add(await lanes.Bulk.EnterAsync(dataset, CancellationToken.None));
            }
            catch (OpenDataException full)
            {
                refusal = full;
            }
        }

        using var json = await portal.Client.GetAsync("datasets/markets.json");
        using var csv = await portal.Client.GetAsync("datasets/markets.csv");
        held.ForEach(l => l.Dispose());
        using var after = await portal.Client.GetAsync("datasets/markets.json");

        Assert.Equal("OD9020", refusal.Code.Code);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, json.StatusCode);
        Assert.NotNull(json.Headers.RetryAfter);
        Assert.Contains("OD9020", await json.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, csv.StatusCode);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task One_light_reader_is_served_quickly_beside_fifty_heavy_ones()
    {
        using var town = new TestTown();
        await town.PublishAsync("markets", Plain, Numbered(1, rows: 60_000));
        await using var portal = await RunningPortal.StartAsync(town);
        using var stop = new CancellationTokenSource();
        using var heavyClient = portal.NewClient();
        var heavy = Enumerable.Range(0, 50).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var answer = await heavyClient.GetAsync("datasets/markets.json", HttpCompletionOption.ResponseHeadersRead);
                Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, $"{answer.StatusCode}");
                await answer.Content.CopyToAsync(Stream.Null);
            }
        }).ToList();
        var times = new List<TimeSpan>();
        for (var i = 0; i < 60; i++)
        {
            var started = TimeProvider.System.GetTimestamp();
            using var answer = await portal.Client.GetAsync(i % 2 == 0 ? "datasets/markets" : "api/v1/datasets/markets");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            times.Add(TimeProvider.System.GetElapsedTime(started));
            await Task.Delay(20);
        }

        await stop.CancelAsync();
        await Task.WhenAll(heavy);
        times.Sort();

        // The promise is 500 ms; client and fifty others share two cores with the server here, so the median is held and the worst bounded.
        Assert.True(times[30] < TimeSpan.FromMilliseconds(500), $"median {times[30]}");
        Assert.True(times[^1] < TimeSpan.FromSeconds(5), $"worst {times[^1]}");
    }

    [Fact]
    public async Task Two_hundred_datasets_are_served_within_seconds()
    {
        using var town = new TestTown();
        await town.PublishAsync("markets", Plain, Numbered(1));
        for (var i = 0; i < 199; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"copy_{i}");
            CopyDataset(town, "markets", id);
        }

        var started = TimeProvider.System.GetTimestamp();
        await using var portal = await RunningPortal.StartAsync(town);
        var took = TimeProvider.System.GetElapsedTime(started);

        Assert.Contains("\"total\":200", await portal.Client.GetStringAsync("api/v1/datasets?limit=1"), StringComparison.Ordinal);

        // The figure is the benchmark's (serve-start); here only a hang is a failure, since tests share their machine.
        Assert.True(took < TimeSpan.FromSeconds(60), $"took {took}");
    }

    private const string Plain = """
        dataset: markets
        title: { vi: Chợ, en: Markets }
        summary: { vi: Chợ., en: Markets. }
        publisher: so_cong_thuong
        theme: economy
        license: vn_open_1
        source: { kind: csv, url: "${AGENCIES_URL}/markets.csv" }
        key: [id]
        columns:
          - { name: id, type: code, title: { vi: Mã, en: Id } }
          - { name: mark, type: text, title: { vi: Dấu, en: Mark } }
        """;

    private static string Numbered(int mark, int rows = 3000)
    {
        var csv = new StringBuilder("id,mark\n");
        for (var i = 0; i < rows; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{i:D5},mark-{mark}\n");
        }

        return csv.ToString();
    }

    private static string? Current(RunningPortal portal, string id)
        => portal.App.Services.GetRequiredService<ServedData>().Current.Find(id)?.Version;

    /// <summary>The same files under another id, with a manifest and a publication that say so.</summary>
    private static void CopyDataset(TestTown town, string from, string to)
    {
        var snapshot = town.Store.Current(from)!;
        var folder = Path.Combine(town.DataFolder, "published", to, snapshot.Version);
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory(Path.Combine(town.DataFolder, "published", to, "current"));
        foreach (var file in Directory.EnumerateFiles(snapshot.Folder))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        var yaml = Encoding.UTF8.GetBytes(Plain.Replace("dataset: markets", "dataset: " + to, StringComparison.Ordinal));
        Replace(Path.Combine(folder, "contract.yaml"), yaml);
        var manifest = snapshot.Manifest with
        {
            Dataset = to,
            Files = [.. snapshot.Manifest.Files.Select(f => f.Name == "contract.yaml" ? f with { Bytes = yaml.Length, Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(yaml)) } : f)],
        };
        var bytes = Warehouse.Publishing.ManifestJson.Write(manifest);
        Replace(Path.Combine(folder, "manifest.json"), bytes);
        var pointer = new Warehouse.Publishing.Publication(1, snapshot.Version, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));
        Replace(Path.Combine(town.DataFolder, "published", to, "current", Warehouse.Publishing.Publication.FileName(1)), pointer.ToBytes());
        town.WriteContract(to, Encoding.UTF8.GetString(yaml));
    }

    private static void Replace(string path, byte[] bytes)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }

        File.WriteAllBytes(path, bytes);
    }
}
