using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.OData;

/// <summary>Which version of a dataset a request is bound to: the page token's, else that of <c>asof</c>, else the current one.</summary>
internal sealed class VersionChoice(ServedData served)
{
    private static readonly string[] InstantFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK",
    ];

    /// <summary>The version.</summary>
    /// <param name="current">The dataset as it is served now.</param>
    /// <param name="asOf">Value of <c>asof</c>: a version's name, an instant or a day; null when absent.</param>
    /// <param name="token">Page token; null on first pages.</param>
    /// <param name="restart">Address of the first page, for callers whose version is gone.</param>
    /// <exception cref="OpenDataException"><c>OD1207</c>, <c>OD1215</c>, <c>OD1219</c>, <c>OD9031</c>, <c>OD9032</c>.</exception>
    public ServedDataset Of(ServedDataset current, string? asOf, PageToken? token, string restart)
    {
        if (token is not null)
        {
            return OfToken(current, token, restart);
        }

        return asOf is null ? current : served.Require(current.Id, VersionName.IsValid(asOf) ? asOf : At(current, asOf));
    }

    private ServedDataset OfToken(ServedDataset current, PageToken token, string restart)
    {
        try
        {
            return served.Require(current.Id, token.Version);
        }
        catch (OpenDataException gone) when (gone.Code == PortalErrors.CollectedVersion || gone.Code == PortalErrors.UnknownVersion)
        {
            throw new OpenDataException(
                QueryErrors.VersionGone,
                new LocalText(
                    "Phiên bản của lượt đọc này không còn được lưu. Hãy đọc lại từ trang đầu.",
                    "The version of this traversal is no longer kept. Start again from the first page."),
                suggestion: restart,
                inner: gone);
        }
    }

    private string At(ServedDataset current, string asOf)
    {
        var instant = Instant(current, asOf);
        return served.Versions(current).FirstOrDefault(v => v.Manifest.PublishedAt <= instant)?.Version
            ?? throw new OpenDataException(
                QueryErrors.UnknownVersion,
                new LocalText("Lúc đó bộ dữ liệu chưa có phiên bản nào.", "At that time the dataset had no version yet."));
    }

    private static DateTimeOffset Instant(ServedDataset current, string asOf)
    {
        // A form decoder turns the plus of an offset into a space.
        var text = asOf.Replace(' ', '+');
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            // A day means its end in the dataset's zone: the state that people saw that evening.
            var midnight = day.AddDays(day == DateOnly.MaxValue ? 0 : 1).ToDateTime(TimeOnly.MinValue);
            var zone = TimeZoneInfo.FindSystemTimeZoneById(current.Contract.TimeZone);
            return new DateTimeOffset(Math.Max(0, midnight.Ticks - zone.GetUtcOffset(midnight).Ticks - 1), TimeSpan.Zero);
        }

        var hasZone = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-');
        return hasZone && DateTimeOffset.TryParseExact(text, InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant
            : throw new OpenDataException(
                QueryErrors.MalformedOption,
                new LocalText(
                    "asof nhận tên phiên bản, ngày, hoặc mốc thời gian có độ lệch.",
                    "asof takes a version's name, a day, or an instant with its offset."),
                suggestion: "asof=2025-07-01T08:30:00%2B07:00");
    }
}
