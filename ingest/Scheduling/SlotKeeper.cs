using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Scheduling;

/// <summary>Keeps the account of slots: whoever wakes it, and however often, each slot runs once or is recorded as skipped.</summary>
/// <param name="ledger">Where the account is.</param>
/// <param name="clock">The time.</param>
/// <param name="hangingSince">Since when work on a dataset hangs in this process; null when none does.</param>
internal sealed class SlotKeeper(RunLedger ledger, TimeProvider clock, Func<string, DateTimeOffset?> hangingSince)
{
    // Machines that share a ledger do not agree to the second; only a clock that was really set back takes records back.
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(1);

    /// <summary>Makes the clock of a contract known. What came before by another cron or in another zone is accounted for by that one.</summary>
    internal async Task SeedAsync(string dataset, string name, string cron, string timeZone, CancellationToken token)
    {
        var stored = await ledger.SlotClockAsync(dataset, name, token);
        if (stored is not null && (stored.Cron != cron || stored.TimeZone != timeZone))
        {
            await CloseAsync(stored, token);
        }

        await ledger.SetSlotClockAsync(new SlotClock(dataset, name, cron, timeZone, clock.GetUtcNow()), token);
    }

    /// <summary>Records what is to be skipped of the slots that have come, and gives the one that should run now; null when none should.</summary>
    /// <param name="dataset">Dataset id.</param>
    /// <param name="name">Which of its clocks.</param>
    /// <param name="skipsMissed">True for <c>misfire: skip</c>.</param>
    /// <param name="token">Ends the wait.</param>
    internal async Task<SlotTime?> DueAsync(string dataset, string name, bool skipsMissed, CancellationToken token)
    {
        if (await CurrentAsync(dataset, name, token) is not { } known)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var due = SlotCalendar.Between(known, known.AccountedTo, now + SlotRules.EarlyMax);
        if (!due.Any())
        {
            return null;
        }

        if (name == SlotClock.Refresh)
        {
            await ledger.SetNextSlotAsync(dataset, SlotCalendar.Next(known, now + SlotRules.EarlyMax), token);
        }

        var verdict = SlotRules.Decide(known, due, await FactsAsync(known, now, skipsMissed, token));
        var kept = verdict.AccountedTo == known.AccountedTo || await ledger.SkipSlotsAsync(known, verdict.Skipped, verdict.AccountedTo, token);
        return kept && verdict.Run is { } slot ? new SlotTime(name, slot) : null;
    }

    private async Task<SlotClock?> CurrentAsync(string dataset, string name, CancellationToken token)
    {
        var known = await ledger.SlotClockAsync(dataset, name, token);
        if (known is null || known.AccountedTo <= clock.GetUtcNow() + ClocksDiffer)
        {
            return known;
        }

        await ledger.RewindSlotsAsync(known, clock.GetUtcNow(), token);
        return await ledger.SlotClockAsync(dataset, name, token);
    }

    private async Task<SlotFacts> FactsAsync(SlotClock known, DateTimeOffset now, bool skipsMissed, CancellationToken token)
    {
        var pause = (await ledger.PausesAsync(token)).FirstOrDefault(p => p.Dataset == known.Dataset);
        var holder = await ledger.HolderAsync(known.Dataset, token);
        var ran = await ledger.SlotsRunAsync(known, known.AccountedTo, token);
        return new SlotFacts(now, skipsMissed, pause?.PausedAt, hangingSince(known.Dataset) ?? holder?.StartedAt, ran);
    }

    private async Task CloseAsync(SlotClock known, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        var slots = SlotCalendar.Between(known, known.AccountedTo, now).ToList();
        if (slots.Count > 0)
        {
            await ledger.SkipSlotsAsync(known, [new SlotSkip(slots[0], slots[^1], slots.Count, SlotErrors.Missed)], slots[^1], token);
        }
    }
}
