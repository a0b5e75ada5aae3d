using Dapper;

namespace OpenData.Warehouse.Ledger;

/// <content>What full reconciles found, by day.</content>
public sealed partial class RunLedger
{
    /// <summary>Records the days that differ; again, with what stands published since, once the run has published.</summary>
    public Task SetReconcileDaysAsync(string runId, IReadOnlyList<ReconcileDay> days, CancellationToken token)
        => _database.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(new CommandDefinition(
                """
                insert into reconcile_days (run_id, change_day, rows_before, rows_at_source, rows_after) values (@RunId, @Day, @Before, @AtSource, @After)
                on conflict (run_id, change_day) do update set rows_after = excluded.rows_after
                """,
                days.Select(d => new { RunId = runId, d.Day, d.Before, d.AtSource, d.After }),
                transaction,
                cancellationToken: token)),
            token);

    /// <summary>The days on which the reconcile of a run found a difference, in order.</summary>
    public async Task<IReadOnlyList<ReconcileDay>> ReconcileDaysAsync(string runId, CancellationToken token)
    {
        var rows = await QueryAsync<ReconcileRow>(
            """
            select change_day as Day, rows_before as RowsBefore, rows_at_source as RowsAtSource, rows_after as RowsAfter
            from reconcile_days where run_id = @RunId order by change_day
            """,
            new { RunId = runId },
            token);
        return [.. rows.Select(r => new ReconcileDay(r.Day, r.RowsBefore, r.RowsAtSource, r.RowsAfter))];
    }

    private sealed class ReconcileRow
    {
        public string Day { get; set; } = "";

        public long RowsBefore { get; set; }

        public long RowsAtSource { get; set; }

        public long? RowsAfter { get; set; }
    }
}
