using System.Globalization;
using System.Runtime.InteropServices;
using NodaTime;

namespace OpenData.Warehouse.Tests.Query.Evaluator;

/// <summary>A calendar day, counted from 1970-01-01.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Day(long Number)
{
    public const long Micros = 86_400_000_000;

    public long Year => Civil.Year;

    public long Month => Civil.Month;

    public long DayOfMonth => Civil.Day;

    // Days of the Gregorian calendar without bounds; a year begins in March here, so that its leap day is the last.
    private (long Year, long Month, long Day) Civil
    {
        get
        {
            var shifted = Number + 719_468;
            var era = Times.Floor(shifted, 146_097);
            var day = shifted - (era * 146_097);
            var year = (day - (day / 1_460) + (day / 36_524) - (day / 146_096)) / 365;
            var ofYear = day - ((365 * year) + (year / 4) - (year / 100));
            var month = ((5 * ofYear) + 2) / 153;
            return (year + (era * 400) + (month < 10 ? 0 : 1), month < 10 ? month + 3 : month - 9, ofYear - (((153 * month) + 2) / 5) + 1);
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}-{DayOfMonth:00}");
}

/// <summary>A time of day in microseconds.</summary>
internal readonly record struct Clock(long Micros)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Micros / 3_600_000_000:00}:{Micros / 60_000_000 % 60:00}:{Micros / 1_000_000 % 60:00}.{Micros % 1_000_000:000000}");
}

/// <summary>An instant in microseconds from 1970-01-01 in UTC.</summary>
internal readonly record struct Moment(long Micros)
{
    // The first is where the engine's calendar begins; what lies behind the last it takes for infinity.
    private const long First = -9_223_372_022_400_000_000;
    private const long Last = long.MaxValue - 1;

    /// <summary>A moment that has been calculated, some 290,000 years around 1970.</summary>
    public static Moment Within(long micros) => micros is >= First and <= Last ? new Moment(micros) : throw new OverflowException();

    public override string ToString() => $"{new Day(Times.Floor(Micros, Day.Micros))}T{new Clock(Micros - (Times.Floor(Micros, Day.Micros) * Day.Micros))}Z";
}

/// <summary>A length of time in microseconds.</summary>
internal readonly record struct Span(long Micros)
{
    public override string ToString() => Micros.ToString(CultureInfo.InvariantCulture) + "µs";
}

/// <summary>Clocks of the world, from another source than .NET's and DuckDB's.</summary>
internal static class Times
{
    private static readonly long FirstMicros = Instant.FromUtc(1, 1, 1, 0, 0).ToUnixTimeTicks() / 10;
    private static readonly long LastMicros = Instant.FromUtc(9999, 12, 30, 0, 0).ToUnixTimeTicks() / 10;

    public static long Floor(long a, long b) => (a / b) - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);

    /// <summary>What the clocks of a zone are ahead of UTC, in microseconds.</summary>
    public static long Offset(Moment at, string zone)
    {
        // Zones of the engine count milliseconds in doubles, some 285,000 years around 1970.
        if (Math.Abs(at.Micros) >= (1L << 53) * 1_000)
        {
            throw new OverflowException();
        }

        // The calendar and the rules repeat every 400 years; before the first year there were no rules.
        const long cycle = 146_097 * Day.Micros;
        var micros = Math.Max(at.Micros, FirstMicros);
        micros -= micros > LastMicros ? cycle * (((micros - LastMicros) / cycle) + 1) : 0;
        var instant = Instant.FromUnixTimeTicks(micros * 10);
        return DateTimeZoneProviders.Tzdb[zone].GetUtcOffset(instant).Ticks / 10;
    }

    public static Moment Local(Moment at, string zone) => new(checked(at.Micros + Offset(at, zone)));

    public static Day Date(Moment at, string zone) => new(Floor(Local(at, zone).Micros, Day.Micros));

    public static Clock Time(Moment at, string zone) => new(Local(at, zone).Micros - (Date(at, zone).Number * Day.Micros));

    /// <summary>When a day begins: its midnight, the later one where clocks were put back over it, the leap where they were put forward.</summary>
    public static Moment Midnight(Day day, string zone)
    {
        var local = checked(day.Number * Day.Micros);
        var before = Offset(new Moment(local - Day.Micros), zone);
        var after = Offset(new Moment(local + Day.Micros), zone);
        var early = local - before;
        var late = local - after;
        return Local(new Moment(late), zone).Micros == local ? new Moment(late) : new Moment(early);
    }
}
