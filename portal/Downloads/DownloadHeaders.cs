using System.Globalization;
using Microsoft.Net.Http.Headers;
using OpenData.Portal.Serving;

namespace OpenData.Portal.Downloads;

/// <summary>The headers of a download, and whether the caller has these very bytes already.</summary>
internal static class DownloadHeaders
{
    /// <summary>Sets validators, caching and the file's name.</summary>
    /// <param name="response">Not started yet.</param>
    /// <param name="dataset">The version.</param>
    /// <param name="tag">Strong tag of these bytes, without quotes.</param>
    /// <param name="fileName">Name offered for saving; made of dataset id, version and extension, so it is plain ASCII.</param>
    /// <param name="pinned">True when the address names the version: such an answer never changes.</param>
    public static void Set(HttpResponse response, ServedDataset dataset, string tag, string fileName, bool pinned)
    {
        response.Headers.ETag = Quoted(tag);
        response.Headers.LastModified = HeaderUtilities.FormatDate(dataset.Manifest.PublishedAt);
        response.Headers.CacheControl = pinned ? "public, max-age=31536000, immutable" : "public, no-cache, must-revalidate";
        response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
    }

    /// <summary><c>Repr-Digest</c> (RFC 9530) of a stored file.</summary>
    public static void SetDigest(HttpResponse response, string sha256Hex)
        => response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(sha256Hex))}:";

    /// <summary>True when the caller's copy is current: 304 is the answer and nothing is read.</summary>
    public static bool CallerHasIt(HttpRequest request, string tag, DateTimeOffset lastModified)
    {
        if (request.Headers.IfNoneMatch.Count > 0)
        {
            return request.GetTypedHeaders().IfNoneMatch.Any(t => t.Tag == "*" || t.Tag.Equals(Quoted(tag), StringComparison.Ordinal));
        }

        return request.GetTypedHeaders().IfModifiedSince is { } since && WholeSeconds(lastModified) <= since;
    }

    /// <summary>True when the caller takes gzip (<c>Accept-Encoding</c> with a quality above 0).</summary>
    public static bool TakesGzip(HttpRequest request)
    {
        var any = false;
        foreach (var coding in request.GetTypedHeaders().AcceptEncoding)
        {
            var takes = (coding.Quality ?? 1.0) > 0;
            if (coding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase))
            {
                return takes;
            }

            any |= takes && coding.Value == "*";
        }

        return any;
    }

    private static string Quoted(string tag) => string.Create(CultureInfo.InvariantCulture, $"\"{tag}\"");

    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
