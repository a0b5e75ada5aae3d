using System.Data.Common;
using Dapper;
using OpenData.Warehouse.Approvals;

namespace OpenData.Warehouse.Ledger;

/// <content>
/// Versions that wait for a person: kept by their run, and published by it. While one waits its run has not ended; it goes on as
/// <see cref="RunStatus.Started"/> when the version is released, so that leases, recovery and the record of ends hold for it as for every run.
/// </content>
public sealed partial class RunLedger
{
    /// <summary>
    /// Lets a run wait with its version; open ones of the dataset are superseded. False when the lease is no longer the run's, or the run has ended.
    /// </summary>
    /// <param name="waiting">The version.</param>
    /// <param name="lease">Token of the run's lease.</param>
    /// <param name="token">Ends the wait.</param>
    public Task<bool> HoldAsync(WaitingVersion waiting, long lease, CancellationToken token)
        => _database.WriteAsync(
            async (connection, transaction) =>
            {
                // The lease's row is locked until the end: nobody else takes the dataset between the look and the change.
                var ours = await DoAsync(
                    connection,
                    transaction,
                    "update leases set token = token where dataset = @Dataset and owner = @RunId and token = @Lease",
                    new { waiting.Dataset, waiting.RunId, Lease = lease },
                    token) == 1;
                if (!ours || !await StandStillAsync(connection, transaction, waiting.RunId, ApprovalEnds.Waiting, token))
                {
                    return false;
                }

                await SupersedeAsync(connection, transaction, waiting.Dataset, token);
                await DoAsync(
                    connection,
                    transaction,
                    """
                    insert into waiting_versions (run_id, dataset, content_hash, contract_hash, manifest_sha256, base_version, proposed_by,
                        waiting_since, earliest_at, not_before, state)
                    values (@RunId, @Dataset, @ContentHash, @ContractHash, @ManifestSha256, @BaseVersion, @ProposedBy, @Now, @EarliestAt, @EarliestAt, 'waiting')
                    """,
                    new
                    {
                        waiting.RunId,
                        waiting.Dataset,
                        waiting.ContentHash,
                        waiting.ContractHash,
                        waiting.ManifestSha256,
                        waiting.BaseVersion,
                        ProposedBy = WaitingRow.Lines(waiting.ProposedBy),
                        Now = LedgerTime.ToText(_clock.GetUtcNow()),
                        EarliestAt = waiting.EarliestAt is { } at ? LedgerTime.ToText(at) : null,
                    },
                    token);
                return true;
            },
            token);

    /// <summary>Ends what waits of a dataset, because something newer was published or the source went back to what is published.</summary>
    public async Task SupersedeWaitingAsync(string dataset, CancellationToken token)
    {
        if ((await WaitingAsync(dataset, token)).Any(w => w.IsOpen))
        {
            await _database.WriteAsync((connection, transaction) => SupersedeAsync(connection, transaction, dataset, token), token);
        }
    }

    /// <summary>Versions that wait or waited, newest first.</summary>
    /// <param name="dataset">Only this dataset; null means all.</param>
    /// <param name="token">Ends the wait.</param>
    public async Task<IReadOnlyList<WaitingVersion>> WaitingAsync(string? dataset, CancellationToken token)
        => Versions(await QueryAsync<WaitingRow>(
            $"{WaitingRow.Select} where dataset = coalesce(@Dataset, dataset) order by run_id desc", new { Dataset = dataset }, token));

    /// <summary>The one that a run made, or null.</summary>
    public async Task<WaitingVersion?> FindWaitingAsync(string runId, CancellationToken token)
        => await QueryAsync<WaitingRow>($"{WaitingRow.Select} where run_id = @RunId", new { RunId = runId }, token) is [var row, ..] ? row.ToVersion() : null;

    /// <summary>The approved ones whose time has come.</summary>
    public async Task<IReadOnlyList<WaitingVersion>> DueAsync(CancellationToken token)
        => Versions(await QueryAsync<WaitingRow>(
            $"{WaitingRow.Select} where state = 'approved' and (not_before is null or not_before <= @Now) order by run_id",
            new { Now = LedgerTime.ToText(_clock.GetUtcNow()) },
            token));

