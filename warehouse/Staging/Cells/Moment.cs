using System.Globalization;
using System.Runtime.InteropServices;

namespace OpenData.Warehouse.Staging;

/// <summary>A local date and time as read, before any zone is applied.</summary>
/// <param name="Day">Days since 1970-01-01.</param>
/// <param name="Micros">Microseconds since midnight.</param>
/// <param name="OffsetMinutes">The offset written with it; null when none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Moment(int Day, long Micros, int? OffsetMinutes)
{
    public const long MicrosPerDay = 86_400_000_000;

    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>Microseconds since 1970-01-01 00:00 of the local clock.</summary>
    public long LocalMicros => (Day * MicrosPerDay) + Micros;

    /// <summary>Checks calendar and clock; the year is 1 to 9999, an hour 24 or a second 60 is refused.</summary>
    public static bool TryMake(
        int year, int month, int day, int hour, int minute, int second, int micros, int? offsetMinutes, out Moment moment)
    {
        moment = default;
        if ((uint)(year - 1) > 9998 || (uint)(month - 1) > 11 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || (uint)hour > 23 || (uint)minute > 59 || (uint)second > 59)
        {
            return false;
        }

        var time = (((((hour * 60L) + minute) * 60) + second) * 1_000_000) + micros;
        moment = new Moment(new DateOnly(year, month, day).DayNumber - Epoch, time, offsetMinutes);
        return true;
    }

    /// <summary>Reads <c>yyyy-MM-dd</c>.</summary>
    public static bool TryReadIsoDate(ReadOnlySpan<byte> text, out Moment moment)
    {
        moment = default;
        return text.Length == 10 && text[4] == '-' && text[7] == '-'
            && Digits(text[..4], out var year) && Digits(text[5..7], out var month) && Digits(text[8..], out var day)
            && TryMake(year, month, day, 0, 0, 0, 0, null, out moment);
    }

    /// <summary>Reads <c>HH:mm[:ss[.f…]]</c>; fraction digits beyond the sixth must be zeros.</summary>
    public static bool TryReadIsoTime(ReadOnlySpan<byte> text, out Moment moment)
    {
        var i = 0;
        moment = default;
        return TryClock(text, ref i, out var hour, out var minute, out var second, out var micros) && i == text.Length
            && TryMake(1970, 1, 1, hour, minute, second, micros, null, out moment);
    }

    /// <summary>Reads <c>yyyy-MM-dd('T'| )HH:mm[:ss[.f…]][Z|±HH:mm]</c>.</summary>
    public static bool TryReadIso(ReadOnlySpan<byte> text, out Moment moment)
    {
        moment = default;
        if (text.Length < 16 || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || !TryReadIsoDate(text[..10], out var date))
        {
            return false;
        }

        var i = 11;
        if (!TryClock(text, ref i, out var hour, out var minute, out var second, out var micros)
            || (uint)hour > 23 || (uint)minute > 59 || (uint)second > 59)
        {
            return false;
        }

        int? offset = null;
        if (i < text.Length && !TryReadOffset(text, ref i, out offset))
        {
            return false;
        }

        moment = new Moment(date.Day, (((((hour * 60L) + minute) * 60) + second) * 1_000_000) + micros, offset);
        return i == text.Length;
    }

    /// <summary>Reads <c>Z</c>, <c>±HH:mm</c>, <c>±HHmm</c> or <c>±HH</c>, to ±14:00.</summary>
    public static bool TryReadOffset(ReadOnlySpan<byte> text, ref int i, out int? minutes)
    {
        minutes = null;
        if (i >= text.Length)
        {
            return false;
        }

        if (text[i] is (byte)'Z' or (byte)'z')
        {
            i++;
            minutes = 0;
            return true;
        }

        if (text[i] is not ((byte)'+' or (byte)'-') || i + 3 > text.Length || !Digits(text.Slice(i + 1, 2), out var hours))
        {
            return false;
        }

        var sign = text[i] == '-' ? -1 : 1;
        i += 3;
        var rest = 0;
        var colon = i < text.Length && text[i] == ':' ? 1 : 0;
        if (i + colon + 2 <= text.Length && Digits(text.Slice(i + colon, 2), out rest))
        {
            i += colon + 2;
        }
        else if (colon == 1)
        {
            return false;
        }

        minutes = sign * ((hours * 60) + rest);
        return rest < 60 && Math.Abs(minutes.Value) <= 14 * 60;
    }

    /// <summary>For messages and tests.</summary>
    public override string ToString()
        => DateOnly.FromDayNumber(Day + Epoch).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static bool TryClock(ReadOnlySpan<byte> text, ref int i, out int hour, out int minute, out int second, out int micros)
    {
        hour = minute = second = micros = 0;
        if (text.Length < i + 5 || text[i + 2] != ':' || !Digits(text.Slice(i, 2), out hour) || !Digits(text.Slice(i + 3, 2), out minute))
        {
            return false;
        }

        i += 5;
        if (i >= text.Length || text[i] != ':')
        {
            return true;
        }

        if (text.Length < i + 3 || !Digits(text.Slice(i + 1, 2), out second))
        {
            return false;
        }

        i += 3;
        if (i >= text.Length || text[i] != '.')
        {
            return true;
        }

        var start = ++i;
        for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++)
        {
            if (i - start < 6)
            {
                micros = (micros * 10) + (text[i] - '0');
            }
            else if (text[i] != '0')
            {
                // Finer than a microsecond cannot be kept, and is never rounded.
                return false;
            }
        }

        for (var digits = i - start; digits < 6; digits++)
        {
            micros *= 10;
        }

        return i > start;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var b in text)
        {
            var digit = (uint)(b - '0');
            if (digit > 9)
            {
                return false;
            }

            value = (value * 10) + (int)digit;
        }

        return true;
    }
}
