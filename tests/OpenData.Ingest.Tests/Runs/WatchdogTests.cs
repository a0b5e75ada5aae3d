using System.Diagnostics;
using OpenData.Ingest.Runs;
using OpenData.Ingest.Scheduling;
using OpenData.Ingest.Tests.Commands;
using OpenData.Ingest.Tests.Sources;
using OpenData.TestKit;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Tests.Runs;

/// <summary>Steps that take too long, and work that hangs where nothing interrupts it.</summary>
public sealed class WatchdogTests
{
    private const string Rows = "id,name\n1,Phổ Yên\n";

    private static readonly StepLimits Short = new() { Fetch = TimeSpan.FromSeconds(1), Stop = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task A_source_that_drips_for_ever_is_stopped_at_its_time_and_named()
    {
        await using var agency = await FlakyAgency.Start(async (context, _) =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync("id,name\n"u8.ToArray(), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(50, context.RequestAborted);
            }
        });
        using var place = new Workplace { StepLimits = Short };
        place.Contract("dripping", $"{{ kind: csv, url: \"{agency.Url}/rows.csv\" }}");
        place.Contract("sound", $"{{ kind: csv, path: {place.Write("in/sound.csv", Rows)} }}");
        var outcomes = await place.Run();
        Assert.Equal((RunStatus.Failed, "OD2443"), (outcomes["dripping"].Status, outcomes["dripping"].CauseCode));
        Assert.Contains("fetch", outcomes["dripping"].Cause!.En, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Succeeded, outcomes["sound"].Status);
    }

    [Fact]
    public async Task A_run_that_hangs_in_a_call_is_left_behind_and_its_dataset_rests_until_the_call_returns()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var place = new Workplace { StepLimits = Short, Parallel = 1 };
        var pipe = place.Write("in/hanging.csv", "");
        File.Delete(pipe);
        using (var made = Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync();
        }

        // Opening a pipe that nobody writes to hangs inside the operating system, as a dead network share does.
        place.Contract("hanging", $"{{ kind: csv, path: {pipe} }}");
        place.Contract("sound", $"{{ kind: csv, path: {place.Write("in/sound.csv", Rows)} }}");
        await using var worker = await place.Open();
        var outcomes = (await worker.RunAllAsync(["hanging", "sound"], new RunCause("command"), CancellationToken.None)).ToDictionary(o => o.Dataset);
        Assert.Equal((RunStatus.Failed, "OD2444"), (outcomes["hanging"].Status, outcomes["hanging"].CauseCode));
        Assert.Equal(RunStatus.Succeeded, outcomes["sound"].Status);

        // Its lease is not given back: nobody may work under it while the old work may still do so.
        Assert.Equal(outcomes["hanging"].RunId, (await worker.Ledger.FindAsync(outcomes["hanging"].RunId, CancellationToken.None))!.Id);
        Assert.Null(await worker.Ledger.TryAcquireAsync("hanging", "another", TimeSpan.FromMinutes(1), 0, CancellationToken.None));
        Assert.NotNull(worker.HangingSince("hanging"));
        var again = await worker.RunAsync(worker.Catalogue.Catalog.Find("hanging")!, new RunCause("command"), CancellationToken.None);
        Assert.Equal((RunStatus.Blocked, "OD2404"), (again!.Status, again.CauseCode));

        // What a person asks for meanwhile is not lost, neither before its run begins nor, should one have begun, after it.
        await worker.Ledger.ReleaseAsync(new Lease("hanging", outcomes["hanging"].RunId, 1, default), CancellationToken.None);
        await worker.Ledger.AskAsync("hanging", "lan", false, CancellationToken.None);
        var runs = new ScheduledRuns(worker, place.Logs, CancellationToken.None);
        var count = (await place.Runs()).Count;
        await runs.StartRequestedAsync();
        await runs.WhenQuietAsync();
        Assert.Equal(count, (await place.Runs()).Count);
        var wish = Assert.Single(await worker.Ledger.DueRequestsAsync(CancellationToken.None));
        var begun = await worker.RunAsync(worker.Catalogue.Catalog.Find("hanging")!, RunCause.OfRequest(wish), CancellationToken.None);
        Assert.Equal((RunStatus.Blocked, "OD2404"), (begun!.Status, begun.CauseCode));
        Assert.Equal(wish, Assert.Single(await worker.Ledger.DueRequestsAsync(CancellationToken.None)));

        await using (new FileStream(pipe, FileMode.Open, FileAccess.Write))
        {
            for (var wait = 0; worker.HangingSince("hanging") is not null && wait < 600; wait++)
            {
                await Task.Delay(50);
            }
        }

        Assert.Null(worker.HangingSince("hanging"));
        Assert.Null(worker.Store.Current("hanging"));
    }

    [IoFaultTheory]
    [InlineData("stage", "stage.duckdb")]
    [InlineData("publish", "data.duckdb")]
    public async Task An_engine_that_hangs_in_a_write_ends_its_run_by_name_and_the_others_go_on(string step, string file)
    {
        using var folder = new TestFolder();
        using var place = new Workplace();
        place.Contract("first", $"{{ kind: csv, path: {place.Write("in/first.csv", Rows)} }}");
        place.Contract("second", $"{{ kind: csv, path: {place.Write("in/second.csv", Rows)} }}");
        var library = await IoFault.CompileAsync(folder.Path);
        var ended = await IngestProcess.Run(
            place,
            null,
            [
                .. IoFault.HangAt(library, place.DataFolder, file),
                ("INGEST_PARALLEL", "1"), ($"INGEST_{step.ToUpperInvariant()}_SECONDS", "2"), ("INGEST_STOP_SECONDS", "1"),
            ],
            "run",
            "--all");
        Assert.Equal(1, ended.Code);
        Assert.Single(ended.Output.Split('\n'), l => l.Contains("failed by OD2444", StringComparison.Ordinal) && l.Contains(step, StringComparison.Ordinal));
        Assert.Single(ended.Output.Split('\n'), l => l.Contains(": published", StringComparison.Ordinal));
        Assert.DoesNotContain(await place.Runs(), r => r.Status == RunStatus.Started);
    }
}
