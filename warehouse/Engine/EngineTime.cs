namespace OpenData.Warehouse.Engine;

/// <summary>Pure: CLR dates and times ↔ DuckDB's counts of days and microseconds.</summary>
public static class EngineTime
{
    private static readonly int UnixEpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>Days since 1970-01-01.</summary>
    public static int Days(DateOnly date) => date.DayNumber - UnixEpochDay;

    /// <summary>The day; only for 0001-01-01 to 9999-12-31.</summary>
    public static DateOnly Date(int days) => DateOnly.FromDayNumber(days + UnixEpochDay);

    /// <summary>Microseconds since midnight; finer parts are cut off.</summary>
    public static long Micros(TimeOnly time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The time of day.</summary>
    public static TimeOnly Time(long micros) => new(micros * TimeSpan.TicksPerMicrosecond);

    /// <summary>Microseconds since 1970-01-01T00:00:00Z; finer parts are cut off. An unspecified kind counts as UTC.</summary>
    /// <exception cref="ArgumentException">The kind is local.</exception>
    public static long Micros(DateTime instant)
        => instant.Kind == DateTimeKind.Local
            ? throw new ArgumentException("A local time has no place here: give UTC.", nameof(instant))
            : (instant.Ticks / TimeSpan.TicksPerMicrosecond) - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>The instant in UTC; only for the years 1 to 9999.</summary>
    public static DateTime Instant(long micros) => DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
