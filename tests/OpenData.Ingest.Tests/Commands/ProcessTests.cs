using System.Diagnostics;
using OpenData.Ingest.Tests.Runs;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Tests.Commands;

/// <summary>The command line as operators meet it, and what a killed worker leaves behind.</summary>
public sealed class ProcessTests
{
    private const string Rows = "id,name\n1,Phổ Yên\nx,Bad\n";

    [Fact]
    public async Task A_worker_killed_between_any_two_steps_leaves_a_ledger_that_the_next_start_completes()
    {
        // Point → whether the publication was there when the worker died.
        var points = new (string Point, bool Published)[]
        {
            ("run.started", false), ("publish.begun", false), ("publish.renamed", false), ("publish.pointed", true), ("run.before-finish", true),
        };
        using var place = Place();
        foreach (var (point, published) in points)
        {
            place.Write("in/units.csv", Rows + $"2,{point}\n");
            Assert.Equal(137, (await IngestProcess.Run(place, point, "run", "units")).Code);
            await using var worker = await place.Open();
            var run = (await place.Runs())[0];
            Assert.Equal(published ? RunStatus.Succeeded : RunStatus.Interrupted, run.Status);
            if (published)
            {
                Assert.Equal(worker.Store.Current("units")!.Version, run.Version);
                Assert.Equal((3L, 1L), (run.Counts!.Received, run.Counts.Quarantined));
                Assert.Single(await worker.Ledger.QuarantineAsync(run.Id, CancellationToken.None));
            }

            Assert.False(Directory.Exists(worker.Store.WorkFolder) && Directory.EnumerateDirectories(worker.Store.WorkFolder).Any());
            var after = await IngestProcess.Run(place, null, "run", "units");
            Assert.Equal(0, after.Code);
            Assert.Contains(published ? "units: unchanged" : "units: published", after.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(await place.Runs(), r => r.Status == RunStatus.Started);
    }

    [Fact]
    public async Task Commands_end_with_the_documented_codes_and_never_with_a_stack_trace()
    {
        using var place = Place();
        var run = await IngestProcess.Run(place, null, "run", "--all");
        Assert.Equal(0, run.Code);
        Assert.Matches("units: published .*, 1 rows; received 2, duplicates 0, quarantined 1 \\(type\\[id\\] 1\\); ", run.Output);
        var runs = await IngestProcess.Run(place, null, "runs", "units");
        Assert.Contains("published", runs.Output, StringComparison.Ordinal);
        var show = await IngestProcess.Run(place, null, "show", runs.Output.Split(' ')[0]);
        Assert.Matches("received 2 = inserted 1 .*\n.*fetch", show.Output);
        Assert.Contains("quarantined by rule: type[id] 1", show.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await IngestProcess.Run(place, null, "verify")).Code);
        Assert.Equal(0, (await IngestProcess.Run(place, null, "check")).Code);

        place.Write("in/units.csv", "<html>");
        place.Contract("broken", "{ kind: nonsense }");
        var all = new List<(int Code, string Output, string Error)>
        {
            await IngestProcess.Run(place, null, "run", "units"),
            await IngestProcess.Run(place, null, "check"),
            await IngestProcess.Run(place, null, "show", "nothing"),
            await IngestProcess.Run(place, null, "run", "broken"),
            await IngestProcess.Run(place, null, "run", "unknown"),
            await IngestProcess.Run(place, null, "run"),
            await IngestProcess.Run(place, null, "bogus"),
        };
        Assert.Equal([1, 1, 1, 3, 3, 2, 2], all.Select(r => r.Code));
        Assert.Contains("units: failed by OD2006", all[0].Output, StringComparison.Ordinal);
        Assert.Contains("datasets/broken.yaml:", all[1].Output, StringComparison.Ordinal);
        Assert.All(all, r => Assert.DoesNotContain("   at ", r.Output + r.Error, StringComparison.Ordinal));

        var version = Directory.GetDirectories(Path.Combine(place.DataFolder, "published", "units")).First(d => !d.EndsWith("current", StringComparison.Ordinal));
        await File.AppendAllTextAsync(Path.Combine(version, "manifest.json"), " ");
        Assert.Equal(1, (await IngestProcess.Run(place, null, "verify")).Code);
        place.Write("data/state/ledger.db", "no database at all, but long enough to be looked at as one");
        Assert.Equal(4, (await IngestProcess.Run(place, null, "runs")).Code);
    }

    [Fact]
    public async Task A_serving_worker_publishes_first_and_stops_within_five_seconds_of_SIGTERM()
    {
        using var place = Place();
        using var serving = IngestProcess.Start(place, null, "serve");
        var lines = new List<string>();
        while (await serving.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (line.StartsWith("Worker ready", StringComparison.Ordinal))
            {
                break;
            }
        }

        Assert.StartsWith("units: published", lines[0], StringComparison.Ordinal);
        var before = TimeProvider.System.GetTimestamp();
        using (Process.Start("kill", ["-TERM", serving.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await serving.WaitForExitAsync();
        }

        Assert.True(TimeProvider.System.GetElapsedTime(before) < TimeSpan.FromSeconds(5));
        Assert.Equal(0, serving.ExitCode);
        Assert.Equal("first_start", Assert.Single(await place.Runs()).Trigger);
    }

    [Fact]
    public async Task A_worker_that_is_stopped_while_datasets_wait_for_a_place_ends_in_order_every_time()
    {
        using var place = new Workplace();
        foreach (var dataset in Enumerable.Range(0, 6).Select(n => $"units_{n}"))
        {
            place.Contract(
                dataset,
                $"{{ kind: csv, path: {place.Write($"in/{dataset}.csv", Rows)} }}",
                rest: "refresh: { cron: \"0/1 * * * * ?\", time_zone: Asia/Ho_Chi_Minh, due_within: PT36H, misfire: run_once }");
        }

        for (var round = 0; round < 5; round++)
        {
            using var serving = IngestProcess.Start(place, null, [("INGEST_PARALLEL", "1")], "serve");
            var error = serving.StandardError.ReadToEndAsync();
            while (await serving.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("Worker ready", StringComparison.Ordinal))
            {
            }

            var rest = serving.StandardOutput.ReadToEndAsync();
            await Task.Delay(1200 + (round * 130));
            using (Process.Start("kill", ["-TERM", serving.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            {
                await serving.WaitForExitAsync();
            }

            Assert.True(serving.ExitCode == 0, $"It ended with {serving.ExitCode}:\n{await error}{await rest}");
        }

        Assert.DoesNotContain(await place.Runs(), r => r.Status == RunStatus.Started);
    }

    private static Workplace Place()
    {
        var place = new Workplace();
        place.Contract("units", $"{{ kind: csv, path: {place.Write("in/units.csv", Rows)} }}");
        return place;
    }
}
