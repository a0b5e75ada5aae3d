using OpenData.Warehouse.Ledger;
using Quartz;

namespace OpenData.Ingest.Scheduling;

/// <summary>Pure: the slots of a clock, by the same rules as Quartz's trigger: a wall time that the zone leaves out comes when the gap ends, one that comes twice counts once.</summary>
internal static class SlotCalendar
{
    /// <summary>The slots after one instant, up to and including another, in order.</summary>
    internal static IEnumerable<DateTimeOffset> Between(SlotClock clock, DateTimeOffset after, DateTimeOffset until)
    {
        var cron = new CronExpression(clock.Cron, TimeZoneInfo.FindSystemTimeZoneById(clock.TimeZone));
        for (var slot = cron.GetNextValidTimeAfter(after); slot <= until; slot = cron.GetNextValidTimeAfter(slot.Value))
        {
            yield return slot.Value;
        }
    }

    /// <summary>The next slot; null when none comes any more.</summary>
    internal static DateTimeOffset? Next(SlotClock clock, DateTimeOffset after)
        => new CronExpression(clock.Cron, TimeZoneInfo.FindSystemTimeZoneById(clock.TimeZone)).GetNextValidTimeAfter(after);
}
