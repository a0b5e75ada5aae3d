using System.IO.Compression;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.Downloads;

/// <summary>
/// Sends a whole version in a form. What lies ready is sent as it is; small tables, and forms that need their end first, are built once
/// into the cache, so that they have length, hash and ranges; the rest is written while the caller reads.
/// </summary>
internal sealed class WholeTable(TableExport export, FileCache cache, ServedData served, FileProofs proofs)
{
    /// <summary>Rows × columns up to which a form is built before its first byte goes out: some tenths of a second of work.</summary>
    private const long BuiltCellsMax = 4_000_000;

    /// <summary>Who reads more slowly would keep a place of the bulk lane.</summary>
    internal static readonly MinDataRate SlowestReader = new(bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(10));

    /// <summary>Answers with the version in the form.</summary>
    /// <param name="context">The request.</param>
    /// <param name="dataset">The version.</param>
    /// <param name="form">The form.</param>
    /// <param name="pinned">True when the address names the version: such an answer never changes.</param>
    public async Task SendAsync(HttpContext context, ServedDataset dataset, DownloadForm form, bool pinned)
    {
        var response = context.Response;
        context.Features.Set(new OwnEncoding());
        response.Headers.Append(HeaderNames.Link, $"</datasets/{dataset.Id}/versions/{dataset.Version}.{form.Address}>; rel=\"canonical\"");
        response.ContentType = form.MediaType;
        var file = new DownloadFile(dataset, $"{dataset.Id}-{dataset.Version}.{form.Ending}", pinned);
        if (form.Format == DistributionFormat.Parquet)
        {
            await SendStoredAsync(context, file, SnapshotFiles.Parquet, "parquet");
        }
        else if (form.IsPacked)
        {
            await SendStoredAsync(context, file, SnapshotFiles.CsvGzip, "csv.gz");
        }
        else if (!IsText(form.Format))
        {
            await SendMadeAsync(context, file, form.Format, gzip: false);
        }
        else
        {
            response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
            var gzip = DownloadHeaders.TakesGzip(context.Request);
            if (gzip)
            {
                response.Headers.ContentEncoding = "gzip";
            }

            if (form.Format == DistributionFormat.Csv)
            {
                await (gzip ? SendStoredAsync(context, file, SnapshotFiles.CsvGzip, "csv.gz") : SendPlainCsvAsync(context, file));
            }
            else
            {
                await SendMadeAsync(context, file, form.Format, gzip);
            }
        }
    }

    private static bool IsText(DistributionFormat format)
        => format != DistributionFormat.Xlsx && format != DistributionFormat.Arrow && format != DistributionFormat.ArrowStream;

    private Task SendStoredAsync(HttpContext context, DownloadFile file, string stored, string suffix)
        => SendFileAsync(context, file, suffix, OpenStored(file.Dataset, stored), file.Dataset.Manifest.File(stored)?.Sha256);

    /// <summary>Plain CSV is the stored gzip unpacked: the very bytes that were hashed, and no engine is kept busy by a slow reader.</summary>
    private Task SendPlainCsvAsync(HttpContext context, DownloadFile file)
    {
        var plain = file.Dataset.Manifest.PlainCsv;
        return SendFileAsync(context, file, "csv", new StoredCsv(OpenStored(file.Dataset, SnapshotFiles.CsvGzip), plain?.Bytes), plain?.Sha256);
    }

    /// <summary>A stream as it is: validators, ranges and HEAD are the framework's. Without a length it goes out in chunks.</summary>
    private static async Task SendFileAsync(HttpContext context, DownloadFile file, string suffix, Stream content, string? sha256)
    {
        DownloadHeaders.Set(context.Response, file, suffix);
        if (sha256 is not null)
        {
            DownloadHeaders.SetDigest(context.Response, sha256);
        }

        await RangedFile.SendAsync(context, content);
    }

    private async Task SendMadeAsync(HttpContext context, DownloadFile file, DistributionFormat format, bool gzip)
    {
        var dataset = file.Dataset;
        var table = export.Describe(dataset, dataset.Contract.PublicColumns, served.Current.Catalog);
        var suffix = string.Join('.', [format.Word + DistributionWriters.Version, .. TableExport.TextMark(format, table), .. gzip ? ["gz"] : Array.Empty<string>()]);
        DownloadHeaders.Set(context.Response, file, suffix);
        if (DownloadHeaders.CallerHasIt(context.Request, context.Response))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var key = string.Join('|', dataset.Alias, suffix);
        var built = await BuiltAsync(context, file, format, key, WriteAsync);
        if (built is not null)
        {
            await SendFileAsync(context, file, suffix, built.Content, built.Sha256);
            return;
        }

        context.Response.Headers.AcceptRanges = "none";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        context.Features.GetRequiredFeature<IHttpMinResponseDataRateFeature>().MinDataRate = SlowestReader;
        await WriteAsync(context.Response.Body, context.RequestAborted);

        async Task WriteAsync(Stream target, CancellationToken token)
        {
            await using var packed = gzip ? new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true) : null;
            await export.WriteAsync(dataset, new DatasetQuery(dataset.Contract, table.Columns), format, table, packed ?? target, token);
        }
    }

    /// <summary>The form as a file of the cache; null when it is to be written while the caller reads.</summary>
    private async Task<CachedFile?> BuiltAsync(
        HttpContext context, DownloadFile file, DistributionFormat format, string key, Func<Stream, CancellationToken, Task> write)
    {
        var isSmall = file.Dataset.Manifest.Rows * file.Dataset.Contract.PublicColumns.Count <= BuiltCellsMax;
        if (HttpMethods.IsHead(context.Request.Method) || (!isSmall && !format.IsSpilled))
        {
            return cache.Find(key);
        }

        try
        {
            return await cache.GetAsync(key, write, context.RequestAborted);
        }
        catch (OpenDataException full) when (!format.IsSpilled && (full.Code == CacheErrors.LargerThanCache || full.Code == CacheErrors.Unavailable))
        {
            // Reading goes on when the cache has no room or its disk has failed.
            return null;
        }
    }

    private FileStream OpenStored(ServedDataset dataset, string stored)
    {
        try
        {
            proofs.Require(dataset.Snapshot, stored);
            return new FileStream(
                dataset.Snapshot.Path(stored),
                new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, Share = FileShare.Read | FileShare.Delete });
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new OpenDataException(
                PortalErrors.CollectedVersion,
                new LocalText("Tệp của phiên bản này không còn được lưu.", "The files of this version are no longer kept."),
                inner: exception);
        }
    }
}