    /// <summary>Begins to release an approved version: its run is at work again, in this process. False when it may not go out (any more).</summary>
    public Task<bool> BeginReleaseAsync(string runId, CancellationToken token)
        => _database.WriteAsync(
            async (connection, transaction) =>
            {
                var values = new
                {
                    RunId = runId,
                    Now = LedgerTime.ToText(_clock.GetUtcNow()),
                    WorkerIdentity.Current.Host,
                    WorkerIdentity.Current.ProcessId,
                    WorkerIdentity.Current.ProcessStarted,
                };
                return await DoAsync(
                        connection,
                        transaction,
                        """
                        update waiting_versions set state = 'releasing'
                        where run_id = @RunId and state = 'approved' and (not_before is null or not_before <= @Now)
                            and exists (select 1 from runs where id = @RunId and status = 'waiting')
                        """,
                        values,
                        token) == 1
                    && await DoAsync(
                        connection,
                        transaction,
                        """
                        update runs set status = 'started', finished_at = null, cause_code = null, cause_vi = null, cause_en = null,
                            host = @Host, process_id = @ProcessId, process_started = @ProcessStarted
                        where id = @RunId and status = 'waiting'
                        """,
                        values,
                        token) == 1;
            },
            token);

    /// <summary>A release that did not come to its end: the version is approved as before, unless another took its place meanwhile.</summary>
    public Task<bool> EndReleaseAsync(string runId, CancellationToken token)
        => _database.WriteAsync((connection, transaction) => EndReleaseAsync(connection, transaction, runId, token), token);

    /// <summary>Ends a run whose version cannot go out; the version's state says why.</summary>
    public Task<bool> GiveUpReleaseAsync(string runId, WaitingState state, CancellationToken token)
        => _database.WriteAsync(
            async (connection, transaction) =>
            {
                await DoAsync(
                    connection,
                    transaction,
                    "update waiting_versions set state = @State where run_id = @RunId and state = 'releasing'",
                    new { RunId = runId, State = Text(state) },
                    token);
                return await FinishAsync(connection, transaction, runId, ApprovalEnds.Of(state), _clock.GetUtcNow(), token);
            },
            token);

    /// <summary>Ends a version that waits and whose files are not there.</summary>
    public Task<bool> GiveUpWaitingAsync(string runId, CancellationToken token)
        => _database.WriteAsync(
            async (connection, transaction) => await DoAsync(
                    connection,
                    transaction,
                    "update waiting_versions set state = 'damaged' where run_id = @RunId and state in ('waiting', 'approved')",
                    new { RunId = runId },
                    token) == 1
                && await FinishAsync(
                    connection, transaction, runId, ApprovalEnds.Of(WaitingState.Damaged), _clock.GetUtcNow(), token, from: RunStatus.Waiting),
            token);

    private static async Task<bool> EndReleaseAsync(DbConnection connection, DbTransaction transaction, string runId, CancellationToken token)
    {
        var isApproved = await DoAsync(
            connection, transaction, "update waiting_versions set state = 'approved' where run_id = @RunId and state = 'releasing'", new { RunId = runId }, token) == 1;
        return isApproved && await StandStillAsync(connection, transaction, runId, ApprovalEnds.Waiting, token);
    }

    private static async Task<bool> StandStillAsync(DbConnection connection, DbTransaction transaction, string runId, RunEnd waiting, CancellationToken token)
    {
        await DoAsync(connection, transaction, "delete from run_progress where run_id = @RunId", new { RunId = runId }, token);
        return await DoAsync(
            connection,
            transaction,
            "update runs set status = 'waiting', cause_code = @Code, cause_vi = @Vi, cause_en = @En where id = @RunId and status = 'started'",
            new { RunId = runId, Code = waiting.CauseCode, waiting.Cause?.Vi, waiting.Cause?.En },
            token) == 1;
    }

    private async Task<bool> SupersedeAsync(DbConnection connection, DbTransaction transaction, string dataset, CancellationToken token)
    {
        var open = await connection.QueryAsync<string>(new CommandDefinition(
            "update waiting_versions set state = 'superseded' where dataset = @Dataset and state in ('waiting', 'approved', 'releasing') returning run_id",
            new { Dataset = dataset },
            transaction,
            cancellationToken: token));
        foreach (var runId in open.ToList())
        {
            await FinishAsync(connection, transaction, runId, ApprovalEnds.Of(WaitingState.Superseded), _clock.GetUtcNow(), token, from: RunStatus.Waiting);
        }

        return true;
    }

    private static Task<int> DoAsync(DbConnection connection, DbTransaction transaction, string sql, object values, CancellationToken token)
        => connection.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: token));

    private static IReadOnlyList<WaitingVersion> Versions(IEnumerable<WaitingRow> rows) => [.. rows.Select(r => r.ToVersion())];

#pragma warning disable CA1308 // The texts are lower case by definition.
    private static string Text(WaitingState state) => state.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
