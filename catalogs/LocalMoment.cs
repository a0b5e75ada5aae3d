using System.Globalization;

namespace OpenData.Catalogs;

/// <summary>Moments as people write them: <c>2026-12-01T08:00</c> in a zone, or with an offset of their own (<c>+07:00</c>, <c>Z</c>).</summary>
public static class LocalMoment
{
    private static readonly string[] Local = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];
    private static readonly string[] WithOffset = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK"];

    /// <summary>The moment; null when the text is none, or names an hour that the zone's clocks skip.</summary>
    /// <param name="text">The text.</param>
    /// <param name="zone">Zone of a text without an offset; of an hour that comes twice, the first.</param>
    public static DateTimeOffset? Parse(string text, TimeZoneInfo zone)
    {
        if (DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
            return zone.IsInvalidTime(local) || IsOutside(local, offset) ? null : new DateTimeOffset(local, offset).ToUniversalTime();
        }

        return DateTimeOffset.TryParseExact(text, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.ToUniversalTime()
            : null;
    }

    // The first and last hours of the calendar have no instant in every zone.
    private static bool IsOutside(DateTime local, TimeSpan offset)
        => local.Ticks - offset.Ticks < DateTime.MinValue.Ticks || local.Ticks - offset.Ticks > DateTime.MaxValue.Ticks;
}
