using Microsoft.Net.Http.Headers;
using OpenData.Catalogs;
using OpenData.Warehouse.Export;

namespace OpenData.Portal.Downloads;

/// <summary>Formats by media types that callers accept.</summary>
internal static class AcceptedFormat
{
    private static readonly string[] Pages = ["text/html", "application/xhtml+xml"];

    /// <summary>The format of a media range: JSON where anything goes, else the first that it covers, or null.</summary>
    public static DistributionFormat? Of(MediaTypeHeaderValue range)
        => range.MatchesAllTypes || range.MediaType.Equals("application/*", StringComparison.OrdinalIgnoreCase)
            ? DistributionFormat.Json
            : DistributionFormat.All.FirstOrDefault(f => MediaTypeHeaderValue.Parse(f.MediaType).MediaType.Equals(range.MediaType, StringComparison.OrdinalIgnoreCase))
                ?? (range.MediaType.Equals("text/*", StringComparison.OrdinalIgnoreCase) ? DistributionFormat.Csv : null);

    /// <summary>The form of the whole table that a caller prefers to a page; null where a page will do.</summary>
    public static DownloadForm? InsteadOfPage(HttpRequest request, DatasetContract contract)
    {
        var offered = DownloadForm.Offered(contract);
        foreach (var range in request.GetTypedHeaders().Accept.Where(t => (t.Quality ?? 1) > 0).OrderByDescending(t => t.Quality ?? 1))
        {
            if (range.MatchesAllSubTypes || Pages.Contains(range.MediaType.ToString(), StringComparer.OrdinalIgnoreCase))
            {
                return null;
            }

            if (Of(range) is { } format && offered.FirstOrDefault(f => f.Format == format) is { } form)
            {
                return form;
            }
        }

        return null;
    }
}
