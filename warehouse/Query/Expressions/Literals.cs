using System.Globalization;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>Tokens of literals → constants. Nothing is rounded: what does not fit its type is refused.</summary>
internal static class Literals
{
    private const long MicrosPerSecond = 1_000_000;
    private const int ExponentMax = 9_999;
    private const long DurationPartMax = 1_000_000_000_000;

    /// <summary>The constant of a literal token; <paramref name="negative"/> when a minus stands right before its number.</summary>
    public static BoundExpression.Constant Of(Token token, bool negative) => token.Kind switch
    {
        TokenKind.Number => Number(token, negative),
        TokenKind.Text or TokenKind.JsonText => Make(ValueKind.Text, token.Text),
        TokenKind.Guid => Make(ValueKind.Guid, Guid.Parse(token.Text, CultureInfo.InvariantCulture)),
        TokenKind.Date => Make(ValueKind.Date, Day(token, token.Text, negative)),
        TokenKind.TimeOfDay => Make(ValueKind.TimeOfDay, TimeMicros(token, token.Text)),
        TokenKind.DateTimeOffset => Make(ValueKind.Instant, Instant(token, negative)),
        _ => Prefixed(token),
    };

    /// <summary>The constants that are written as words, or null.</summary>
    public static BoundExpression.Constant? OfWord(string word) => word switch
    {
        "INF" => Make(ValueKind.Double, double.PositiveInfinity),
        "NaN" => Make(ValueKind.Double, double.NaN),
        _ when word.Equals("true", StringComparison.OrdinalIgnoreCase) => Make(ValueKind.Boolean, true),
        _ when word.Equals("false", StringComparison.OrdinalIgnoreCase) => Make(ValueKind.Boolean, false),
        _ when word.Equals("null", StringComparison.OrdinalIgnoreCase) => BoundExpression.Null,
        _ => null,
    };

    /// <summary>Microseconds of an ISO 8601 day-time duration such as <c>P1DT2H30M</c>; null when it is not one.</summary>
    public static long? DurationMicros(string text)
    {
        var rest = text.AsSpan();
        var negative = rest is ['-', ..];
        rest = negative ? rest[1..] : rest;
        if (rest is not ['P', ..])
        {
            return null;
        }

        rest = rest[1..];
        decimal micros = 0;
        var parts = 0;
        if (!Part(ref rest, 'D', 86_400, fraction: false, ref micros, ref parts))
        {
            return null;
        }

        if (rest is ['T', ..])
        {
            rest = rest[1..];
            var before = parts;
            if (!Part(ref rest, 'H', 3_600, fraction: false, ref micros, ref parts)
                || !Part(ref rest, 'M', 60, fraction: false, ref micros, ref parts)
                || !Part(ref rest, 'S', 1, fraction: true, ref micros, ref parts)
                || parts == before)
            {
                return null;
            }
        }

        if (!rest.IsEmpty || parts == 0 || micros > long.MaxValue || micros != decimal.Truncate(micros))
        {
            return null;
        }

        return negative ? -(long)micros : (long)micros;
    }

