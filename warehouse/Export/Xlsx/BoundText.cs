using System.Globalization;
using System.Xml;

namespace OpenData.Warehouse.Export;

/// <summary>Reads the bounds of a <see cref="ColumnRange"/>; null for what the type of .NET does not hold, such as a day before year 1.</summary>
internal static class BoundText
{
    public static long? Integer(string? text)
        => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    public static decimal? Decimal(string? text)
        => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;

    public static DateOnly? Date(string? text)
        => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : null;

    public static TimeOnly? Time(string? text)
        => TimeOnly.TryParseExact(text, "HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : null;

    /// <summary>Microseconds since 1970 UTC.</summary>
    public static long? Instant(string? text)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value)
            ? (value.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond
            : null;

    /// <summary>Microseconds, which a profile says as a number and everyone else as ISO 8601.</summary>
    public static long? Duration(string? text)
    {
        if (text is null || Integer(text) is { } micros)
        {
            return Integer(text);
        }

        try
        {
            return XmlConvert.ToTimeSpan(text).Ticks / TimeSpan.TicksPerMicrosecond;
        }
        catch (Exception failure) when (failure is FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Whether a bound of a time, an instant or a duration has a part of a second.</summary>
    public static bool HasFraction(string? text)
        => text is not null && (text.Contains('.', StringComparison.Ordinal) || (Integer(text) is { } micros && micros % 1_000_000 != 0));
}
