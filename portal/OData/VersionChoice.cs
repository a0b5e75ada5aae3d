using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;
using OpenData.Portal.Serving;
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
        => token is null ? versions.Of(current, asOf) : OfToken(current, token, restart);

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
}
