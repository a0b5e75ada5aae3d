namespace OpenData.Warehouse.Export;

/// <summary>
/// Writes instants of one zone as <see cref="ValueText.Timestamp"/> does, and remembers the letters of days and of the offset: most columns
/// of time stay within some hundred days, so a day is put into letters once and not per row. A short answer remembers nothing: making room for
/// it would cost more than its rows. Not thread-safe.
/// </summary>
/// <param name="zoneId">IANA name of the zone.</param>
internal sealed class InstantText(string zoneId)
{
    private const int FewValues = 64;
    private const int Slots = 512;
    private const int SlotBytes = 16;
    private const int DateBytes = 10;
    private const int OffsetBytesMax = 8;

    private readonly ZoneOffsets _offsets = ZoneOffsets.Of(zoneId);
    private readonly byte[] _offset = new byte[OffsetBytesMax];
    private long[] _days = [];
    private byte[] _dates = [];
    private int _values;
    private int _offsetMinutes = int.MinValue;
    private int _offsetLength;

    /// <summary>For example <c>2025-07-01T08:30:00+07:00</c>; gives the number of bytes.</summary>
    public int Write(Span<byte> to, long utcMicros)
    {
        var minutes = _offsets.MinutesAt(utcMicros);
        var day = Math.DivRem(utcMicros + (minutes * 60_000_000L), ValueText.MicrosPerDay, out var ofDay);
        if (ofDay < 0)
        {
            day--;
            ofDay += ValueText.MicrosPerDay;
        }

        if (_offsetMinutes != minutes)
        {
            RememberOffset(minutes);
        }

        if (_days.Length == 0)
        {
            Day(to, day);
            CountValue();
        }
        else
        {
            var slot = (int)day & (Slots - 1);
            if (_days[slot] != day)
            {
                Day(_dates.AsSpan(slot * SlotBytes, SlotBytes), day);
                _days[slot] = day;
            }

            // Whole slots are copied: a move of known length costs a fraction of one that is not.
            _dates.AsSpan(slot * SlotBytes, SlotBytes).CopyTo(to);
        }

        var at = DateBytes + 1 + ValueText.Time(to[(DateBytes + 1)..], ofDay);
        _offset.AsSpan(0, OffsetBytesMax).CopyTo(to[at..]);
        return at + _offsetLength;
    }

    private static void Day(Span<byte> to, long day)
    {
        ValueText.Date(to, (int)day);
        to[DateBytes] = (byte)'T';
    }

    private void CountValue()
    {
        if (++_values == FewValues)
        {
            _days = new long[Slots];
            _days.AsSpan().Fill(long.MinValue);
            _dates = new byte[Slots * SlotBytes];
        }
    }

    private void RememberOffset(int minutes)
    {
        _offsetLength = ValueText.Offset(_offset, minutes);
        _offsetMinutes = minutes;
    }
}
