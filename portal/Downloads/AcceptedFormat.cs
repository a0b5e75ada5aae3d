using Microsoft.Net.Http.Headers;
using OpenData.Warehouse.Export;

namespace OpenData.Portal.Downloads;

/// <summary>Formats by media types that callers accept.</summary>
internal static class AcceptedFormat
{
    /// <summary>The format of a media range: JSON where anything goes, else the first that it covers, or null.</summary>
    public static DistributionFormat? Of(MediaTypeHeaderValue range)
        => range.MatchesAllTypes || range.MediaType.Equals("application/*", StringComparison.OrdinalIgnoreCase)
            ? DistributionFormat.Json
            : DistributionFormat.All.FirstOrDefault(f => MediaTypeHeaderValue.Parse(f.MediaType).MediaType.Equals(range.MediaType, StringComparison.OrdinalIgnoreCase))
                ?? (range.MediaType.Equals("text/*", StringComparison.OrdinalIgnoreCase) ? DistributionFormat.Csv : null);
}
