using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.Serving;

/// <summary>What <c>asof</c> means on every path: a version by its name, or the one that was current at an instant or at the end of a day.</summary>
internal sealed class AsOf(ServedData served)
{
    private static readonly string[] InstantFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK",
    ];

    /// <summary>The version.</summary>
    /// <param name="current">The dataset as it is served now.</param>
    /// <param name="asOf">A version's name, an instant with its offset, or a day in the dataset's zone; null means now.</param>
    /// <exception cref="OpenDataException">
    /// <c>OD1207</c> for a value that is none of these, <c>OD1219</c> when the dataset had no version then, <c>OD9031</c> for a name it never
    /// had, <c>OD9032</c> when the version is no longer kept.
    /// </exception>
    public ServedDataset Of(ServedDataset current, string? asOf)
        => asOf is null
            ? current
            : VersionName.IsValid(asOf) ? served.Require(current.Id, asOf) : At(current, asOf) ?? throw new OpenDataException(
                QueryErrors.UnknownVersion,
                new LocalText("Lúc đó bộ dữ liệu chưa có phiên bản nào.", "At that time the dataset had no version yet."));

    /// <summary>The version that was current then; null when the dataset had none yet.</summary>
    /// <param name="current">The dataset as it is served now.</param>
    /// <param name="moment">An instant with its offset, or a day in the dataset's zone.</param>
    public ServedDataset? At(ServedDataset current, string moment)
    {
        var instant = Instant(moment, current.Contract.TimeZone);
        return current.Manifest.PublishedAt <= instant
            ? current
            : served.Versions(current).FirstOrDefault(v => v.Manifest.PublishedAt <= instant)?.Version is { } version ? served.Require(current.Id, version) : null;
    }

    /// <summary>The last moment that the text means.</summary>
    private static DateTimeOffset Instant(string asOf, string timeZone)
    {
        // A form decoder turns the plus of an offset into a space.
        var text = asOf.Replace(' ', '+');
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            // A day means its end in the dataset's zone: the state that people saw that evening.
            var midnight = day.AddDays(day == DateOnly.MaxValue ? 0 : 1).ToDateTime(TimeOnly.MinValue);
            var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
            return new DateTimeOffset(Math.Max(0, midnight.Ticks - zone.GetUtcOffset(midnight).Ticks - 1), TimeSpan.Zero);
        }

        var hasZone = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-');
        return hasZone && DateTimeOffset.TryParseExact(text, InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant
            : throw new OpenDataException(
                QueryErrors.MalformedOption,
                new LocalText(
                    "Cần tên phiên bản, ngày, hoặc mốc thời gian có độ lệch.",
                    "This takes a version's name, a day, or an instant with its offset."),
                suggestion: "2025-07-01T08:30:00%2B07:00");
    }
}
