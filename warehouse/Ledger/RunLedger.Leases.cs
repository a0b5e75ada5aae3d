using System.Data.Common;
using Dapper;
using OpenData.Catalogs;

namespace OpenData.Warehouse.Ledger;

/// <content>Leases with growing fencing tokens, and what follows when a worker dies.</content>
public sealed partial class RunLedger
{
    // A worker of another machine has written its run row but may not have its lease yet.
    private static readonly TimeSpan RemoteGrace = TimeSpan.FromMinutes(2);

    /// <summary>Takes the lease of a dataset; null when another run holds it.</summary>
    /// <param name="dataset">Dataset id.</param>
    /// <param name="owner">Run id.</param>
    /// <param name="length">How long the right lasts without renewal.</param>
    /// <param name="tokenFloor">The new token is greater than this: pass the token of the current publication, in case the state database
    /// was restored from an older copy.</param>
    /// <param name="token">Ends the wait.</param>
    public async Task<Lease?> TryAcquireAsync(string dataset, string owner, TimeSpan length, long tokenFloor, CancellationToken token)
    {
        var now = _clock.GetUtcNow();
        var granted = await _database.WriteAsync(
            (connection, transaction) => connection.QueryFirstOrDefaultAsync<long?>(new CommandDefinition(
                """
                insert into leases (dataset, owner, token, expires_at) values (@Dataset, @Owner, @Floor + 1, @ExpiresAt)
                on conflict (dataset) do update set owner = excluded.owner, expires_at = excluded.expires_at,
                    token = case when leases.token > @Floor then leases.token else @Floor end + 1
                where leases.expires_at <= @Now
                returning token
                """,
                new { Dataset = dataset, Owner = owner, Floor = tokenFloor, ExpiresAt = LedgerTime.ToText(now + length), Now = LedgerTime.ToText(now) },
                transaction,
                cancellationToken: token)),
            token);
        return granted is { } number ? new Lease(dataset, owner, number, now + length) : null;
    }

    /// <summary>Prolongs a lease; null when it has run out or went to another run: the work must stop.</summary>
    public async Task<Lease?> RenewAsync(Lease lease, TimeSpan length, CancellationToken token)
    {
        var now = _clock.GetUtcNow();
        var changed = await ExecuteAsync(
            """
            update leases set expires_at = @ExpiresAt
            where dataset = @Dataset and owner = @Owner and token = @Token and expires_at > @Now
            """,
            new { ExpiresAt = LedgerTime.ToText(now + length), lease.Dataset, lease.Owner, lease.Token, Now = LedgerTime.ToText(now) },
            token);
        return changed == 1 ? lease with { ExpiresAt = now + length } : null;
    }

    /// <summary>Gives a lease back; without effect when it is no longer ours.</summary>
    public Task ReleaseAsync(Lease lease, CancellationToken token)
        => ExecuteAsync(
            "update leases set expires_at = @ExpiresAt where dataset = @Dataset and owner = @Owner and token = @Token",
            new { ExpiresAt = LedgerTime.ToText(DateTimeOffset.UnixEpoch), lease.Dataset, lease.Owner, lease.Token },
            token);

    /// <summary>
    /// Ends the runs of dead workers: as <see cref="RunStatus.Succeeded"/> when their publication is there, as
    /// <see cref="RunStatus.Waiting"/> when they were about to publish an approved version, else as <see cref="RunStatus.Interrupted"/>; their leases are free at once. Returns the runs ended, as they were.
    /// </summary>
    /// <param name="published">Finds the publication that a run left behind, or null.</param>
    /// <param name="token">Ends the wait.</param>
    public async Task<IReadOnlyList<RunRecord>> CloseDeadAsync(Func<RunRecord, PublishedRun?> published, CancellationToken token)
    {
        var closed = new List<RunRecord>();
        foreach (var run in await ListAsync(null, RunStatus.Started, int.MaxValue, token))
        {
            if (await IsDeadAsync(run, token) && await CloseAsync(run, End(published(run)), token))
            {
                closed.Add(run);
            }
        }

        await FreeLeftAsync(token);
        return closed;
    }

    // A run that has ended needs no lease: the state database did not take it back then. One that waits may have it again, to go out.
    private Task<int> FreeLeftAsync(CancellationToken token)
        => ExecuteAsync(
            """
            update leases set expires_at = @Free
            where expires_at > @Now and owner in (select id from runs where status not in ('started', 'waiting'))
            """,
            new { Free = LedgerTime.ToText(DateTimeOffset.UnixEpoch), Now = LedgerTime.ToText(_clock.GetUtcNow()) },
            token);

    private static RunEnd End(PublishedRun? publication) => publication is null
        ? new RunEnd(RunStatus.Interrupted)
        {
            CauseCode = LedgerErrors.Interrupted.Code,
            Cause = new LocalText("Tiến trình dừng trước khi công bố.", "The process stopped before it published."),
        }
        : new RunEnd(RunStatus.Succeeded)
        {
            Version = publication.Version,
            Rows = publication.Rows,
            Counts = publication.Counts,
            Quarantine = publication.Quarantine,
        };

    private Task<bool> CloseAsync(RunRecord run, RunEnd end, CancellationToken token)
        => _database.WriteAsync(
            async (connection, transaction) =>
            {
                await FreeLeaseAsync(connection, transaction, run.Id, token);
                if (end.Status == RunStatus.Interrupted && await EndReleaseAsync(connection, transaction, run.Id, token))
                {
                    return true;
                }

                return await FinishAsync(connection, transaction, run.Id, end, _clock.GetUtcNow(), token);
            },
            token);

    private static Task<int> FreeLeaseAsync(DbConnection connection, DbTransaction transaction, string runId, CancellationToken token)
        => connection.ExecuteAsync(new CommandDefinition(
            "update leases set expires_at = @ExpiresAt where owner = @Owner",
            new { ExpiresAt = LedgerTime.ToText(DateTimeOffset.UnixEpoch), Owner = runId },
            transaction,
            cancellationToken: token));

    private async Task<bool> IsDeadAsync(RunRecord run, CancellationToken token)
    {
        if (run.Worker.IsLocal)
        {
            return !run.Worker.IsAlive;
        }

        var now = _clock.GetUtcNow();
        var held = await QueryAsync<long>(
            "select count(*) from leases where owner = @Owner and expires_at > @Now",
            new { Owner = run.Id, Now = LedgerTime.ToText(now) },
            token);
        return held is [0] && now - run.StartedAt > RemoteGrace;
    }
}
