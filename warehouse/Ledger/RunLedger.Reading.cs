using Dapper;
using OpenData.Catalogs;
using OpenData.Warehouse.Publishing;

namespace OpenData.Warehouse.Ledger;

/// <content>What the ledger answers.</content>
public sealed partial class RunLedger
{
    private const int TriesMax = 100;

    /// <summary>The run of that id, or null.</summary>
    public async Task<RunRecord?> FindAsync(string runId, CancellationToken token)
        => await QueryAsync<RunRow>($"select {RunRow.Columns} from runs where id = @Id", new { Id = runId }, token) is [var row, ..]
            ? row.ToRecord()
            : null;

    /// <summary>Runs, newest first.</summary>
    /// <param name="dataset">Only this dataset; null means all.</param>
    /// <param name="status">Only this status; null means all.</param>
    /// <param name="runsMax">At most so many.</param>
    /// <param name="token">Ends the wait.</param>
    public Task<IReadOnlyList<RunRecord>> ListAsync(string? dataset, RunStatus? status, int runsMax, CancellationToken token)
        => ListAsync(dataset, status, null, runsMax, token);

    /// <summary>Runs, newest first.</summary>
    /// <param name="dataset">Only this dataset; null means all.</param>
    /// <param name="status">Only this status; null means all.</param>
    /// <param name="before">Only runs older than the one of this id; null means from the newest on.</param>
    /// <param name="runsMax">At most so many.</param>
    /// <param name="token">Ends the wait.</param>
    public async Task<IReadOnlyList<RunRecord>> ListAsync(string? dataset, RunStatus? status, string? before, int runsMax, CancellationToken token)
        => Records(await QueryAsync<RunRow>(
            $"""
            select {RunRow.Columns} from runs
            where dataset = coalesce(@Dataset, dataset) and status = coalesce(@Status, status)
                and (cast(@Before as text) is null or id < @Before)
            order by id desc limit @Limit
            """,
            new { Before = before, Dataset = dataset, Status = status is { } s ? Text(s) : null, Limit = runsMax },
            token));

    /// <summary>The newest run of every dataset that ever ran, by dataset.</summary>
    public async Task<IReadOnlyList<RunRecord>> LatestAsync(CancellationToken token)
        => Records(await QueryAsync<RunRow>(
            $"select {RunRow.Columns} from runs where id in (select max(id) from runs group by dataset) order by dataset", new { }, token));

    /// <summary>What was tried since the dataset last had its source's state, newest first; at most 100: beyond, the number says enough.</summary>
    public async Task<IReadOnlyList<RunRecord>> TriesInVainAsync(string dataset, CancellationToken token)
        => ExplanationText.InVain(await ListAsync(dataset, null, TriesMax, token));

    /// <summary>The newest run of every dataset that has ended, by dataset.</summary>
    public async Task<IReadOnlyList<RunRecord>> LatestEndedAsync(CancellationToken token)
        => Records(await QueryAsync<RunRow>(
            $"select {RunRow.Columns} from runs where id in (select max(id) from runs where status <> 'started' group by dataset) order by dataset",
            new { },
            token));

    /// <summary>The newest run of every dataset that found the source's state published (succeeded or unchanged), by dataset; a replay asks no source.</summary>
    public async Task<IReadOnlyList<RunRecord>> LatestConfirmedAsync(CancellationToken token)
        => Records(await QueryAsync<RunRow>(
            $"""
            select {RunRow.Columns} from runs
            where id in (select max(id) from runs where status in ('succeeded', 'unchanged') and triggered_by <> 'replay' group by dataset) order by dataset
            """,
            new { },
            token));

    /// <summary>What freshness is judged by, of every dataset that ever ran.</summary>
    /// <param name="workingDays">The working days that terms are counted in.</param>
    /// <param name="token">Ends the wait.</param>
    public async Task<IReadOnlyDictionary<string, FreshnessFacts>> FreshnessFactsAsync(WorkingCalendar workingDays, CancellationToken token)
    {
        var (ran, of) = await FactsAsync(workingDays, token);
        return ran.ToDictionary(d => d, of, StringComparer.Ordinal);
    }

    /// <summary>The same of one dataset, whether it ever ran or not.</summary>
    public async Task<FreshnessFacts> FreshnessFactsAsync(string dataset, WorkingCalendar workingDays, CancellationToken token)
        => (await FactsAsync(workingDays, token)).Of(dataset);

