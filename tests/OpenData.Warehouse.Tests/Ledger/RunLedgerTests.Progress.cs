using OpenData.Warehouse.Audit;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Tests.Ledger;

/// <content>What a run says while it is at work, and runs that people ask for.</content>
public sealed partial class RunLedgerTests
{
    [Theory]
    [LedgerKinds]
    public async Task The_progress_of_a_run_is_seen_while_it_works_and_its_log_stays(string kind)
    {
        await using var ledger = await Open(kind);
        var id = await Start(ledger, "trees");
        Assert.Empty(await ledger.ProgressAsync(None));
        var began = _clock.GetUtcNow();
        RunLine[] first = [new(began, "information", "trees run started"), new(began.AddSeconds(1), "warning", "Source failed with OD2003")];
        await ledger.NoteProgressAsync(new ProgressNote(id, "fetch", began, began.AddSeconds(2), null, 5_000_000_000), first, None);
        _clock.Advance(TimeSpan.FromSeconds(4));
        var second = new ProgressNote(id, "stage", began.AddSeconds(3), _clock.GetUtcNow(), 120_000);
        await ledger.NoteProgressAsync(second, [], None);
        Assert.Equal(second, Assert.Single(await ledger.ProgressAsync(None)).Value);

        RunLine last = new(_clock.GetUtcNow(), "information", "trees run ended");
        Assert.True(await ledger.FinishAsync(id, new RunEnd(RunStatus.Succeeded) { Version = "v1", Lines = [last] }, None));
        Assert.Empty(await ledger.ProgressAsync(None));
        Assert.Equal([.. first, last], await ledger.LinesAsync(id, None));

        // A worker that was thought dead speaks again: the run stays as it ended.
        await ledger.NoteProgressAsync(second, first, None);
        Assert.Empty(await ledger.ProgressAsync(None));
        Assert.Equal(3, (await ledger.LinesAsync(id, None)).Count);
    }

    [Theory]
    [LedgerKinds]
    public async Task A_wish_for_a_run_is_taken_up_by_one_worker_once_and_is_in_the_audit_log(string kind)
    {
        await using var portal = await Open(kind);
        await using var other = await Open(kind);
        await portal.AskAsync("trees", "lan", false, None);
        await portal.AskAsync("trees", "minh", true, None);
        await portal.AskAsync("trees", "hoa", false, None);
        Assert.Equal(new RunRequest("trees", "lan", _clock.GetUtcNow(), true), Assert.Single(await portal.RequestsAsync(None)).Value);

        // Looking takes nothing away; of eight runs that would take both wishes up, two are recorded.
        await portal.AskAsync("cases", "lan", false, None);
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => TakeAsync(n % 2 == 0 ? portal : other))));
        Assert.Equal(["cases", "trees"], taken.SelectMany(t => t).Order());
        Assert.Empty(await portal.RequestsAsync(None));
        Assert.Equal(["cases", "trees"], (await portal.ListAsync(null, null, 100, None)).Select(r => r.Dataset).Order());
        var audit = await portal.Audit.ListAsync(new AuditFilter(10) { Action = "run.ask" }, None);
        Assert.Equal(["cases", "trees", "trees", "trees"], audit.Select(a => a.Subject));
    }

    [Theory]
    [LedgerKinds]
    public async Task A_wish_with_a_time_is_taken_up_once_when_its_time_has_come(string kind)
    {
        await using var ledger = await Open(kind);
        var (now, embargo) = (_clock.GetUtcNow(), _clock.GetUtcNow().AddHours(2));
        foreach (var at in new DateTimeOffset?[] { embargo, embargo, embargo.AddHours(1), null })
        {
            await ledger.Audit.RecordAsync(
                async (connection, transaction) =>
                {
                    await RunLedger.AskAsync(connection, transaction, at is null ? ["ranks"] : ["scores", "ranks"], "lan", now, at, None);
                    return true;
                },
                None);
        }

        Assert.Equal(new RunRequest("ranks", "lan", now, false), Assert.Single(await ledger.DueRequestsAsync(None)));
        Assert.Equal(["ranks"], await TakeAsync(ledger));
        _clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        Assert.Empty(await TakeAsync(ledger));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["ranks", "scores"], await TakeAsync(ledger));
        Assert.Empty(await TakeAsync(ledger));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["ranks", "scores"], await TakeAsync(ledger));
    }

    [Theory]
    [LedgerKinds]
    public async Task A_wish_waits_while_a_run_is_at_work_and_one_that_became_more_is_taken_up_whole(string kind)
    {
        await using var ledger = await Open(kind);
        var work = (await ledger.TryAcquireAsync("trees", "run-at-work", TimeSpan.FromMinutes(1), 0, None))!;
        await ledger.AskAsync("trees", "lan", false, None);
        Assert.Empty(await TakeAsync(ledger));
        Assert.False(await BeginAsync(ledger, (await ledger.RequestsAsync(None))["trees"]), "A wish was taken up beside a run at work.");
        await ledger.ReleaseAsync(work, None);

        var seen = Assert.Single(await ledger.DueRequestsAsync(None));
        await ledger.AskAsync("trees", "minh", true, None);
        Assert.False(await BeginAsync(ledger, seen), "A wish for a full run was taken up by one that is not.");
        Assert.Empty(await ledger.ListAsync("trees", null, 100, None));
        Assert.Equal(["trees"], await TakeAsync(ledger));
        Assert.Single(await ledger.ListAsync("trees", null, 100, None));

        // A worker that died does not hold a wish up for longer than its lease.
        await ledger.TryAcquireAsync("trees", "run-of-the-dead", TimeSpan.FromMinutes(1), 0, None);
        await ledger.AskAsync("trees", "lan", false, None);
        Assert.Empty(await TakeAsync(ledger));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["trees"], await TakeAsync(ledger));
    }

    private async Task<IReadOnlyList<string>> TakeAsync(RunLedger ledger)
    {
        var taken = new List<string>();
        foreach (var request in await ledger.DueRequestsAsync(None))
        {
            if (await BeginAsync(ledger, request))
            {
                taken.Add(request.Dataset);
            }
        }

        return [.. taken.Order(StringComparer.Ordinal)];
    }

    private Task<bool> BeginAsync(RunLedger ledger, RunRequest request)
        => ledger.StartAsync(
            new RunStart(RunId.New(_clock), request.Dataset, "request", _clock.GetUtcNow(), WorkerIdentity.Current) { Request = request }, None);
}
