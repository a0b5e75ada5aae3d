using Microsoft.Extensions.Logging;
using OpenData.Ingest.Runs;
using OpenData.Ingest.Scheduling;
using OpenData.Ingest.Sources;
using Microsoft.AspNetCore.Http;
using OpenData.Ingest.Tests.Commands;
using OpenData.Ingest.Tests.Sources;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Tests.Runs;

/// <summary>What those who look from outside see of a run at work.</summary>
public sealed class RunPulseTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Another_process_sees_how_far_a_slow_run_is_and_keeps_its_log()
    {
        var go = new TaskCompletionSource();
        await using var agency = await FlakyAgency.Start(async (c, _) =>
        {
            c.Response.ContentType = "text/csv";
            await c.Response.WriteAsync("id,name\n1,Đồng Quang\n");
            await c.Response.Body.FlushAsync();
            await go.Task;
            await c.Response.WriteAsync("2,Túc Duyên\n");
        });
        using var place = new Workplace { Limits = new SourceLimits() };
        place.Contract("units", $"{{ kind: csv, url: \"{agency.Url}/units.csv\" }}");
        // The tables are there before anybody reads them.
        await (await place.Open()).DisposeAsync();
        using var worker = IngestProcess.Start(place, null, "run", "units");
        await using var ledger = RunLedger.ForReading(place.Settings.Ledger, TimeProvider.System);
        ProgressNote? note = null;
        for (var tries = 0; note is not { Bytes: > 0 } && tries < 600; tries++)
        {
            await Task.Delay(100);
            note = (await ledger.ProgressAsync(None)).Values.SingleOrDefault();
        }

        Assert.Equal(("fetch", null), (note!.Step, note.Records));
        var shown = await IngestProcess.Run(place, null, "show", note.RunId);
        Assert.Contains("at work: fetch since", shown.Output, StringComparison.Ordinal);
        go.SetResult();
        await worker.WaitForExitAsync();
        Assert.Empty(await ledger.ProgressAsync(None));
        var lines = await ledger.LinesAsync(note.RunId, None);
        Assert.Contains($"units run {note.RunId} started (command)", lines[0].Text, StringComparison.Ordinal);
        Assert.Contains("Succeeded", lines[^1].Text, StringComparison.Ordinal);
        Assert.Contains(lines[^1].Text, (await IngestProcess.Run(place, null, "show", note.RunId)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_keeps_five_hundred_lines_and_says_that_there_were_more_and_other_runs_have_their_own()
    {
        using var logs = LoggerFactory.Create(b => b.SetMinimumLevel(LogLevel.Warning).AddProvider(new RunLineProvider()).AddFilter<RunLineProvider>(null, LogLevel.Information));
        var logger = logs.CreateLogger("test");
        var all = await Task.WhenAll(Enumerable.Range(0, 3).Select(n => Task.Run(async () =>
        {
            var lines = new RunLines(TimeProvider.System);
            lines.Begin();
            for (var i = 0; i < 600; i++)
            {
                await Task.Yield();
                RunLog.NewColumn(logger, $"d{n}", $"c{i}");
            }

            RunLog.Unexpected(logger, "d", "r", "IOException", "   at secret place\n   at another");
            return lines.Take();
        })));
        for (var n = 0; n < 3; n++)
        {
            Assert.Equal(500, all[n].Count);
            Assert.All(all[n].Take(499), l => Assert.StartsWith($"d{n}:", l.Text, StringComparison.Ordinal));
            Assert.Contains("More was written", all[n][^1].Text, StringComparison.Ordinal);
        }

        // What a silent database did not take comes first the next time.
        var silent = new RunLines(TimeProvider.System);
        silent.Add(LogLevel.Warning, "first");
        var taken = silent.Take();
        silent.Add(LogLevel.Warning, "second");
        silent.GiveBack(taken);
        Assert.Equal(["first", "second"], silent.Take().Select(l => l.Text));
        Assert.Empty(silent.Take());

        var one = new RunLines(TimeProvider.System);
        one.Begin();
        RunLog.Unexpected(logger, "d", "r", "IOException", "   at secret place\n   at another");
        var line = Assert.Single(one.Take());
        Assert.Equal(("error", "d run r met an unexpected IOException at"), (line.Level, line.Text));
    }

    [Fact]
    public async Task What_a_person_asks_for_runs_once_with_its_derived_datasets()
    {
        using var place = new Workplace();
        place.Contract("units", $"{{ kind: csv, path: {place.Write("in/units.csv", "id,name\n1,a\n")} }}");
        place.Contract("named", "{ kind: sql, query: \"select id, name from units\", parents: [units] }");
        await using var worker = await place.Open();
        var runs = new ScheduledRuns(worker, place.Logs, None);
        await runs.StartRequestedAsync();
        await runs.WhenQuietAsync();
        Assert.Empty(await place.Runs());

        await worker.Ledger.AskAsync("units", "lan", false, None);
        await worker.Ledger.AskAsync("gone_dataset", "lan", false, None);
        await runs.StartRequestedAsync();
        await runs.WhenQuietAsync();
        await runs.StartRequestedAsync();
        await runs.WhenQuietAsync();
        var done = await place.Runs();
        Assert.Equal([("named", "parent"), ("units", "request")], done.Select(r => (r.Dataset, r.Trigger)).Order());
        Assert.All(done, r => Assert.Equal(RunStatus.Succeeded, r.Status));
        Assert.Equal("gone_dataset", Assert.Single(await worker.Ledger.RequestsAsync(None)).Key); // a worker with a newer catalogue may know it
    }

    [Fact]
    public async Task What_a_person_asks_for_while_a_run_is_at_work_runs_after_it_and_is_not_lost()
    {
        using var place = new Workplace();
        place.Contract("units", $"{{ kind: csv, path: {place.Write("in/units.csv", "id,name\n1,a\n")} }}");
        await using var worker = await place.Open();
        var runs = new ScheduledRuns(worker, place.Logs, None);

        // Another process is at work and has read the source already.
        var lease = (await worker.Ledger.TryAcquireAsync("units", "elsewhere", TimeSpan.FromMinutes(5), 0, None))!;
        await worker.Ledger.AskAsync("units", "lan", false, None);
        await runs.StartRequestedAsync();
        await runs.WhenQuietAsync();
        Assert.Empty(await place.Runs());
        Assert.Equal("lan", (await worker.Ledger.RequestsAsync(None))["units"].AskedBy);

        await worker.Ledger.ReleaseAsync(lease, None);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => runs.StartRequestedAsync()));
        await runs.WhenQuietAsync();
        var run = Assert.Single(await place.Runs());
        Assert.Equal((RunStatus.Succeeded, "request"), (run.Status, run.Trigger));
        Assert.Empty(await worker.Ledger.RequestsAsync(None));
    }
}
