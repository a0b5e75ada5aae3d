using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// Local time to UTC and back for one zone. Days without a change of offset (all but two a year, at most) come from a small table,
/// so that a million timestamps cost a million look-ups and not as many searches of the zone's rules.
/// </summary>
internal sealed class ZoneClock
{
    private const int Slots = 8192;
    private const long Irregular = long.MinValue;

    private readonly TimeZoneInfo _zone;
    private readonly int[] _days = new int[Slots];
    private readonly long[] _offsets = new long[Slots];

    private ZoneClock(TimeZoneInfo zone)
    {
        _zone = zone;
        Array.Fill(_days, int.MinValue);
    }

    /// <summary>The clock of an IANA zone.</summary>
    /// <exception cref="OpenDataException">OD2116: no such zone.</exception>
    public static ZoneClock For(string zone, string column)
        => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            ? new ZoneClock(found)
            : throw new OpenDataException(
                StagingErrors.ContractUnusable,
                new LocalText($"Cột {column}: không có múi giờ '{zone}'.", $"Column {column}: there is no time zone '{zone}'."));

    /// <summary>UTC microseconds of a local time: null, or the rule <c>missing_time</c> or <c>ambiguous_time</c> or <c>overflow</c>.</summary>
    public string? ToUtc(int day, long micros, out long utc)
    {
        var offset = OffsetOfDay(day);
        if (offset != Irregular)
        {
            utc = (day * Moment.MicrosPerDay) + micros - offset;
            return null;
        }

        utc = 0;
        var local = Local(day, micros);
        if (local is not { } time)
        {
            return StagingRules.Overflow;
        }

        if (_zone.IsInvalidTime(time))
        {
            return StagingRules.MissingTime;
        }

        if (_zone.IsAmbiguousTime(time))
        {
            return StagingRules.AmbiguousTime;
        }

        utc = (day * Moment.MicrosPerDay) + micros - (_zone.GetUtcOffset(time).Ticks / 10);
        return null;
    }

    /// <summary>The local day on which a UTC instant falls; null outside years 1 to 9999.</summary>
    public int? LocalDay(long utc)
    {
        var guess = (int)FloorDivide(utc, Moment.MicrosPerDay);
        if (Local(guess, 0) is not { } day)
        {
            return null;
        }

        var instant = DateTime.SpecifyKind(day.AddTicks((utc - (guess * Moment.MicrosPerDay)) * 10), DateTimeKind.Utc);
        var local = (utc * 10) + _zone.GetUtcOffset(instant).Ticks;
        return (int)FloorDivide(local, Moment.MicrosPerDay * 10);
    }

    private static long FloorDivide(long value, long by) => (value / by) - (value % by < 0 ? 1 : 0);

    private static DateTime? Local(int day, long micros)
    {
        var number = day + 719_162L;
        return number is >= 0 and <= 3_652_058
            ? new DateTime((number * TimeSpan.TicksPerDay) + (micros * 10), DateTimeKind.Unspecified)
            : null;
    }

    private long OffsetOfDay(int day)
    {
        var slot = (int)((uint)day % Slots);
        if (_days[slot] != day)
        {
            _offsets[slot] = Regular(day);
            _days[slot] = day;
        }

        return _offsets[slot];
    }

    // A day is regular when the offset is the same from the day before to the day after.
    private long Regular(int day)
    {
        if (Local(day - 1, 0) is not { } before || Local(day + 2, 0) is not { } after)
        {
            return Irregular;
        }

        var offset = _zone.GetUtcOffset(before);
        for (var at = before; at <= after; at = at.AddHours(6))
        {
            if (_zone.GetUtcOffset(at) != offset || _zone.IsInvalidTime(at) || _zone.IsAmbiguousTime(at))
            {
                return Irregular;
            }
        }

        return offset.Ticks / 10;
    }
}
