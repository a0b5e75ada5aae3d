using System.Globalization;
using Dapper;

namespace OpenData.Warehouse.Ledger;

/// <content>Ranges that are read window by window; what is in stays known when the run that read it dies.</content>
public sealed partial class RunLedger
{
    private const string DayFormat = "yyyy-MM-dd";

    private const string BackfillColumns = """
        id as Id, dataset as Dataset, from_day as FromDay, to_day as ToDay, window_length as WindowLength, window_count as WindowCount,
        reading_hash as ReadingHash, tail_from as TailFrom, started_at as StartedAt
        """;

    /// <summary>
    /// The open backfill of the dataset that asks for the same, or this one, which is begun. One that asks for something else, and with
    /// <paramref name="anew"/> any, is given up.
    /// </summary>
    public Task<Backfill> TakeBackfillAsync(Backfill wanted, bool anew, CancellationToken token)
        => _database.WriteAsync(
            async (connection, transaction) =>
            {
                var open = await connection.QueryAsync<BackfillRow>(new CommandDefinition(
                    $"select {BackfillColumns} from backfills where dataset = @Dataset and ended_at is null", new { wanted.Dataset }, transaction, cancellationToken: token));
                if (!anew && open.Select(r => r.ToRecord()).FirstOrDefault(b => IsSame(b, wanted)) is { } same)
                {
                    return same;
                }

                await connection.ExecuteAsync(new CommandDefinition(
                    "update backfills set ended_at = @At where dataset = @Dataset and ended_at is null",
                    new { wanted.Dataset, At = LedgerTime.ToText(_clock.GetUtcNow()) },
                    transaction,
                    cancellationToken: token));
                await connection.ExecuteAsync(new CommandDefinition(
                    """
                    insert into backfills (id, dataset, from_day, to_day, window_length, window_count, reading_hash, tail_from, started_at)
                    values (@Id, @Dataset, @FromDay, @ToDay, @Window, @Windows, @ReadingHash, @TailFrom, @StartedAt)
                    """,
                    new
                    {
                        wanted.Id,
                        wanted.Dataset,
                        FromDay = wanted.From.ToString(DayFormat, CultureInfo.InvariantCulture),
                        ToDay = wanted.To.ToString(DayFormat, CultureInfo.InvariantCulture),
                        wanted.Window,
                        Windows = (long)wanted.Windows,
                        wanted.ReadingHash,
                        TailFrom = LedgerTime.ToText(wanted.TailFrom),
                        StartedAt = LedgerTime.ToText(wanted.StartedAt),
                    },
                    transaction,
                    cancellationToken: token));
                return wanted;
            },
            token);

    /// <summary>Records that a window is in, with the files that a run landed for it; one that was read before and whose files are gone is replaced.</summary>
    public Task AddWindowAsync(string backfillId, int ordinal, string runId, IReadOnlyList<LandingRecord> landed, CancellationToken token)
        => _database.WriteAsync(
            async (connection, transaction) =>
            {
                var first = await AddLandingsAsync(connection, transaction, runId, landed, token);
                return await connection.ExecuteAsync(new CommandDefinition(
                    """
                    insert into backfill_windows (backfill_id, ordinal, run_id, first_landing, landings) values (@Id, @Ordinal, @RunId, @First, @Count)
                    on conflict (backfill_id, ordinal) do update
                    set run_id = excluded.run_id, first_landing = excluded.first_landing, landings = excluded.landings
                    """,
                    new { Id = backfillId, Ordinal = (long)ordinal, RunId = runId, First = first, Count = (long)landed.Count },
                    transaction,
                    cancellationToken: token));
            },
            token);

    /// <summary>The windows of a backfill that are in, in order.</summary>
    public async Task<IReadOnlyList<BackfillWindow>> WindowsAsync(string backfillId, CancellationToken token)
    {
        var windows = await QueryAsync<WindowRow>(
            """
            select ordinal as Ordinal, run_id as RunId, first_landing as FirstLanding, landings as Landings
            from backfill_windows where backfill_id = @Id order by ordinal
            """,
            new { Id = backfillId },
            token);
        var landed = new Dictionary<string, IReadOnlyList<LandingRecord>>(StringComparer.Ordinal);
        foreach (var run in windows.Select(w => w.RunId).Distinct(StringComparer.Ordinal))
        {
            landed[run] = await LandingsAsync(run, token);
        }

        return [.. windows.Select(w => new BackfillWindow(
            (int)w.Ordinal, [.. landed[w.RunId].Skip((int)w.FirstLanding - 1).Take((int)w.Landings)]))];
    }

    /// <summary>Ends a backfill: it is published.</summary>
    public Task EndBackfillAsync(string backfillId, CancellationToken token)
        => ExecuteAsync(
            "update backfills set ended_at = @At where id = @Id and ended_at is null",
            new { Id = backfillId, At = LedgerTime.ToText(_clock.GetUtcNow()) },
            token);

    /// <summary>The backfill that a run worked on; null when it worked on none.</summary>
    public async Task<Backfill?> BackfillOfAsync(string runId, CancellationToken token)
    {
        var rows = await QueryAsync<BackfillRow>(
            $"select {BackfillColumns} from backfills where id = @RunId or id in (select backfill_id from backfill_windows where run_id = @RunId) order by id desc",
            new { RunId = runId },
            token);
        return rows is [var row, ..] ? row.ToRecord() : null;
    }

    /// <summary>The runs that landed windows of backfills which are not published yet: their bytes are still needed.</summary>
    public Task<IReadOnlyList<string>> OpenBackfillRunsAsync(CancellationToken token)
        => QueryAsync<string>(
            "select distinct w.run_id from backfill_windows w join backfills b on b.id = w.backfill_id where b.ended_at is null", new { }, token);

    private static bool IsSame(Backfill one, Backfill other)
        => (one.From, one.To, one.Window, one.ReadingHash) == (other.From, other.To, other.Window, other.ReadingHash);

    private sealed class BackfillRow
    {
        public string Id { get; set; } = "";

        public string Dataset { get; set; } = "";

        public string FromDay { get; set; } = "";

        public string ToDay { get; set; } = "";

        public string WindowLength { get; set; } = "";

        public long WindowCount { get; set; }

        public string ReadingHash { get; set; } = "";

        public string TailFrom { get; set; } = "";

        public string StartedAt { get; set; } = "";

        internal Backfill ToRecord() => new(
            Id,
            Dataset,
            DateOnly.ParseExact(FromDay, DayFormat, CultureInfo.InvariantCulture),
            DateOnly.ParseExact(ToDay, DayFormat, CultureInfo.InvariantCulture),
            WindowLength,
            (int)WindowCount,
            ReadingHash,
            LedgerTime.FromText(TailFrom),
            LedgerTime.FromText(StartedAt));
    }

    private sealed class WindowRow
    {
        public long Ordinal { get; set; }

        public string RunId { get; set; } = "";

        public long FirstLanding { get; set; }

        public long Landings { get; set; }
    }
}
