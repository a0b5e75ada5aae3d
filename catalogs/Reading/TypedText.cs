using System.Globalization;

namespace OpenData.Catalogs.Reading;

/// <summary>Reads the values that contracts write for a column: bounds and listed values.</summary>
internal static class TypedText
{
    /// <summary>The value in a form that orders, or null when the text is none of the type.</summary>
    public static IComparable? Parse(string text, ColumnType type)
    {
        var culture = CultureInfo.InvariantCulture;
        switch (type.Kind)
        {
            case ColumnKind.Integer:
                return long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var whole) ? whole : null;
            case ColumnKind.Decimal:
                return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, culture, out var exact) ? exact : null;
            case ColumnKind.Float:
                return double.TryParse(text, NumberStyles.Float, culture, out var number) && double.IsFinite(number) ? number : null;
            case ColumnKind.Date:
                return DateOnly.TryParseExact(text, "yyyy-MM-dd", culture, DateTimeStyles.None, out var day) ? day : null;
            case ColumnKind.Time:
                return TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFF"], culture, DateTimeStyles.None, out var time)
                    ? time
                    : null;
            case ColumnKind.Timestamp:
                return DateTimeOffset.TryParseExact(
                    text, ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK"], culture, DateTimeStyles.AssumeUniversal, out var instant)
                    ? instant
                    : null;
            case ColumnKind.Duration:
                return DurationText.TryParse(text, out var duration) ? duration : null;
            default:
                return null;
        }
    }

    /// <summary>How a value of the type is written, for sentences.</summary>
    public static string Example(ColumnKind kind) => kind switch
    {
        ColumnKind.Integer => "a whole number",
        ColumnKind.Decimal or ColumnKind.Float => "a number with a point",
        ColumnKind.Date => "a day as yyyy-MM-dd",
        ColumnKind.Time => "a time as HH:mm:ss",
        ColumnKind.Timestamp => "an instant as 2025-07-01T08:30:00+07:00",
        ColumnKind.Duration => "an ISO 8601 duration as PT36H",
        _ => "a value of the type",
    };
}
