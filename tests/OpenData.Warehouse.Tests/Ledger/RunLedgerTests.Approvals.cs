using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Accounts;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Audit;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Tests.Ledger;

/// <content>Versions that wait for a second person.</content>
public sealed partial class RunLedgerTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [LedgerKinds]
    public async Task A_version_waits_until_another_person_approves_it_and_its_run_ends_with_the_publication(string kind)
    {
        await using var ledger = await Open(kind);
        await InviteAsync(kind, "minh", AccountRole.Approver);
        var (id, lease) = await HoldAsync(ledger, "trees", "lan");
        var run = await ledger.FindAsync(id, None);
        Assert.Equal((RunStatus.Waiting, "OD2434", null, null), (run!.Status, run.CauseCode, run.FinishedAt, run.Version));
        Assert.Empty(await ledger.LatestConfirmedAsync(None));
        Assert.Empty(await ledger.DueAsync(None));

        var approved = await ledger.ApproveAsync(id, "minh", null, None);
        Assert.Equal((WaitingState.Approved, "minh", null), (approved.State, approved.DecidedBy, approved.NotBefore));
        Assert.Equal(id, Assert.Single(await ledger.DueAsync(None)).RunId);
        await ledger.ReleaseAsync(lease, None);
        Assert.NotNull(await ledger.TryAcquireAsync("trees", id, Minute, 0, None));
        Assert.True(await ledger.BeginReleaseAsync(id, None));
        Assert.False(await ledger.BeginReleaseAsync(id, None));
        Assert.Equal(RunStatus.Started, (await ledger.FindAsync(id, None))!.Status);
        Assert.True(await ledger.FinishAsync(id, new RunEnd(RunStatus.Succeeded) { Version = "v1", Rows = 3, Counts = Counts, Quarantine = Refused }, None));

        var published = await ledger.FindWaitingAsync(id, None);
        Assert.Equal((WaitingState.Published, "v1", "minh"), (published!.State, published.Version, published.DecidedBy));
        Assert.Equal(id, Assert.Single(await ledger.LatestConfirmedAsync(None)).Id);
        Assert.Equal("OD2438", (await FailsAsync(() => ledger.RejectAsync(id, "minh", "too late", None))).Code.Code);
        var lines = await ledger.Audit.ListAsync(new AuditFilter(10) { Action = "approval.approve" }, None);
        Assert.Equal(("minh", $"trees {id}"), (lines[0].Actor, lines[0].Subject));
    }

    [Theory]
    [LedgerKinds]
    public async Task Whoever_asked_for_a_version_decides_nothing_about_it_under_any_of_their_names(string kind)
    {
        await using var ledger = await Open(kind);
        await InviteAsync(kind, "Lan", AccountRole.Approver, AccountRole.Operator);
        await InviteAsync(kind, "minh", AccountRole.Operator);
        var (id, _) = await HoldAsync(ledger, "trees", "cli:lan", "hoa");
        foreach (var actor in new[] { "cli:lan", "lan", "LAN", "cli:LAN", "hoa", "cli:hoa" })
        {
            Assert.Equal("OD2437", (await FailsAsync(() => ledger.ApproveAsync(id, actor, null, None))).Code.Code);
            Assert.Equal("OD2437", (await FailsAsync(() => ledger.RejectAsync(id, actor, "no", None))).Code.Code);
        }

        // Neither does an account without the role, or a name that is none.
        Assert.Equal("OD2437", (await FailsAsync(() => ledger.ApproveAsync(id, "minh", null, None))).Code.Code);
        Assert.Equal("OD2437", (await FailsAsync(() => ledger.ApproveAsync(id, "nobody", null, None))).Code.Code);
        Assert.Equal(WaitingState.Waiting, (await ledger.FindWaitingAsync(id, None))!.State);
        Assert.Empty(await ledger.Audit.ListAsync(new AuditFilter(10) { Action = "approval.approve" }, None));
        Assert.Empty(await ledger.Audit.ListAsync(new AuditFilter(10) { Action = "approval.reject" }, None));
        Assert.Equal(WaitingState.Approved, (await ledger.ApproveAsync(id, "cli:root", null, None)).State);
        Assert.Equal("OD2438", (await FailsAsync(() => ledger.ApproveAsync("none", "cli:root", null, None))).Code.Code);
    }

    [Theory]
    [LedgerKinds]
    public async Task A_version_is_due_at_the_later_of_the_contracts_moment_and_the_approvers_and_not_before(string kind)
    {
        await using var ledger = await Open(kind);
        var earliest = _clock.GetUtcNow() + TimeSpan.FromHours(2);
        var (id, lease) = await HoldAsync(ledger, "trees", earliest);
        await ledger.ReleaseAsync(lease, None);
        Assert.Equal(earliest, (await ledger.ApproveAsync(id, "cli:minh", earliest - TimeSpan.FromHours(1), None)).NotBefore);
        Assert.Empty(await ledger.DueAsync(None));
        Assert.False(await ledger.BeginReleaseAsync(id, None));
        var later = earliest + TimeSpan.FromHours(1);
        Assert.Equal(later, (await ledger.ApproveAsync(id, "cli:hoa", later, None)).NotBefore);
        _clock.Advance(TimeSpan.FromHours(2.5));
        Assert.False(await ledger.BeginReleaseAsync(id, None));
        _clock.Advance(TimeSpan.FromHours(0.5));
        Assert.Equal(id, Assert.Single(await ledger.DueAsync(None)).RunId);
        Assert.True(await ledger.BeginReleaseAsync(id, None));
    }

    [Theory]
    [LedgerKinds]
    public async Task A_newer_version_supersedes_one_that_waits_and_a_rejected_one_never_goes_out(string kind)
    {
        await using var ledger = await Open(kind);
        var (first, lease) = await HoldAsync(ledger, "trees");
        await ledger.ReleaseAsync(lease, None);
        await ledger.ApproveAsync(first, "cli:minh", _clock.GetUtcNow() + Minute, None);
        var (other, _) = await HoldAsync(ledger, "cases");
        var (second, _) = await HoldAsync(ledger, "trees");
        _clock.Advance(Minute * 2);

        Assert.Equal(WaitingState.Superseded, (await ledger.FindWaitingAsync(first, None))!.State);
        var run = await ledger.FindAsync(first, None);
        Assert.Equal((RunStatus.Blocked, "OD2436"), (run!.Status, run.CauseCode));
        Assert.Equal(WaitingState.Waiting, (await ledger.FindWaitingAsync(other, None))!.State);
        Assert.False(await ledger.BeginReleaseAsync(first, None));

        await ledger.ApproveAsync(second, "cli:minh", null, None);
        await ledger.RejectAsync(second, "cli:hoa", "sai số liệu", None);
        Assert.False(await ledger.BeginReleaseAsync(second, None));
        var rejected = await ledger.FindAsync(second, None);
        Assert.Equal((RunStatus.Failed, "OD2435"), (rejected!.Status, rejected.CauseCode));
        Assert.DoesNotContain("sai số liệu", rejected.Cause!.Vi, StringComparison.Ordinal);
        Assert.Equal("sai số liệu", (await ledger.Audit.ListAsync(new AuditFilter(1), None))[0].Detail);
    }

    [Theory]
    [LedgerKinds]
    public async Task A_run_that_lost_its_lease_cannot_let_its_version_wait(string kind)
    {
        await using var ledger = await Open(kind);
        var id = await Start(ledger, "trees");
        var lost = await ledger.TryAcquireAsync("trees", id, Minute, 0, None);
        _clock.Advance(Minute * 2);
        Assert.NotNull(await ledger.TryAcquireAsync("trees", "other", Minute, 0, None));
        Assert.False(await ledger.HoldAsync(Version(id, "trees"), lost!.Token, None));
        Assert.Equal(RunStatus.Started, (await ledger.FindAsync(id, None))!.Status);
        Assert.Empty(await ledger.WaitingAsync(null, None));
    }

    [Theory]
    [LedgerKinds]
    public async Task A_worker_that_died_while_it_published_an_approved_version_leaves_it_approved_or_published(string kind)
    {
        await using var ledger = await Open(kind);
        var (id, lease) = await HoldAsync(ledger, "trees");
        await ledger.ReleaseAsync(lease, None);
        await ledger.ApproveAsync(id, "cli:minh", null, None);
        foreach (var published in new PublishedRun?[] { null, new("v1", 3, Counts, Refused) })
        {
            Assert.NotNull(await ledger.TryAcquireAsync("trees", id, Minute, 0, None));
            Assert.True(await ledger.BeginReleaseAsync(id, None));
            await KillWorkerAsync(kind, id);
            Assert.Equal(id, Assert.Single(await ledger.CloseDeadAsync(_ => published, None)).Id);
            Assert.Equal(published is null ? RunStatus.Waiting : RunStatus.Succeeded, (await ledger.FindAsync(id, None))!.Status);
            Assert.Equal(published is null ? WaitingState.Approved : WaitingState.Published, (await ledger.FindWaitingAsync(id, None))!.State);
        }

        Assert.Empty(await ledger.DueAsync(None));
    }

    [Theory]
    [LedgerKinds]
    public async Task Of_many_workers_at_the_same_moment_one_releases_a_version_and_none_when_it_is_rejected(string kind)
    {
        await using var ledger = await Open(kind);
        for (var round = 0; round < 5; round++)
        {
            var (id, lease) = await HoldAsync(ledger, "trees" + round);
            await ledger.ReleaseAsync(lease, None);
            await ledger.ApproveAsync(id, "cli:minh", null, None);
            var rejecting = Task.Run(async () =>
            {
                try
                {
                    await ledger.RejectAsync(id, "cli:hoa", "no", None);
                    return true;
                }
                catch (OpenDataException e) when (e.Code == ApprovalErrors.NothingWaits)
                {
                    return false;
                }
            });
            var begun = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ledger.BeginReleaseAsync(id, None))));
            Assert.Equal(1, begun.Count(b => b) + (await rejecting ? 1 : 0));
        }
    }

    private static WaitingVersion Version(string runId, string dataset) => new(runId, dataset, "content", "contract", "manifest");

    private Task<(string Id, Lease Lease)> HoldAsync(RunLedger ledger, string dataset, params string[] by) => HoldAsync(ledger, dataset, null, by);

    private async Task<(string Id, Lease Lease)> HoldAsync(RunLedger ledger, string dataset, DateTimeOffset? earliest, params string[] by)
    {
        var id = await Start(ledger, dataset);
        _clock.Advance(Minute * 2);
        var lease = await ledger.TryAcquireAsync(dataset, id, Minute, 0, None);
        Assert.True(await ledger.HoldAsync(Version(id, dataset) with { ProposedBy = by, EarliestAt = earliest }, lease!.Token, None));
        return (id, lease);
    }

    private async Task InviteAsync(string kind, string name, params AccountRole[] roles)
    {
        await using var book = await AccountBook.OpenAsync(Options(kind), _clock, None);
        await book.InviteAsync("cli:root", name, roles, None);
    }

    private async Task KillWorkerAsync(string kind, string runId)
    {
        await using DbConnection connection = kind == "postgresql" ? new NpgsqlConnection(_connection) : new SqliteConnection($"Data Source={Options(kind).SqliteFile}");
        await connection.ExecuteAsync("update runs set process_started = 'long ago' where id = @RunId", new { RunId = runId });
    }

    private static Task<OpenDataException> FailsAsync(Func<Task> work) => Assert.ThrowsAsync<OpenDataException>(work);
}
