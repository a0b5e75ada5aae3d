using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.OData;

/// <summary>Which version of a dataset a request is bound to: the page token's, else that of <c>asof</c>, else the current one.</summary>
internal sealed class VersionChoice(ServedData served, AsOf versions)
{
    /// <summary>The version.</summary>
    /// <param name="current">The dataset as it is served now.</param>
    /// <param name="asOf">Value of <c>asof</c>; null when absent.</param>
    /// <param name="token">Page token; null on first pages.</param>
    /// <param name="restart">Address of the first page, for callers whose version is gone.</param>
    /// <exception cref="OpenDataException"><c>OD1215</c>, and those of <see cref="AsOf.Of"/>.</exception>
    public ServedDataset Of(ServedDataset current, string? asOf, PageToken? token, string restart)
        => token is null ? versions.Of(current, asOf) : Kept(current.Id, token.Version, restart);

    /// <summary>
    /// The versions that relations lead to: those of the page token; else with <c>asof</c> those that were current when the dataset's version was
    /// published or at the instant; else the current ones.
    /// </summary>
    /// <param name="state">The state of this request.</param>
    /// <param name="dataset">The dataset's version.</param>
    /// <param name="asOf">Value of <c>asof</c>; null when absent.</param>
    /// <param name="token">Page token; null on first pages.</param>
    /// <param name="restart">Address of the first page, for callers whose version is gone.</param>
    public RelatedVersions Related(ServedCatalog state, ServedDataset dataset, string? asOf, PageToken? token, string restart)
    {
        var moment = asOf is null ? null : MomentOf(dataset, asOf);
        return new RelatedVersions(state, current
            => token?.VersionOf(current.Id) is { } version
                ? Kept(current.Id, version, restart)
                : versions.Of(current, moment));
    }

    /// <summary>The version that was current at an instant or at the end of a day, the current one without; null when there was none yet.</summary>
    public ServedDataset? At(ServedDataset current, string? moment) => moment is null ? current : versions.At(current, moment);

    /// <summary>What <c>asof</c> means for other datasets: where it names a version, the instant at which that was published.</summary>
    public static string MomentOf(ServedDataset dataset, string asOf)
        => VersionName.IsValid(asOf) ? dataset.Manifest.PublishedAt.ToString("O", CultureInfo.InvariantCulture) : asOf;

    /// <summary>The version that a token names.</summary>
    /// <exception cref="OpenDataException"><c>OD1215</c>.</exception>
    public ServedDataset Kept(string dataset, string version, string restart)
    {
        try
        {
            return served.Require(dataset, version);
        }
        catch (OpenDataException gone) when (gone.Code == PortalErrors.CollectedVersion || gone.Code == PortalErrors.UnknownVersion)
        {
            throw Gone(restart, gone);
        }
    }

    /// <summary>410 with the address from which to start again.</summary>
    public static OpenDataException Gone(string restart, Exception? inner) => new(
        QueryErrors.VersionGone,
        new LocalText(
            "Phiên bản hoặc kết quả của lượt đọc này không còn được lưu, hoặc cấu trúc dữ liệu đã đổi. Hãy đọc lại từ trang đầu.",
            "The version or the result of this traversal is no longer kept, or the structure has changed. Start again from the first page."),
        suggestion: restart,
        inner: inner);
}
