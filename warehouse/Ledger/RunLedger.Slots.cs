using System.Data.Common;
using Dapper;

namespace OpenData.Warehouse.Ledger;

/// <content>
/// The account of every slot. A clock is accounted for up to an instant that only moves by writing what became of the slots before it, in
/// the same transaction; so of two workers that meet a slot exactly one takes it up.
/// </content>
public sealed partial class RunLedger
{
    /// <summary>The clock of that name of a dataset; null when the ledger does not know it yet.</summary>
    public async Task<SlotClock?> SlotClockAsync(string dataset, string clock, CancellationToken token)
        => await QueryAsync<ClockRow>(
            """
            select dataset as Dataset, clock as Name, cron as Cron, time_zone as TimeZone, accounted_to as AccountedTo
            from slot_clocks where dataset = @Dataset and clock = @Clock
            """,
            new { Dataset = dataset, Clock = clock },
            token) is [var r, ..] ? new SlotClock(r.Dataset, r.Name, r.Cron, r.TimeZone, LedgerTime.FromText(r.AccountedTo)) : null;

    /// <summary>Stores what a clock says from now on. One that was not known is accounted for up to the instant given; a known one keeps its account.</summary>
    public Task SetSlotClockAsync(SlotClock clock, CancellationToken token)
        => ExecuteAsync(
            """
            insert into slot_clocks (dataset, clock, cron, time_zone, accounted_to) values (@Dataset, @Name, @Cron, @TimeZone, @AccountedTo)
            on conflict (dataset, clock) do update set cron = excluded.cron, time_zone = excluded.time_zone
            """,
            new { clock.Dataset, clock.Name, clock.Cron, clock.TimeZone, AccountedTo = LedgerTime.ToText(clock.AccountedTo) },
            token);

    /// <summary>
    /// Records slots as skipped and moves the account on. False, and nothing is written, when the account has moved since the clock was
    /// read: another worker looks after these slots.
    /// </summary>
    public Task<bool> SkipSlotsAsync(SlotClock clock, IReadOnlyList<SlotSkip> skipped, DateTimeOffset accountedTo, CancellationToken token)
        => WriteSlotsAsync(
            async (connection, transaction) =>
            {
                if (!await MoveAsync(connection, transaction, clock, accountedTo, token))
                {
                    return false;
                }

                foreach (var skip in skipped)
                {
                    await connection.ExecuteAsync(new CommandDefinition(
                        """
                        insert into slots (dataset, clock, first_at, last_at, slot_count, cause_code, recorded_at)
                        values (@Dataset, @Name, @FirstAt, @LastAt, @Count, @Cause, @At)
                        """,
                        new
                        {
                            clock.Dataset,
                            clock.Name,
                            FirstAt = LedgerTime.ToText(skip.FirstAt),
                            LastAt = LedgerTime.ToText(skip.LastAt),
                            skip.Count,
                            Cause = skip.Cause.Code,
                            At = LedgerTime.ToText(_clock.GetUtcNow()),
                        },
                        transaction,
                        cancellationToken: token));
                }

                return true;
            },
            token);