    private async Task<(IReadOnlyCollection<string> Ran, Func<string, FreshnessFacts> Of)> FactsAsync(WorkingCalendar workingDays, CancellationToken token)
    {
        var latest = ByDataset(await LatestAsync(token));
        var confirmed = ByDataset(await LatestConfirmedAsync(token));
        var ended = ByDataset(await LatestEndedAsync(token));
        var slots = await NextSlotsAsync(token);
        var paused = (await PausesAsync(token)).ToDictionary(p => p.Dataset, p => (DateTimeOffset?)p.PausedAt, StringComparer.Ordinal);
        return (latest.Keys, dataset => new FreshnessFacts(
            confirmed.GetValueOrDefault(dataset),
            latest.GetValueOrDefault(dataset),
            !paused.ContainsKey(dataset) && slots.TryGetValue(dataset, out var slot) ? slot : null)
        {
            Ended = ended.GetValueOrDefault(dataset),
            PausedAt = paused.GetValueOrDefault(dataset),
            WorkingDays = workingDays,
        });
    }

    /// <summary>The steps of a run, in order.</summary>
    public async Task<IReadOnlyList<StepRecord>> StepsAsync(string runId, CancellationToken token)
    {
        var rows = await QueryAsync<StepRow>(
            """
            select name as Name, started_at as StartedAt, duration_us as DurationUs, records as Records, bytes as Bytes, sha256 as Sha256
            from steps where run_id = @RunId order by ordinal
            """,
            new { RunId = runId },
            token);
        return [.. rows.Select(r => r.ToRecord())];
    }

    /// <summary>Quarantined records of a run, by rule and column.</summary>
    public async Task<IReadOnlyList<QuarantineCount>> QuarantineAsync(string runId, CancellationToken token)
    {
        var rows = await QueryAsync<QuarantineRow>(
            """
            select rule as Rule, column_name as ColumnName, row_count as RowCount
            from quarantine_counts where run_id = @RunId order by rule, column_name
            """,
            new { RunId = runId },
            token);
        return [.. rows.Select(r => new QuarantineCount(r.Rule, r.ColumnName.Length == 0 ? null : r.ColumnName, r.RowCount))];
    }

    /// <summary>How far the source of a dataset was read; null when it never was.</summary>
    public async Task<Watermark?> WatermarkAsync(string dataset, CancellationToken token)
    {
        var rows = await QueryAsync<WatermarkRow>(
            """
            select value as Value, number as Number, contract_hash as ContractHash, version as Version, run_id as RunId from watermarks where dataset = @Dataset
            """,
            new { Dataset = dataset },
            token);
        return rows is [var r, ..] ? new Watermark(dataset, LedgerTime.FromText(r.Value), r.ContractHash, r.Version, r.RunId) { Number = r.Number } : null;
    }

    /// <summary>When each dataset is read next; datasets without a clock are not in it.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> NextSlotsAsync(CancellationToken token)
    {
        var rows = await QueryAsync<SlotRow>(
            "select dataset as Dataset, next_at as NextAt from schedules where next_at is not null", new { }, token);
        return rows.ToDictionary(r => r.Dataset, r => LedgerTime.FromText(r.NextAt), StringComparer.Ordinal);
    }

    private static Dictionary<string, RunRecord> ByDataset(IReadOnlyList<RunRecord> runs) => runs.ToDictionary(r => r.Dataset, StringComparer.Ordinal);

    private static IReadOnlyList<RunRecord> Records(IEnumerable<RunRow> rows) => [.. rows.Select(r => r.ToRecord())];

    private async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object values, CancellationToken token)
        => _database.Exists
            ? await _database.UseAsync(
                async connection => (IReadOnlyList<T>)(await connection.QueryAsync<T>(
                    new CommandDefinition(sql, values, cancellationToken: token))).AsList(),
                token)
            : [];

    private sealed class StepRow
    {
        public string Name { get; set; } = "";

        public string StartedAt { get; set; } = "";

        public long DurationUs { get; set; }

        public long? Records { get; set; }

        public long? Bytes { get; set; }

        public string? Sha256 { get; set; }

        internal StepRecord ToRecord() => new(Name, LedgerTime.FromText(StartedAt), TimeSpan.FromMicroseconds(DurationUs))
        {
            Records = Records,
            Bytes = Bytes,
            Sha256 = Sha256,
        };
    }

    private sealed class QuarantineRow
    {
        public string Rule { get; set; } = "";

        public string ColumnName { get; set; } = "";

        public long RowCount { get; set; }
    }

    private sealed class WatermarkRow
    {
        public string Value { get; set; } = "";

        public long? Number { get; set; }

        public string ContractHash { get; set; } = "";

        public string Version { get; set; } = "";

        public string RunId { get; set; } = "";
    }

    private sealed class SlotRow
    {
        public string Dataset { get; set; } = "";

        public string NextAt { get; set; } = "";
    }
}
