namespace OpenData.Warehouse.Export;

/// <summary>
/// Offset of a zone at an instant, remembered by UTC day: a lookup in TimeZoneInfo costs more than the rest of a row. Not thread-safe.
/// </summary>
internal sealed class ZoneOffsets(TimeZoneInfo zone)
{
    private const long MicrosPerDay = 86_400_000_000;
    private const int Slots = 1024;
    private const int Mixed = int.MinValue;

    private readonly long[] _days = [.. Enumerable.Repeat(long.MinValue, Slots)];
    private readonly int[] _minutes = new int[Slots];

    /// <summary>Offset in minutes east of UTC.</summary>
    public int MinutesAt(long utcMicros)
    {
        var day = Math.DivRem(utcMicros, MicrosPerDay, out var rest);
        if (rest < 0)
        {
            day--;
        }

        var slot = (int)(day & (Slots - 1));
        if (_days[slot] != day)
        {
            var first = Lookup(day * MicrosPerDay);
            var last = Lookup(((day + 1) * MicrosPerDay) - 1);
            _days[slot] = day;
            _minutes[slot] = first == last ? first : Mixed;
        }

        return _minutes[slot] != Mixed ? _minutes[slot] : Lookup(utcMicros);
    }

    private int Lookup(long utcMicros)
    {
        var instant = Math.Clamp(utcMicros, MicrosMin, MicrosMax);
        return (int)zone.GetUtcOffset(DateTime.UnixEpoch.AddTicks(instant * TimeSpan.TicksPerMicrosecond)).TotalMinutes;
    }

    private static readonly long MicrosMin = (DateTime.MinValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
    private static readonly long MicrosMax = (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
