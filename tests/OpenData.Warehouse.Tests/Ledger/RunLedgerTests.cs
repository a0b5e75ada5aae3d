using System.Data.Common;
using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.TestKit;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;

namespace OpenData.Warehouse.Tests.Ledger;

/// <summary>What the ledger promises, on both databases.</summary>
public sealed partial class RunLedgerTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly RunCounts Counts = new(100, 60, 10, 20, 1, 2, 3, 4, 5);
    private static readonly QuarantineCount[] Refused = [new("matches", "case_id", 3), new("fields", null, 1)];

    private readonly TestFolder _folder = new();
    private readonly ManualClock _clock = new();
    private string? _connection;

    [Theory]
    [LedgerKinds]
    public async Task A_run_is_kept_from_start_to_end(string kind)
    {
        await using var ledger = await Open(kind);
        var id = await Start(ledger, "trees");
        await ledger.AddStepAsync(id, new StepRecord("fetch", _clock.GetUtcNow(), TimeSpan.FromMilliseconds(1.5)) { Bytes = 77, Sha256 = "ab" }, None);
        await ledger.AddStepAsync(id, new StepRecord("stage", _clock.GetUtcNow(), TimeSpan.FromSeconds(2)) { Records = 100 }, None);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await ledger.FinishAsync(id, new RunEnd(RunStatus.Succeeded) { Version = "v1", Rows = 90, Counts = Counts, Quarantine = Refused }, None));

        var run = await ledger.FindAsync(id, None);
        Assert.NotNull(run);
        Assert.Equal((RunStatus.Succeeded, "v1", 90L), (run.Status, run.Version, run.Rows));
        Assert.Equal(Counts, run.Counts);
        Assert.Equal(TimeSpan.FromSeconds(5), run.FinishedAt - run.StartedAt);
        Assert.Equal(WorkerIdentity.Current, run.Worker);
        var steps = await ledger.StepsAsync(id, None);
        Assert.Equal(["fetch", "stage"], steps.Select(s => s.Name));
        Assert.Equal(TimeSpan.FromMilliseconds(1.5), steps[0].Duration);
        Assert.Equal((77L, "ab", null), (steps[0].Bytes, steps[0].Sha256, steps[0].Records));
        Assert.Equal([Refused[1], Refused[0]], await ledger.QuarantineAsync(id, None));
    }

    [Theory]
    [LedgerKinds]
    public async Task An_ended_run_never_changes(string kind)
    {
        await using var ledger = await Open(kind);
        var id = await Start(ledger, "trees");
        Assert.True(await ledger.FinishAsync(id, new RunEnd(RunStatus.Failed) { CauseCode = "OD2003", Cause = new LocalText("Nguồn lỗi", "Source failed") }, None));
        Assert.False(await ledger.FinishAsync(id, new RunEnd(RunStatus.Succeeded) { Version = "v9" }, None));
        var run = await ledger.FindAsync(id, None);
        Assert.Equal((RunStatus.Failed, "OD2003", null), (run!.Status, run.CauseCode, run.Version));
        Assert.Equal(new LocalText("Nguồn lỗi", "Source failed"), run.Cause);
        Assert.Null(run.Counts);
    }

    [Theory]
    [LedgerKinds]
    public async Task Lists_are_newest_first_and_filtered(string kind)
    {
        await using var ledger = await Open(kind);
        var first = await Start(ledger, "trees");
        var second = await Start(ledger, "cases");
        var third = await Start(ledger, "trees");
        await ledger.FinishAsync(first, new RunEnd(RunStatus.Unchanged) { Version = "v1" }, None);
        await ledger.FinishAsync(third, new RunEnd(RunStatus.Failed), None);
        Assert.Equal([third, second, first], (await ledger.ListAsync(null, null, 10, None)).Select(r => r.Id));
        Assert.Equal([third], (await ledger.ListAsync("trees", null, 1, None)).Select(r => r.Id));
        Assert.Equal([second], (await ledger.ListAsync(null, RunStatus.Started, 10, None)).Select(r => r.Id));
        Assert.Equal([second, third], (await ledger.LatestAsync(None)).Select(r => r.Id));
        Assert.Equal([first], (await ledger.LatestConfirmedAsync(None)).Select(r => r.Id));
    }

    [Theory]
    [LedgerKinds]
    public async Task Watermarks_and_slots_are_replaced(string kind)
    {
        await using var ledger = await Open(kind);
        Assert.Null(await ledger.WatermarkAsync("cases", None));
        var mark = new Watermark("cases", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(7)).AddTicks(1234560), "hash", "v1", "run");
        await ledger.SetWatermarkAsync(mark, None);
        Assert.Equal(mark, await ledger.WatermarkAsync("cases", None));
        await ledger.SetWatermarkAsync(mark with { Version = "v2" }, None);
        Assert.Equal("v2", (await ledger.WatermarkAsync("cases", None))!.Version);
        await ledger.SetNextSlotAsync("cases", mark.Value, None);
        await ledger.SetNextSlotAsync("trees", mark.Value, None);
        await ledger.SetNextSlotAsync("trees", null, None);
        Assert.Equal(["cases"], (await ledger.NextSlotsAsync(None)).Keys);
    }

    [Theory]
    [LedgerKinds]
    public async Task Of_two_workers_one_gets_the_lease_and_tokens_grow(string kind)
    {
        await using var one = await Open(kind);
        await using var two = await Open(kind);
        var minute = TimeSpan.FromMinutes(1);
        var first = await one.TryAcquireAsync("trees", "run1", minute, 0, None);
        Assert.Equal(1, first!.Token);
        Assert.Null(await two.TryAcquireAsync("trees", "run2", minute, 0, None));
        _clock.Advance(TimeSpan.FromSeconds(50));
        first = await one.RenewAsync(first, minute, None);
        _clock.Advance(TimeSpan.FromSeconds(50));
        Assert.Null(await two.TryAcquireAsync("trees", "run2", minute, 0, None));
        _clock.Advance(minute);
        Assert.Null(await one.RenewAsync(first!, minute, None));
        var second = await two.TryAcquireAsync("trees", "run2", minute, 0, None);
        Assert.Equal(2, second!.Token);
        Assert.Null(await one.RenewAsync(first!, minute, None));
        await one.ReleaseAsync(first!, None);
        Assert.Null(await one.TryAcquireAsync("trees", "run3", minute, 0, None));
        await two.ReleaseAsync(second, None);
        Assert.Equal(41, (await one.TryAcquireAsync("trees", "run3", minute, 40, None))!.Token);
    }

    [Theory]
    [LedgerKinds]
    public async Task Leases_taken_at_the_same_moment_go_to_one_worker_each(string kind)
    {
        await using var one = await Open(kind);
        await using var two = await Open(kind);
        for (var round = 0; round < 20; round++)
        {
            var taken = await Task.WhenAll(
                Task.Run(() => one.TryAcquireAsync("trees", $"a{round}", TimeSpan.FromMinutes(1), 0, None)),
                Task.Run(() => two.TryAcquireAsync("trees", $"b{round}", TimeSpan.FromMinutes(1), 0, None)));
            var winner = Assert.Single(taken, l => l is not null);
            Assert.Equal(round + 1, winner!.Token);
            await one.ReleaseAsync(winner, None);
        }
    }

    [Theory]
    [LedgerKinds]
    public async Task Runs_of_dead_processes_end_as_interrupted_or_by_their_publication(string kind)
    {
        await using var ledger = await Open(kind);
        using var gone = Process.Start("sleep", "60");
        var worker = WorkerIdentity.Of(gone.Id)!;
        Assert.True(worker.IsAlive);
        var silent = await Start(ledger, "trees", worker);
        var published = await Start(ledger, "cases", worker);
        var living = await Start(ledger, "signals");
        await ledger.TryAcquireAsync("trees", silent, TimeSpan.FromHours(1), 0, None);
        Assert.Empty(await ledger.CloseDeadAsync(_ => null, None));

        gone.Kill();
        gone.WaitForExit();
        Assert.False(worker.IsAlive);
        var closed = await ledger.CloseDeadAsync(
            r => r.Dataset == "cases" ? new PublishedRun("v7", 90, Counts, Refused) : null, None);

        Assert.Equal(2, closed.Count);
        var interrupted = await ledger.FindAsync(silent, None);
        Assert.Equal((RunStatus.Interrupted, "OD2406"), (interrupted!.Status, interrupted.CauseCode));
        var completed = await ledger.FindAsync(published, None);
        Assert.Equal((RunStatus.Succeeded, "v7", 90L), (completed!.Status, completed.Version, completed.Rows));
        Assert.Equal(Counts, completed.Counts);
        Assert.Equal(2, (await ledger.QuarantineAsync(published, None)).Count);
        Assert.Equal(RunStatus.Started, (await ledger.FindAsync(living, None))!.Status);
        Assert.Equal(2, (await ledger.TryAcquireAsync("trees", "next", TimeSpan.FromHours(1), 0, None))!.Token);
    }

    [Theory]
    [LedgerKinds]
    public async Task A_paused_dataset_that_never_ran_says_so_and_has_no_next_run(string kind)
    {
        await using var ledger = await Open(kind);
        var since = _clock.GetUtcNow();
        await ledger.PauseAsync(new Pause("trees", "lan", "moves", since), None);
        var facts = await ledger.FreshnessFactsAsync("trees", WorkingCalendar.Empty, None);
        Assert.Equal(((RunRecord?)null, (DateTimeOffset?)null, since), (facts.Latest, facts.NextSlot, facts.PausedAt!.Value));
        Assert.Empty(await ledger.FreshnessFactsAsync(WorkingCalendar.Empty, None));
    }

    [Theory]
    [LedgerKinds]
    public async Task A_lease_that_its_run_could_not_give_back_is_free_after_the_next_look(string kind)
    {
        await using var ledger = await Open(kind);
        var ended = await Start(ledger, "trees");
        var working = await Start(ledger, "cases");
        var lease = await ledger.TryAcquireAsync("trees", ended, TimeSpan.FromHours(1), 0, None);
        Assert.NotNull(await ledger.TryAcquireAsync("cases", working, TimeSpan.FromHours(1), 0, None));
        await ledger.FinishAsync(ended, new RunEnd(RunStatus.Failed) { CauseCode = "OD2401" }, None);
        Assert.Null(await ledger.TryAcquireAsync("trees", "next", TimeSpan.FromHours(1), 0, None));

        Assert.Empty(await ledger.CloseDeadAsync(_ => null, None));
        Assert.Equal(lease!.Token + 1, (await ledger.TryAcquireAsync("trees", "next", TimeSpan.FromHours(1), 0, None))!.Token);
        Assert.Null(await ledger.TryAcquireAsync("cases", "other", TimeSpan.FromHours(1), 0, None));
    }

    [Theory]
    [LedgerKinds]
    public async Task A_remote_worker_is_dead_when_its_lease_has_run_out(string kind)
    {
        await using var ledger = await Open(kind);
        var id = await Start(ledger, "trees", new WorkerIdentity("another-host", 1, "x"));
        await ledger.TryAcquireAsync("trees", id, TimeSpan.FromMinutes(3), 0, None);
        Assert.Empty(await ledger.CloseDeadAsync(_ => null, None));
        _clock.Advance(TimeSpan.FromMinutes(2.5));
        Assert.Empty(await ledger.CloseDeadAsync(_ => null, None));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(await ledger.CloseDeadAsync(_ => null, None));
    }

    [Theory]
    [LedgerKinds]
    public async Task Opening_again_keeps_what_is_there_and_works_under_vi_VN(string kind)
    {
        string id;
        await using (var ledger = await Open(kind))
        {
            id = await Start(ledger, "trees");
        }

        Task<RunLedger>? opening = null;
        Culture.Vietnamese(() => opening = Open(kind));
        await using var again = await opening!;
        RunRecord? run = null;
        Culture.Vietnamese(() => run = again.FindAsync(id, None).GetAwaiter().GetResult());
        Assert.Equal(_clock.GetUtcNow(), run!.StartedAt);
    }

    [Theory]
    [LedgerKinds]
    public async Task A_reader_sees_what_a_worker_wrote(string kind)
    {
        await using var reader = RunLedger.ForReading(Options(kind), _clock);
        await using var ledger = await Open(kind);
        var id = await Start(ledger, "trees");
        Assert.NotNull(await reader.FindAsync(id, None));
    }

    [Theory]
    [LedgerKinds]
    public async Task A_database_of_a_newer_program_is_refused(string kind)
    {
        await using (await Open(kind))
        {
        }

        await using (DbConnection connection = kind == "postgresql" ? new NpgsqlConnection(_connection) : new SqliteConnection($"Data Source={Options(kind).SqliteFile}"))
        {
            await connection.ExecuteAsync(kind == "postgresql" ? "update ledger_schema set version = 99" : "PRAGMA user_version=99");
        }

        var error = await Assert.ThrowsAsync<OpenDataException>(() => Open(kind));
        Assert.Equal(LedgerErrors.FromTheFuture, error.Code);
    }

    [PostgresFact]
    public void PostgreSQL_is_tested_too()
    {
        Assert.NotEmpty(server.NewDatabase());
    }

    public void Dispose() => _folder.Dispose();

    private LedgerOptions Options(string kind) => new(_folder.Path)
    {
        ConnectionString = kind == "postgresql" ? _connection ??= server.NewDatabase() : null,
    };

    private Task<RunLedger> Open(string kind) => RunLedger.OpenAsync(Options(kind), _clock, None);

    private async Task<string> Start(RunLedger ledger, string dataset, WorkerIdentity? worker = null)
    {
        var id = RunId.New(_clock);
        await ledger.StartAsync(new RunStart(id, dataset, "command", _clock.GetUtcNow(), worker ?? WorkerIdentity.Current), None);
        return id;
    }
}
