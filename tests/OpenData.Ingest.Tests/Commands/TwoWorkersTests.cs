using System.Diagnostics;
using System.Globalization;
using OpenData.Ingest.Tests.Runs;
using OpenData.TestKit;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Tests.Ledger;

namespace OpenData.Ingest.Tests.Commands;

/// <summary>
/// Two real workers on one data folder and one state database, whose sources change all the time; again and again one of them is stopped
/// past its lease wherever it happens to be, and let go on.
/// </summary>
public sealed class TwoWorkersTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const int LeaseSeconds = 3;

    private static readonly string[] Datasets = ["left_side", "right_side"];

    [Theory]
    [LedgerKinds]
    public async Task With_one_stopped_past_its_lease_no_slot_runs_twice_no_older_version_follows_a_newer_and_every_run_ends(string kind)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var place = new Workplace { StateDatabase = kind == "postgresql" ? server.NewDatabase() : null };
        foreach (var dataset in Datasets)
        {
            Change(place, dataset, 0);
            place.Contract(
                dataset,
                $"{{ kind: csv, path: {place.Write($"in/{dataset}.csv", "id,name\n0,n\n")} }}",
                rest: "refresh: { cron: \"0/1 * * * * ?\", time_zone: Asia/Ho_Chi_Minh, due_within: PT36H, misfire: run_once }\nkeep: { versions: 100000 }");
        }

        var begun = TimeProvider.System.GetUtcNow();
        var rounds = RunScale.IsSoak ? 100 : 1;
        var random = new Random(20261127);
        var said = new Dictionary<Process, Task<string>>();
        var workers = new[] { await ServeAsync(place, said), await ServeAsync(place, said) };
        using var stop = new CancellationTokenSource();
        var changing = ChangeAsync(place, stop.Token);
        for (var round = 0; round < rounds; round++)
        {
            await Task.Delay(random.Next(1500));
            var paused = workers[(round + kind.Length) % 2];
            await SignalAsync(paused, "STOP");
            await Task.Delay(TimeSpan.FromSeconds(LeaseSeconds + 1));
            await SignalAsync(paused, "CONT");
            await PublishedMoreAsync(place);
        }

        await stop.CancelAsync();
        await changing;
        foreach (var worker in workers)
        {
            await SignalAsync(worker, "TERM");
            await worker.WaitForExitAsync();
            Assert.True(worker.ExitCode == 0, $"A worker ended with {worker.ExitCode}:\n{await said[worker]}");
            worker.Dispose();
        }

        var (slots, ran, versions) = (0L, 0L, 0);
        await using var judge = await place.Open();
        foreach (var dataset in Datasets)
        {
            var account = await judge.Ledger.SlotsAsync(dataset, 1_000_000, CancellationToken.None);
            RequireEverySecondOnce(account);
            slots += account.Sum(s => s.Count);
            ran += account.Count(s => s.RunId is not null);
            versions += RequireGrowing(judge.Store, dataset);
        }

        Assert.DoesNotContain(await judge.Ledger.ListAsync(null, RunStatus.Started, 1, CancellationToken.None), _ => true);
        Assert.Empty(new SnapshotVerifier(judge.Store).VerifyAll(CancellationToken.None));
        SoakReport.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Two workers on {kind}, one stopped past its lease {rounds} times in {(TimeProvider.System.GetUtcNow() - begun).TotalMinutes:0} minutes: {slots} slots, {ran} runs, {versions} versions; 0 slots twice, 0 older over newer, every run has an end."));
    }

    /// <summary>Waits until each dataset has a version more than now.</summary>
    private static async Task PublishedMoreAsync(Workplace place)
    {
        var store = new SnapshotStore(place.DataFolder);
        var before = Datasets.Select(d => store.Current(d)?.Version).ToList();
        for (var waited = Stopwatch.StartNew(); Datasets.Where((d, i) => store.Current(d)?.Version == before[i]).Any();)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(2), "Nothing was published any more after a worker went on.");
            await Task.Delay(100);
        }
    }

    /// <summary>The cron asks every second: from the first to the last slot of the account there is each second, and each once.</summary>
    private static void RequireEverySecondOnce(IReadOnlyList<SlotRecord> account)
    {
        Assert.Contains(account, s => s.RunId is not null);
        var expected = account[^1].FirstAt;
        foreach (var record in account.Reverse())
        {
            Assert.Equal(expected, record.FirstAt);
            Assert.Equal(record.FirstAt.AddSeconds(record.Count - 1), record.LastAt);
            expected = record.LastAt.AddSeconds(1);
        }
    }

    /// <summary>Each version was made on top of the one before and holds a later state of the source.</summary>
    private static int RequireGrowing(SnapshotStore store, string dataset)
    {
        var publications = store.Publications(dataset);
        for (var i = 0; i + 1 < publications.Count; i++)
        {
            var (later, before) = (store.Find(dataset, publications[i].Version)!.Manifest, store.Find(dataset, publications[i + 1].Version)!.Manifest);
            Assert.Equal(before.Version, later.PreviousVersion);
            Assert.True(later.Rows > before.Rows, $"{later.Version} has {later.Rows} rows, the one before it {before.Rows}.");
        }

        return publications.Count;
    }

    private static async Task<Process> ServeAsync(Workplace place, Dictionary<Process, Task<string>> said)
    {
        var worker = IngestProcess.Start(place, null, [("INGEST_LEASE_SECONDS", LeaseSeconds.ToString(CultureInfo.InvariantCulture))], "serve");
        said[worker] = worker.StandardError.ReadToEndAsync();
        while (await worker.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("Worker ready", StringComparison.Ordinal))
        {
        }

        Assert.False(worker.HasExited);
        _ = worker.StandardOutput.ReadToEndAsync();
        return worker;
    }

    // The source only grows, so its row count tells which of two states is the later one.
    private static async Task ChangeAsync(Workplace place, CancellationToken stop)
    {
        for (var number = 1; !stop.IsCancellationRequested; number++)
        {
            foreach (var dataset in Datasets)
            {
                Change(place, dataset, number);
            }

            // Not while it is read every time: a file that changes under the reader is refused.
            await Task.Delay(1000, CancellationToken.None);
        }
    }

    private static void Change(Workplace place, string dataset, int number)
    {
        var written = place.Write($"in/{dataset}.new", "id,name\n" + string.Concat(Enumerable.Range(0, number + 1).Select(n => $"{n},n\n")));
        File.Move(written, written.Replace(".new", ".csv", StringComparison.Ordinal), overwrite: true);
    }

    private static async Task SignalAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