    /// <summary>
    /// Takes back what was recorded of slots that have not come: the time of the machine was set back. Skipped ones will be decided when
    /// they come; those that ran stay.
    /// </summary>
    public Task RewindSlotsAsync(SlotClock clock, DateTimeOffset now, CancellationToken token)
        => WriteSlotsAsync(
            async (connection, transaction) =>
            {
                var values = new { clock.Dataset, clock.Name, Now = LedgerTime.ToText(now) };
                var first = LedgerTime.FromTextOrNull(await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
                    "select min(first_at) from slots where dataset = @Dataset and clock = @Name and last_at > @Now and run_id is null",
                    values,
                    transaction,
                    cancellationToken: token)));
                var before = first is { } at && at <= now ? at - TimeSpan.FromMicroseconds(1) : now;
                return await MoveAsync(connection, transaction, clock, before, token)
                    && await connection.ExecuteAsync(new CommandDefinition(
                        "delete from slots where dataset = @Dataset and clock = @Name and last_at > @Now and run_id is null",
                        values,
                        transaction,
                        cancellationToken: token)) >= 0;
            },
            token);

    /// <summary>What became of the slots of a dataset, newest first.</summary>
    /// <param name="dataset">Dataset id.</param>
    /// <param name="rowsMax">At most so many rows; skipped slots in a row with one cause are one.</param>
    /// <param name="token">Ends the wait.</param>
    public async Task<IReadOnlyList<SlotRecord>> SlotsAsync(string dataset, int rowsMax, CancellationToken token)
        => Slots(await QueryAsync<RecordRow>(
            $"select {RecordRow.Columns} from slots where dataset = @Dataset order by first_at desc, clock limit @Limit",
            new { Dataset = dataset, Limit = rowsMax },
            token));

    /// <summary>The slots of a clock after an instant that runs took up, in order.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> SlotsRunAsync(SlotClock clock, DateTimeOffset after, CancellationToken token)
        => [.. Slots(await QueryAsync<RecordRow>(
            $"""
            select {RecordRow.Columns} from slots
            where dataset = @Dataset and clock = @Name and first_at > @After and run_id is not null order by first_at
            """,
            new { clock.Dataset, clock.Name, After = LedgerTime.ToText(after) },
            token)).Select(s => s.FirstAt)];

    /// <summary>The run that holds the dataset, by its lease; null when none does. A worker that was stopped past its lease does not.</summary>
    public async Task<RunRecord?> HolderAsync(string dataset, CancellationToken token)
        => await QueryAsync<RunRow>(
            $"""
            select {RunRow.Columns} from runs
            where id in (select owner from leases where dataset = @Dataset and expires_at > @Now)
            """,
            new { Dataset = dataset, Now = LedgerTime.ToText(_clock.GetUtcNow()) },
            token) is [var row, ..] ? row.ToRecord() : null;

    /// <summary>The slot that a run takes up, in the transaction that begins it. False when it is not to be had any more.</summary>
    private static async Task<bool> TakeSlotAsync(DbConnection connection, DbTransaction transaction, RunStart start, SlotTime slot, DateTimeOffset now, CancellationToken token)
    {
        var values = new { start.Dataset, slot.Clock, At = LedgerTime.ToText(slot.At), RunId = start.Id, Now = LedgerTime.ToText(now) };
        return await connection.ExecuteAsync(new CommandDefinition(
            "update slot_clocks set accounted_to = @At where dataset = @Dataset and clock = @Clock and accounted_to < @At",
            values,
            transaction,
            cancellationToken: token)) == 1
            && await connection.ExecuteAsync(new CommandDefinition(
                """
                insert into slots (dataset, clock, first_at, last_at, slot_count, run_id, recorded_at)
                values (@Dataset, @Clock, @At, @At, 1, @RunId, @Now) on conflict (dataset, clock, first_at) do nothing
                """,
                values,
                transaction,
                cancellationToken: token)) == 1;
    }

    private static async Task<bool> MoveAsync(DbConnection connection, DbTransaction transaction, SlotClock clock, DateTimeOffset to, CancellationToken token)
        => await connection.ExecuteAsync(new CommandDefinition(
            "update slot_clocks set accounted_to = @To where dataset = @Dataset and clock = @Name and accounted_to = @From",
            new { clock.Dataset, clock.Name, To = LedgerTime.ToText(to), From = LedgerTime.ToText(clock.AccountedTo) },
            transaction,
            cancellationToken: token)) == 1;

    private Task<bool> WriteSlotsAsync(Func<DbConnection, DbTransaction, Task<bool>> work, CancellationToken token) => _database.WriteAsync(work, token);

    private static List<SlotRecord> Slots(IReadOnlyList<RecordRow> rows) =>
    [
        .. rows.Select(r => new SlotRecord(
            r.Dataset, r.Clock, LedgerTime.FromText(r.FirstAt), LedgerTime.FromText(r.LastAt), r.SlotCount, r.RunId, r.CauseCode, LedgerTime.FromText(r.RecordedAt))),
    ];

    private sealed class ClockRow
    {
        public string Dataset { get; set; } = "";

        public string Name { get; set; } = "";

        public string Cron { get; set; } = "";

        public string TimeZone { get; set; } = "";

        public string AccountedTo { get; set; } = "";
    }

    private sealed class RecordRow
    {
        internal const string Columns = """
            dataset as Dataset, clock as Clock, first_at as FirstAt, last_at as LastAt, slot_count as SlotCount, run_id as RunId,
            cause_code as CauseCode, recorded_at as RecordedAt
            """;

        public string Dataset { get; set; } = "";

        public string Clock { get; set; } = "";

        public string FirstAt { get; set; } = "";

        public string LastAt { get; set; } = "";

        public long SlotCount { get; set; }

        public string? RunId { get; set; }

        public string? CauseCode { get; set; }

        public string RecordedAt { get; set; } = "";
    }
}
