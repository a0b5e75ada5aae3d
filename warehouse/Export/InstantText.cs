namespace OpenData.Warehouse.Export;

/// <summary>
/// Writes instants of one zone as <see cref="ValueText.Timestamp"/> does, and remembers the letters of days and of the offset: most columns
/// of time stay within some hundred days, so a day is put into letters once and not per row. Not thread-safe.
/// </summary>
internal sealed class InstantText(TimeZoneInfo zone)
{
    private const int Slots = 512;
    private const int SlotBytes = 16;
    private const int DateBytes = 10;
    private const int OffsetBytesMax = 8;

    private readonly ZoneOffsets _offsets = new(zone);
    private readonly long[] _days = [.. Enumerable.Repeat(long.MinValue, Slots)];
    private readonly byte[] _dates = new byte[Slots * SlotBytes];
    private readonly byte[] _offset = new byte[OffsetBytesMax];
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

        var slot = (int)day & (Slots - 1);
        if (_days[slot] != day)
        {
            RememberDay(slot, day);
        }

        if (_offsetMinutes != minutes)
        {
            RememberOffset(minutes);
        }

        // Whole slots are copied: a move of known length costs a fraction of one that is not.
        _dates.AsSpan(slot * SlotBytes, SlotBytes).CopyTo(to);
        var at = DateBytes + 1 + ValueText.Time(to[(DateBytes + 1)..], ofDay);
        _offset.AsSpan(0, OffsetBytesMax).CopyTo(to[at..]);
        return at + _offsetLength;
    }

    private void RememberDay(int slot, long day)
    {
        var text = _dates.AsSpan(slot * SlotBytes, SlotBytes);
        ValueText.Date(text, (int)day);
        text[DateBytes] = (byte)'T';
        _days[slot] = day;
    }

    private void RememberOffset(int minutes)
    {
        _offsetLength = ValueText.Offset(_offset, minutes);
        _offsetMinutes = minutes;
    }
}
