using System.Data.Common;
using Dapper;
using OpenData.Warehouse.Audit;

namespace OpenData.Warehouse.Ledger;

/// <summary>
/// The record of truth about runs: SQLite by default, PostgreSQL by connection string, one set of SQL for both. Every write is durable
/// when its task ends. Fails with <see cref="LedgerErrors.Unavailable"/> and <see cref="LedgerErrors.FromTheFuture"/>.
/// </summary>
public sealed partial class RunLedger : IAsyncDisposable
{
    private readonly LedgerDatabase _database;
    private readonly TimeProvider _clock;

    private RunLedger(LedgerDatabase database, LedgerOptions options, TimeProvider clock)
    {
        _database = database;
        _clock = clock;
        Audit = new AuditLog(database, options, clock);
    }

    /// <summary>Who did what; every change that a person makes is written there.</summary>
    public AuditLog Audit { get; }

    /// <summary>Opens the ledger for writing and brings its tables up to date.</summary>
    public static async Task<RunLedger> OpenAsync(LedgerOptions options, TimeProvider clock, CancellationToken token)
        => new(await LedgerDatabase.OpenAsync(options, token), options, clock);

    /// <summary>Opens the ledger for reading only; it is empty while no worker has made it.</summary>
    public static RunLedger ForReading(LedgerOptions options, TimeProvider clock) => new(LedgerDatabase.ForReading(options), options, clock);

    /// <summary>
    /// Writes the run as <see cref="RunStatus.Started"/>, and with it, where it has one, the slot or the wish that it takes up. False, and
    /// nothing is written, when that is not to be had any more.
    /// </summary>
    public Task<bool> StartAsync(RunStart start, CancellationToken token)
        => _database.WriteAsync(
            async (connection, transaction) =>
            {
                var now = _clock.GetUtcNow();
                if ((start.Slot is { } slot && !await TakeSlotAsync(connection, transaction, start, slot, now, token))
                    || (start.Request is { } request && !await TakeRequestAsync(connection, transaction, request, now, token)))
                {
                    return false;
                }

                await connection.ExecuteAsync(new CommandDefinition(
                    """
                    insert into runs (id, dataset, triggered_by, status, started_at, host, process_id, process_started)
                    values (@Id, @Dataset, @Trigger, 'started', @StartedAt, @Host, @ProcessId, @ProcessStarted)
                    """,
                    new
                    {
                        start.Id,
                        start.Dataset,
                        start.Trigger,
                        StartedAt = LedgerTime.ToText(start.StartedAt),
                        start.Worker.Host,
                        start.Worker.ProcessId,
                        start.Worker.ProcessStarted,
                    },
                    transaction,
                    cancellationToken: token));
                return true;
            },
            token);

    /// <summary>Adds a finished step to a run, after those it has.</summary>
    public Task AddStepAsync(string runId, StepRecord step, CancellationToken token)
        => ExecuteAsync(
            """
            insert into steps (run_id, ordinal, name, started_at, duration_us, records, bytes, sha256)
            select @RunId, count(*) + 1, @Name, @StartedAt, @DurationUs, @Records, @Bytes, @Sha256 from steps where run_id = @RunId
            """,
            new
            {
                RunId = runId,
                step.Name,
                StartedAt = LedgerTime.ToText(step.StartedAt),
                DurationUs = (long)step.Duration.TotalMicroseconds,
                step.Records,
                step.Bytes,
                step.Sha256,
            },
            token);

    /// <summary>Ends a run. False when it had ended before: an ended run never changes.</summary>
    public Task<bool> FinishAsync(string runId, RunEnd end, CancellationToken token)
        => _database.WriteAsync((connection, transaction) => FinishAsync(connection, transaction, runId, end, _clock.GetUtcNow(), token), token);

