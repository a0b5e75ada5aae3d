using System.IO.Compression;
using Microsoft.Net.Http.Headers;
using OpenData.Portal.Downloads;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Changes;

namespace OpenData.Portal.Changes;

/// <summary>
/// Sends what changed between two versions. Two versions never change, so their comparison is made once, in the bulk lane, into the file
/// cache; it goes out with length, digest and ranges.
/// </summary>
internal sealed class ChangesAnswer(QueryLanes lanes, FileCache cache, PortalOptions options)
{
    /// <summary>Answers with the changes.</summary>
    public async Task SendAsync(HttpContext context, ChangesRequest changes)
    {
        var gzip = DownloadHeaders.TakesGzip(context.Request);
        var suffix = string.Join('.', [changes.Format.Word, VersionComparison.WriterVersion, .. gzip ? ["gz"] : Array.Empty<string>()]);
        SetHeaders(context.Response, changes, suffix, gzip);
        if (DownloadHeaders.CallerHasIt(context.Request, context.Response))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var key = string.Join('|', "changes", changes.From.Alias, changes.To.Alias, suffix);
        var file = HttpMethods.IsHead(context.Request.Method)
            ? cache.Find(key)
            : await cache.GetAsync(key, (target, token) => WriteAsync(changes, gzip, target, token), context.RequestAborted);
        if (file is null)
        {
            return;
        }

        DownloadHeaders.SetDigest(context.Response, file.Sha256);
        await RangedFile.SendAsync(context, file.Content);
    }

    private static void SetHeaders(HttpResponse response, ChangesRequest changes, string suffix, bool gzip)
    {
        var (from, to, word) = (changes.From.Version, changes.To.Version, changes.Format.Word);
        response.ContentType = changes.Format.MediaType;
        response.Headers.ETag = $"\"{from}..{to}.{suffix}\"";
        response.Headers.LastModified = HeaderUtilities.FormatDate(changes.To.Manifest.PublishedAt);
        response.Headers.CacheControl = changes.IsPinned ? "public, max-age=31536000, immutable" : "public, no-cache, must-revalidate";
        response.Headers.Append(HeaderNames.Link, $"</datasets/{changes.To.Id}/changes.{word}?from={from}&to={to}>; rel=\"canonical\"");
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        var disposition = changes.Format == ChangeFormat.Csv ? "attachment" : "inline";
        response.Headers.ContentDisposition = $"{disposition}; filename=\"{changes.To.Id}-{from}-{to}-changes.{word}\"";
        if (gzip)
        {
            response.Headers.ContentEncoding = "gzip";
        }
    }

    private async Task WriteAsync(ChangesRequest changes, bool gzip, Stream target, CancellationToken token)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(token);
        limited.CancelAfter(options.ExportTimeout);
        using var lease = await lanes.Bulk.EnterAsync([changes.To, changes.From], limited.Token);
        await using var packed = gzip ? new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true) : null;
        await VersionComparison.WriteAsync(lease.Connection, Side(changes.From), Side(changes.To), changes.Format, packed ?? target, limited.Token);
    }

    private static ComparedVersion Side(ServedDataset dataset)
        => new(dataset.Contract, dataset.Version, dataset.Manifest.PublishedAt, dataset.Manifest.Rows, dataset.Alias);
}
