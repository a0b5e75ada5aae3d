namespace OpenData.Catalogs;

/// <summary>When a dataset is read, and by when it is due.</summary>
/// <param name="Cron">Quartz cron expression with seconds; null for datasets that run when a parent publishes.</param>
/// <param name="TimeZone">IANA zone of the cron expression and of working days.</param>
/// <param name="DueWithin">A version older than this is late; null means that no length of time is promised.</param>
/// <param name="Misfire"><c>run_once</c> (one late run) or <c>skip</c>.</param>
public sealed record RefreshPolicy(string? Cron, string TimeZone, TimeSpan? DueWithin, string Misfire)
{
    /// <summary>True when slots that no worker took up in time pass without a run; false when one late run stands for them.</summary>
    public bool SkipsMissed => Misfire == "skip";

    /// <summary>Late once so many whole working days after the day of the reading are over; null when no working days are promised.</summary>
    public int? DueWithinWorkingDays { get; init; }

    /// <summary>When a dataset that was read at an instant becomes late; null when the contract promises nothing.</summary>
    /// <param name="readAt">When its source was last found published.</param>
    /// <param name="calendar">The working days.</param>
    public WorkingDeadline? LateFrom(DateTimeOffset readAt, WorkingCalendar calendar)
    {
        if (DueWithinWorkingDays is { } days)
        {
            return calendar.After(readAt, days, TimeZoneInfo.FindSystemTimeZoneById(TimeZone));
        }

        return DueWithin is { } time ? new WorkingDeadline(readAt + time, CalendarCertainty.Official) : null;
    }
}