    private static bool Part(ref ReadOnlySpan<char> rest, char unit, int seconds, bool fraction, ref decimal micros, ref int parts)
    {
        var end = 0;
        while (end < rest.Length && (char.IsAsciiDigit(rest[end]) || (fraction && rest[end] == '.')))
        {
            end++;
        }

        if (end == 0 || end == rest.Length || rest[end] != unit)
        {
            return true;
        }

        if (!decimal.TryParse(rest[..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number >= DurationPartMax
            || rest[end - 1] == '.' || rest[0] == '.')
        {
            return false;
        }

        micros += number * seconds * MicrosPerSecond;
        parts++;
        rest = rest[(end + 1)..];
        return true;
    }

    private static BoundExpression.Constant Number(Token token, bool negative)
    {
        var text = token.Text.AsSpan().TrimStart('+');
        var e = text.IndexOfAny('e', 'E');
        var digits = e < 0 ? text : text[..e];
        var exponent = 0;
        if (e >= 0 && (!int.TryParse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
            || Math.Abs(exponent) > ExponentMax))
        {
            throw Range(token, "The exponent is out of range.", "Số mũ ngoài phạm vi.");
        }

        var exact = ExactNumber.Of(digits, exponent);
        if (exact is { } number)
        {
            number = negative ? number.Negated : number;
            return e < 0 && !digits.Contains('.') && number.Unscaled >= long.MinValue && number.Unscaled <= long.MaxValue
                ? Make(ValueKind.Integer, (long)number.Unscaled)
                : new BoundExpression.Constant(new ExpressionType(ValueKind.Decimal, number.Precision, number.Scale), number);
        }

        if (e < 0)
        {
            throw Range(token, "A number may have 38 digits.", "Một số có tối đa 38 chữ số.");
        }

        var value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsInfinity(value)
            ? throw Range(token, "The number is too large.", "Số quá lớn.")
            : Make(ValueKind.Double, negative ? -value : value);
    }

    private static DateOnly Day(Token token, string text, bool negative)
        => !negative && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw Range(
                token,
                "Dates go from 0001-01-01 to 9999-12-31 and must exist in the calendar.",
                "Ngày phải có thật, từ 0001-01-01 đến 9999-12-31.");

    private static long TimeMicros(Token token, string text)
    {
        var hours = int.Parse(text.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture);
        var minutes = int.Parse(text.AsSpan(3, 2), NumberStyles.None, CultureInfo.InvariantCulture);
        var seconds = text.Length > 5 ? int.Parse(text.AsSpan(6, 2), NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        var fraction = text.Length > 9 ? text[9..].TrimEnd('0') : "";
        if (hours > 23 || minutes > 59 || seconds > 59)
        {
            throw Range(token, "A time goes from 00:00:00 to 23:59:59.999999.", "Giờ từ 00:00:00 đến 23:59:59.999999.");
        }

        if (fraction.Length > 6)
        {
            throw Range(token, "Times have microseconds, six digits.", "Thời gian chính xác đến micrô giây, sáu chữ số.");
        }

        var micros = fraction.Length == 0 ? 0 : int.Parse(fraction.PadRight(6, '0'), NumberStyles.None, CultureInfo.InvariantCulture);
        return (((((hours * 60L) + minutes) * 60) + seconds) * MicrosPerSecond) + micros;
    }

    private static DateTime Instant(Token token, bool negative)
    {
        var text = token.Text;
        var t = text.IndexOfAny(['T', 't']);
        var day = Day(token, text[..t], negative);
        var utc = text[^1] is 'Z' or 'z';
        var time = text[(t + 1)..^(utc ? 1 : 6)];
        var micros = TimeMicros(token, time);
        var offset = TimeSpan.Zero;
        if (!utc)
        {
            var hours = int.Parse(text.AsSpan(text.Length - 5, 2), NumberStyles.None, CultureInfo.InvariantCulture);
            var minutes = int.Parse(text.AsSpan(text.Length - 2, 2), NumberStyles.None, CultureInfo.InvariantCulture);
            if (hours > 14 || minutes > 59)
            {
                throw Range(token, "Offsets go from -14:00 to +14:00.", "Độ lệch từ -14:00 đến +14:00.");
            }

            offset = new TimeSpan(hours, minutes, 0);
            offset = text[^6] == '-' ? -offset : offset;
        }

        var ticks = day.ToDateTime(TimeOnly.MinValue).Ticks + (micros * TimeSpan.TicksPerMicrosecond) - offset.Ticks;
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks
            ? throw Range(token, "The instant lies outside the years 1 to 9999.", "Mốc thời gian nằm ngoài các năm 1 đến 9999.")
            : new DateTime(ticks, DateTimeKind.Utc);
    }

    private static BoundExpression.Constant Prefixed(Token token)
    {
        if (token.Prefix.Equals("duration", StringComparison.OrdinalIgnoreCase))
        {
            return Make(ValueKind.Duration, DurationMicros(token.Text) ?? throw Range(
                token,
                "A duration is written like duration'P1DT2H30M', in microseconds at the finest.",
                "Khoảng thời gian viết như duration'P1DT2H30M', chi tiết nhất đến micrô giây."));
        }

        if (token.Prefix.Equals("geography", StringComparison.OrdinalIgnoreCase))
        {
            return Make(ValueKind.Point, Point(token));
        }

        throw QueryErrors.At(
            QueryErrors.NotSupported,
            token.Position,
            $"Literals of the form {token.Prefix}'…' are not supported.",
            $"Chưa hỗ trợ giá trị dạng {token.Prefix}'…'.");
    }

    private static GeoPoint Point(Token token)
    {
        var text = token.Text;
        const string srid = "SRID=4326;";
        text = text.StartsWith(srid, StringComparison.OrdinalIgnoreCase) ? text[srid.Length..] : text;
        const string head = "Point(";
        var parts = text.StartsWith(head, StringComparison.OrdinalIgnoreCase) && text[^1] == ')'
            ? text[head.Length..^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : [];
        if (parts.Length == 2
            && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude)
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude)
            && Math.Abs(longitude) <= 180
            && Math.Abs(latitude) <= 90)
        {
            return new GeoPoint(longitude, latitude);
        }

        throw QueryErrors.At(
            QueryErrors.NotSupported,
            token.Position,
            "Of the geography literals only points of SRID 4326 are supported.",
            "Chỉ hỗ trợ điểm địa lý hệ SRID 4326.",
            "geography'SRID=4326;Point(105.84 21.59)'");
    }

    private static BoundExpression.Constant Make(ValueKind kind, object value) => new(new ExpressionType(kind), value);

    private static OpenDataException Range(Token token, string en, string vi)
        => QueryErrors.At(QueryErrors.LiteralOutOfRange, token.Position, en, vi);
}
