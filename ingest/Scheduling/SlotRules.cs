using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Scheduling;

/// <summary>
/// Pure: decides the slots that have come. At most the last one runs: a run reads what the source holds now, so one run stands for all
/// before it. The others are skipped, each with its cause.
/// </summary>
internal static class SlotRules
{
    /// <summary>A slot taken up later than this was missed: longer than the sweep that finds what the timer did not wake for.</summary>
    internal static readonly TimeSpan LateMax = TimeSpan.FromMinutes(2);

    /// <summary>A timer may fire a moment before its time.</summary>
    internal static readonly TimeSpan EarlyMax = TimeSpan.FromSeconds(1);

    /// <summary>Decides.</summary>
    /// <param name="clock">The clock and where its account ends.</param>
    /// <param name="due">Slots after that which have come, in order; not empty.</param>
    /// <param name="facts">What is known.</param>
    internal static SlotVerdict Decide(SlotClock clock, IEnumerable<DateTimeOffset> due, SlotFacts facts)
    {
        var skipped = new List<SlotSkip>();
        var (accounted, run, apart) = (clock.AccountedTo, (DateTimeOffset?)null, true);
        foreach (var slot in due)
        {
            if (run is { } passed)
            {
                // Only the last one may run: with a later one this one is late.
                Add(skipped, passed, SlotErrors.Missed, apart);
                (accounted, run, apart) = (passed, null, false);
            }

            if (facts.Ran.Contains(slot))
            {
                // A stretch of skipped slots has no slot in it that ran.
                (accounted, apart) = (slot, true);
            }
            else if (CauseOf(slot, facts) is { } cause)
            {
                Add(skipped, slot, cause, apart);
                (accounted, apart) = (slot, false);
            }
            else
            {
                run = slot;
            }
        }

        return new SlotVerdict(skipped, accounted, run);
    }

    private static ErrorCode? CauseOf(DateTimeOffset slot, SlotFacts facts)
    {
        if (facts.PausedSince is { } paused)
        {
            return slot >= paused ? SlotErrors.Paused : SlotErrors.Missed;
        }

        if (facts.BusySince is { } busy)
        {
            return slot >= busy ? SlotErrors.StillRunning : SlotErrors.Missed;
        }

        return facts.SkipsMissed && facts.Now - slot > LateMax ? SlotErrors.Missed : null;
    }

    private static void Add(List<SlotSkip> skipped, DateTimeOffset slot, ErrorCode cause, bool apart)
    {
        if (!apart && skipped is [.., { } last] && last.Cause == cause)
        {
            skipped[^1] = last with { LastAt = slot, Count = last.Count + 1 };
        }
        else
        {
            skipped.Add(new SlotSkip(slot, slot, 1, cause));
        }
    }
}
