using Microsoft.Net.Http.Headers;

namespace OpenData.Portal.Downloads;

/// <summary>The headers of a download, and whether the caller has these very bytes already.</summary>
internal static class DownloadHeaders
{
    /// <summary>Sets validators, caching and the file's name.</summary>
    /// <param name="response">Not started yet.</param>
    /// <param name="file">Version, name and kind of address.</param>
    /// <param name="suffix">What makes these bytes differ from other forms of the version.</param>
    public static void Set(HttpResponse response, DownloadFile file, string suffix)
    {
        response.Headers.ETag = $"\"{file.Dataset.Version}.{suffix}\"";
        response.Headers.LastModified = HeaderUtilities.FormatDate(file.Dataset.Manifest.PublishedAt);
        response.Headers.CacheControl = file.IsPinned ? "public, max-age=31536000, immutable" : "public, no-cache, must-revalidate";
        response.Headers.ContentDisposition = $"attachment; filename=\"{file.Name}\"";
    }

    /// <summary><c>Repr-Digest</c> (RFC 9530) of a stored file.</summary>
    public static void SetDigest(HttpResponse response, string sha256Hex)
        => response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(sha256Hex))}:";

    /// <summary>True when the caller's copy is current by the validators of the answer: 304, and nothing is read.</summary>
    public static bool CallerHasIt(HttpRequest request, HttpResponse response)
    {
        var asked = request.GetTypedHeaders();
        var has = response.GetTypedHeaders();
        return request.Headers.IfNoneMatch.Count > 0
            ? asked.IfNoneMatch.Any(t => t.Tag == "*" || t.Compare(has.ETag, useStrongComparison: false))
            : asked.IfModifiedSince is { } since && has.LastModified <= since;
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
}
