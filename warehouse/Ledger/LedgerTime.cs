using System.Globalization;

namespace OpenData.Warehouse.Ledger;

/// <summary>Instants as UTC text of one width with microseconds, so that text order is time order in every database.</summary>
internal static class LedgerTime
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>For example <c>2026-11-22T02:30:15.123456Z</c>.</summary>
    internal static string ToText(DateTimeOffset instant) => instant.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>The instant of a text that <see cref="ToText"/> made.</summary>
    internal static DateTimeOffset FromText(string text)
        => DateTimeOffset.ParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>The instant, or null for null.</summary>
    internal static DateTimeOffset? FromTextOrNull(string? text) => text is null ? null : FromText(text);
}
