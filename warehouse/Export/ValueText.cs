using System.Buffers.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Export;

/// <summary>
/// The one canonical text of every value, as UTF-8, without culture: what CSV, JSON and the content hash share.
/// Each method writes to the start of the span and gives the number of bytes. Benchmarked by <c>export-csv</c> and <c>export-json</c>.
/// </summary>
internal static class ValueText
{
    /// <summary>Free bytes that every method may rely on.</summary>
    public const int LengthMax = 64;

    /// <summary>Microseconds of a day.</summary>
    public const long MicrosPerDay = 86_400_000_000;

    private const int MinuteBytes = 8;
    private const double FastDoubleScale = 1e6;
    private const double FastDoubleMax = 1e9;

    public static int Integer(Span<byte> to, long value)
    {
        // Counts and ratings are small; the general way costs three times as much.
        if ((ulong)value < 10)
        {
            to[0] = (byte)('0' + (int)value);
            return 1;
        }

        if ((ulong)value < 100)
        {
            Pair(to, (int)value);
            return 2;
        }

        if ((ulong)value < 1000)
        {
            var hundreds = (int)value / 100;
            to[0] = (byte)('0' + hundreds);
            Pair(to[1..], (int)value - (hundreds * 100));
            return 3;
        }

        Utf8Formatter.TryFormat(value, to, out var length);
        return length;
    }

    /// <summary>All digits of the declared scale, trailing zeros included: 12.50 stays 12.50.</summary>
    public static int Decimal(Span<byte> to, Int128 unscaled, int scale)
    {
        if (unscaled >= long.MinValue + 1 && unscaled <= long.MaxValue)
        {
            return Decimal64(to, (long)unscaled, scale);
        }

        var at = 0;
        if (unscaled < 0)
        {
            to[at++] = (byte)'-';
        }

        var magnitude = unscaled < 0 ? (UInt128)(-unscaled) : (UInt128)unscaled;
        Span<byte> digits = stackalloc byte[40];
        var count = 0;
        while (magnitude > 0 || count <= scale)
        {
            digits[count++] = (byte)('0' + (int)(magnitude % 10));
            magnitude /= 10;
        }

        for (var i = count - 1; i >= 0; i--)
        {
            to[at++] = digits[i];
            if (i == scale && scale > 0)
            {
                to[at++] = (byte)'.';
            }
        }

        return at;
    }

    /// <summary>Shortest text that reads back to the same number; not-a-number and infinities as OData spells them.</summary>
    public static int Float(Span<byte> to, double value)
    {
        // Coordinates and money-like values have six digits at most: exact, and a third of the cost of the general way.
        if (Math.Abs(value) < FastDoubleMax && (value != 0 || !double.IsNegative(value)))
        {
            var scaled = Math.Round(value * FastDoubleScale);
            if (scaled / FastDoubleScale == value)
            {
                return ScaledDouble(to, (long)scaled);
            }
        }

        if (double.IsNaN(value))
        {
            "NaN"u8.CopyTo(to);
            return 3;
        }

        if (double.IsInfinity(value))
        {
            var text = value > 0 ? "INF"u8 : "-INF"u8;
            text.CopyTo(to);
            return text.Length;
        }

        value.TryFormat(to, out var length, "R", System.Globalization.CultureInfo.InvariantCulture);
        return length;
    }

    /// <summary><c>2025-07-01</c> from days since 1970-01-01.</summary>
    public static int Date(Span<byte> to, int days)
    {
        // Days to civil date in the proleptic Gregorian calendar, counted in eras of 400 years that begin on 1 March.
        var shifted = days + 719_468;
        var era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097;
        var dayOfEra = shifted - (era * 146_097);
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var monthFromMarch = ((5 * dayOfYear) + 2) / 153;
        var day = dayOfYear - (((153 * monthFromMarch) + 2) / 5) + 1;
        var month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        var year = yearOfEra + (era * 400) + (month <= 2 ? 1 : 0);

        if ((uint)year > 9999)
        {
            throw DayOutsideCalendar();
        }

        Pair(to, year / 100);
        Pair(to[2..], year % 100);
        to[4] = (byte)'-';
        Pair(to[5..], month);
        to[7] = (byte)'-';
        Pair(to[8..], day);
        return 10;
    }

    /// <summary><c>08:30:00</c>, with the fraction only when there is one.</summary>
    public static int Time(Span<byte> to, long micros)
    {
        var seconds = Math.DivRem(micros, 1_000_000, out var fraction);
        var minutes = (int)(seconds / 60);
        Minutes.AsSpan(minutes * MinuteBytes, MinuteBytes).CopyTo(to);
        Pair(to[6..], (int)seconds - (minutes * 60));
        return fraction == 0 ? 8 : 8 + Fraction(to[8..], (int)fraction);
    }

    /// <summary><c>2025-07-01T08:30:00+07:00</c> from microseconds since 1970-01-01 UTC.</summary>
    public static int Timestamp(Span<byte> to, long utcMicros, int offsetMinutes)
    {
        var local = utcMicros + (offsetMinutes * 60_000_000L);
        var start = StartOfDay(local);
        var at = Date(to, (int)(start / MicrosPerDay));
        to[at++] = (byte)'T';
        at += Time(to[at..], local - start);
        return at + Offset(to[at..], offsetMinutes);
    }

    /// <summary>The midnight at or before an instant, in the same count of microseconds.</summary>
    public static long StartOfDay(long localMicros)
    {
        var rest = localMicros % MicrosPerDay;
        return localMicros - (rest < 0 ? rest + MicrosPerDay : rest);
    }

