using System.Collections.Concurrent;

namespace OpenData.Warehouse.Export;

/// <summary>
/// Offset of a zone at an instant, remembered by UTC day: a lookup in TimeZoneInfo costs more than the rest of a row. Safe for many threads,
/// since a day and its offset are one number that is read and written whole.
/// </summary>
internal sealed class ZoneOffsets(TimeZoneInfo zone)
{
    private const long MicrosPerDay = 86_400_000_000;
    private const int Slots = 1024;

    // An entry is the day, the offset and a last bit of 1, which tells it from an empty slot.
    private const int DayShift = 13;
    private const int OffsetBits = 12;
    private const int OffsetZero = 1 << (OffsetBits - 1);
    private const int Mixed = -OffsetZero;

    private static readonly ConcurrentDictionary<string, ZoneOffsets> Known = new(StringComparer.Ordinal);

    private readonly long[] _entries = new long[Slots];

    /// <summary>The offsets of a zone, the same for all who ask: a short answer would spend more on a memory of its own than on its rows.</summary>
    /// <param name="zoneId">Id of a zone that a contract names; there are few.</param>
    public static ZoneOffsets Of(string zoneId) => Known.GetOrAdd(zoneId, id => new ZoneOffsets(TimeZoneInfo.FindSystemTimeZoneById(id)));

    /// <summary>Offset in minutes east of UTC.</summary>
    public int MinutesAt(long utcMicros)
    {
        var day = Math.DivRem(utcMicros, MicrosPerDay, out var rest);
        if (rest < 0)
        {
            day--;
        }

        var slot = (int)(day & (Slots - 1));
        var entry = _entries[slot];
        if (entry >> DayShift != day || (entry & 1) == 0)
        {
            entry = EntryOf(day);
            _entries[slot] = entry;
        }

        var minutes = (int)((entry >> 1) & ((1 << OffsetBits) - 1)) - OffsetZero;
        return minutes != Mixed ? minutes : Lookup(utcMicros);
    }

    private long EntryOf(long day)
    {
        var first = Lookup(day * MicrosPerDay);
        var minutes = first == Lookup(((day + 1) * MicrosPerDay) - 1) ? first : Mixed;
        return (day << DayShift) | ((long)(minutes + OffsetZero) << 1) | 1;
    }

    private int Lookup(long utcMicros)
    {
        var instant = Math.Clamp(utcMicros, MicrosMin, MicrosMax);
        return (int)zone.GetUtcOffset(DateTime.UnixEpoch.AddTicks(instant * TimeSpan.TicksPerMicrosecond)).TotalMinutes;
    }

    private static readonly long MicrosMin = (DateTime.MinValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
    private static readonly long MicrosMax = (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