    /// <summary>Stores how far the source of a dataset was read. Called only after the publication.</summary>
    public Task SetWatermarkAsync(Watermark watermark, CancellationToken token)
        => ExecuteAsync(
            """
            insert into watermarks (dataset, value, number, contract_hash, version, run_id)
            values (@Dataset, @Value, @Number, @ContractHash, @Version, @RunId)
            on conflict (dataset) do update set value = excluded.value, number = excluded.number, contract_hash = excluded.contract_hash,
                version = excluded.version, run_id = excluded.run_id
            """,
            new { watermark.Dataset, Value = LedgerTime.ToText(watermark.Value), watermark.Number, watermark.ContractHash, watermark.Version, watermark.RunId },
            token);

    /// <summary>Stores when a dataset is read next, so that lateness shows even when no job starts; null means by no clock.</summary>
    public Task SetNextSlotAsync(string dataset, DateTimeOffset? next, CancellationToken token)
        => ExecuteAsync(
            """
            insert into schedules (dataset, next_at) values (@Dataset, @NextAt)
            on conflict (dataset) do update set next_at = excluded.next_at
            """,
            new { Dataset = dataset, NextAt = next is { } at ? LedgerTime.ToText(at) : null },
            token);

    /// <summary>What SQLite finds wrong in its own file, one sentence each; empty with PostgreSQL, which looks after its own.</summary>
    public Task<IReadOnlyList<string>> DamageAsync(CancellationToken token) => _database.DamageAsync(token);

    /// <summary>Closes the database.</summary>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static async Task<bool> FinishAsync(
        DbConnection connection, DbTransaction transaction, string runId, RunEnd end, DateTimeOffset at, CancellationToken token, RunStatus from = RunStatus.Started)
    {
        var counts = end.Counts;
        var changed = await connection.ExecuteAsync(new CommandDefinition(
            """
            update runs set status = @Status, finished_at = @FinishedAt, version = @Version, row_count = @Rows,
                received = @Received, inserted = @Inserted, updated = @Updated, unchanged = @Unchanged, deleted = @Deleted,
                superseded = @Superseded, duplicates = @Duplicates, quarantined = @Quarantined, removed = @Removed,
                cause_code = @CauseCode, cause_vi = @CauseVi, cause_en = @CauseEn
            where id = @Id and status = @From
            """,
            new
            {
                Id = runId,
                From = Text(from),
                Status = Text(end.Status),
                FinishedAt = LedgerTime.ToText(at),
                end.Version,
                end.Rows,
                counts?.Received,
                counts?.Inserted,
                counts?.Updated,
                counts?.Unchanged,
                counts?.Deleted,
                counts?.Superseded,
                counts?.Duplicates,
                counts?.Quarantined,
                counts?.Removed,
                end.CauseCode,
                CauseVi = end.Cause?.Vi,
                CauseEn = end.Cause?.En,
            },
            transaction,
            cancellationToken: token));
        if (changed == 0)
        {
            return false;
        }

        await AddLinesAsync(connection, transaction, runId, end.Lines, token);
        await connection.ExecuteAsync(new CommandDefinition(
            "delete from run_progress where run_id = @Id", new { Id = runId }, transaction, cancellationToken: token));
        foreach (var count in end.Quarantine)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "insert into quarantine_counts (run_id, rule, column_name, row_count) values (@RunId, @Rule, @Column, @Rows)",
                new { RunId = runId, count.Rule, Column = count.Column ?? "", count.Rows },
                transaction,
                cancellationToken: token));
        }

        if (end is { Status: RunStatus.Succeeded, Version: not null })
        {
            await DoAsync(
                connection, transaction, "update waiting_versions set state = 'published', version = @Version where run_id = @Id", new { Id = runId, end.Version }, token);
        }

        return true;
    }

    private Task<int> ExecuteAsync(string sql, object values, CancellationToken token)
        => _database.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: token)),
            token);

    private static string Text(RunStatus status) => status switch
    {
        RunStatus.Started => "started",
        RunStatus.Waiting => "waiting",
        RunStatus.Succeeded => "succeeded",
        RunStatus.Unchanged => "unchanged",
        RunStatus.Failed => "failed",
        RunStatus.Blocked => "blocked",
        _ => "interrupted",
    };
}