    /// <summary><c>+07:00</c>, or <c>Z</c> for none.</summary>
    public static int Offset(Span<byte> to, int minutes)
    {
        if (minutes == 0)
        {
            to[0] = (byte)'Z';
            return 1;
        }

        to[0] = (byte)(minutes < 0 ? '-' : '+');
        Pair(to[1..], Math.Abs(minutes) / 60);
        to[3] = (byte)':';
        Pair(to[4..], Math.Abs(minutes) % 60);
        return 6;
    }

    /// <summary>ISO 8601 duration in days, hours, minutes and seconds, as OData's Edm.Duration.</summary>
    public static int Duration(Span<byte> to, long micros)
    {
        var at = 0;
        if (micros < 0)
        {
            to[at++] = (byte)'-';
        }

        var rest = micros < 0 ? (ulong)-(micros + 1) + 1 : (ulong)micros;
        to[at++] = (byte)'P';
        var days = rest / (ulong)MicrosPerDay;
        rest %= (ulong)MicrosPerDay;
        if (days > 0)
        {
            at += Integer(to[at..], (long)days);
            to[at++] = (byte)'D';
        }

        if (rest > 0 || days == 0)
        {
            to[at++] = (byte)'T';
            at += Part(to[at..], (long)(rest / 3_600_000_000), (byte)'H');
            at += Part(to[at..], (long)(rest / 60_000_000 % 60), (byte)'M');
            var seconds = (long)(rest / 1_000_000 % 60);
            var fraction = (int)(rest % 1_000_000);
            if (seconds > 0 || fraction > 0 || (days == 0 && rest == 0))
            {
                at += Integer(to[at..], seconds);
                at += Fraction(to[at..], fraction);
                to[at++] = (byte)'S';
            }
        }

        return at;
    }

    public static int Uuid(Span<byte> to, Guid value)
    {
        Utf8Formatter.TryFormat(value, to, out var length, 'D');
        return length;
    }

    public static int Boolean(Span<byte> to, bool value)
    {
        var text = value ? "true"u8 : "false"u8;
        text.CopyTo(to);
        return text.Length;
    }

    private static int Decimal64(Span<byte> to, long unscaled, int scale)
    {
        if (scale == 0)
        {
            return Integer(to, unscaled);
        }

        var at = 0;
        var magnitude = (ulong)Math.Abs(unscaled);
        if (unscaled < 0)
        {
            to[at++] = (byte)'-';
        }

        // All digits first, then a gap for the point: cheaper than a division by a power that is not known beforehand.
        Utf8Formatter.TryFormat(magnitude, to[at..], out var digits);
        var whole = digits - scale;
        if (whole > 0)
        {
            var point = at + whole;
            to.Slice(point, scale).CopyTo(to[(point + 1)..]);
            to[point] = (byte)'.';
            return point + 1 + scale;
        }

        return at + Wide(to[at..], magnitude, scale);
    }

    private static int Wide(Span<byte> to, ulong magnitude, int scale)
    {
        "0."u8.CopyTo(to);
        DigitsLong(to[2..], magnitude, scale);
        return 2 + scale;
    }

    private static int ScaledDouble(Span<byte> to, long scaled)
    {
        var at = 0;
        if (scaled < 0)
        {
            to[at++] = (byte)'-';
            scaled = -scaled;
        }

        at += Integer(to[at..], scaled / 1_000_000);
        return at + Fraction(to[at..], (int)(scaled % 1_000_000));
    }

    private static int Part(Span<byte> to, long value, byte unit)
    {
        if (value == 0)
        {
            return 0;
        }

        var length = Integer(to, value);
        to[length] = unit;
        return length + 1;
    }

    /// <summary>A point and the six digits less trailing zeros; nothing for zero.</summary>
    private static int Fraction(Span<byte> to, int millionths)
    {
        if (millionths == 0)
        {
            return 0;
        }

        to[0] = (byte)'.';
        Pair(to[1..], millionths / 10_000);
        Pair(to[3..], millionths / 100 % 100);
        Pair(to[5..], millionths % 100);
        var length = 7;
        while (to[length - 1] == (byte)'0')
        {
            length--;
        }

        return length;
    }

    private static void Pair(Span<byte> to, int value)
    {
        // Two digits at a time from a table: half the divisions, one move.
        Pairs.Slice(value * 2, 2).CopyTo(to);
    }

    private static void DigitsLong(Span<byte> to, ulong value, int width)
    {
        for (var i = width - 1; i >= 0; i--)
        {
            (value, var digit) = Math.DivRem(value, 10);
            to[i] = (byte)('0' + digit);
        }
    }

    // "08:30:" of every minute of a day, 24:00 included, each in eight bytes.
    private static readonly byte[] Minutes = MinuteTexts();

    private static byte[] MinuteTexts()
    {
        var texts = new byte[((24 * 60) + 1) * MinuteBytes];
        for (var minute = 0; minute <= 24 * 60; minute++)
        {
            var text = texts.AsSpan(minute * MinuteBytes, MinuteBytes);
            Pair(text, minute / 60);
            text[2] = (byte)':';
            Pair(text[3..], minute % 60);
            text[5] = (byte)':';
        }

        return texts;
    }

    private static ReadOnlySpan<byte> Pairs =>
        "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

    private static OpenDataException DayOutsideCalendar() => new(ExportErrors.DayOutsideCalendar, new LocalText(
        "Một ngày nằm trước năm 0 hoặc sau năm 9999.", "A day lies before year 0 or after year 9999."));
}
