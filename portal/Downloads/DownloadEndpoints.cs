using System.IO.Compression;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Api;
using OpenData.Portal.Errors;
using OpenData.Portal.Serving;

namespace OpenData.Portal.Downloads;

/// <summary>Whole tables: <c>/datasets/{id}.{ext}</c> for the latest version, <c>/datasets/{id}/versions/{version}.{ext}</c> for a named one.</summary>
internal static class DownloadEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    private static readonly MinDataRate SlowestReader = new(bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(10));

    /// <summary>Maps the addresses under the group (<c>/datasets</c>).</summary>
    public static void MapDownloads(this RouteGroupBuilder group)
    {
        group.MapMethods("/{id}.{extension}", Reading, LatestAsync)
            .WithTags("Downloads")
            .WithSummary("Whole table, latest version")
            .WithDescription("csv, json or parquet. ETag and 304; Link rel=canonical names the immutable address of the same bytes.")
            .WithMetadata(new QueryParameter("excel", "1 gives CSV with byte order mark and CRLF, for Excel; csv only.", "1"))
            .Produces(StatusCodes.Status200OK, contentType: "text/csv", additionalContentTypes: ["application/json", "application/vnd.apache.parquet"])
            .Produces<Problem>(StatusCodes.Status404NotFound, "application/problem+json");
        group.MapMethods("/{id}/versions/{version}.{extension}", Reading, PinnedAsync)
            .WithTags("Downloads")
            .WithSummary("Whole table, one version for ever")
            .WithDescription("Never changes. 410 when the version is no longer kept.")
            .WithMetadata(new QueryParameter("excel", "1 gives CSV with byte order mark and CRLF, for Excel; csv only.", "1"))
            .Produces(StatusCodes.Status200OK, contentType: "text/csv", additionalContentTypes: ["application/json", "application/vnd.apache.parquet"])
            .Produces<Problem>(StatusCodes.Status404NotFound, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status410Gone, "application/problem+json");
    }

    private static Task LatestAsync(string id, string extension, HttpContext context, ServedData served, JsonExport json)
        => SendAsync(context, served.Require(id), extension, pinned: false, json);

    private static Task PinnedAsync(string id, string version, string extension, HttpContext context, ServedData served, JsonExport json)
        => SendAsync(context, served.Require(id, version), extension, pinned: true, json);

    private static async Task SendAsync(HttpContext context, ServedDataset dataset, string extension, bool pinned, JsonExport json)
    {
        var format = Find(dataset.Contract, extension);
        var excel = ReadExcel(context.Request, format);
        var name = $"{dataset.Id}-{dataset.Version}.{format.Extension}";
        context.Response.Headers.Link = $"</datasets/{dataset.Id}/versions/{dataset.Version}.{format.Extension}>; rel=\"canonical\"";
        context.Response.ContentType = format.MediaType;
        if (format == DownloadFormat.Parquet)
        {
            await SendStoredAsync(context, dataset, format, format.Extension, name, pinned);
            return;
        }

        context.Response.Headers.Append(HeaderNames.Vary, "Accept-Encoding");
        var gzip = DownloadHeaders.TakesGzip(context.Request);
        if (format == DownloadFormat.Csv && gzip && !excel)
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await SendStoredAsync(context, dataset, format, "csv.gz", name, pinned);
            return;
        }

        var suffix = (excel ? "excel." : "") + format.Extension + (gzip ? ".gz" : "");
        var tag = Tag(dataset, suffix);
        DownloadHeaders.Set(context.Response, dataset, tag, name, pinned);
        if (DownloadHeaders.CallerHasIt(context.Request, tag, dataset.Manifest.PublishedAt))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        // Known only when written: no length, no ranges; the chunked end says that it is whole.
        context.Response.Headers.AcceptRanges = "none";
        if (gzip)
        {
            context.Response.Headers.ContentEncoding = "gzip";
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        await using var body = gzip ? new GZipStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true) : null;
        var target = body ?? context.Response.Body;
        if (format == DownloadFormat.Json)
        {
            // A caller that hardly reads would keep a place of the bulk lane.
            context.Features.GetRequiredFeature<IHttpMinResponseDataRateFeature>().MinDataRate = SlowestReader;
            await json.WriteAsync(dataset, target, context.RequestAborted);
        }
        else
        {
            await WriteCsvAsync(dataset, target, excel, context.RequestAborted);
        }
    }

    /// <summary>The stored file as it is: validators, ranges and HEAD are the framework's.</summary>
    private static async Task SendStoredAsync(
        HttpContext context, ServedDataset dataset, DownloadFormat format, string suffix, string fileName, bool pinned)
    {
        var stored = OpenStored(dataset, format);
        DownloadHeaders.Set(context.Response, dataset, Tag(dataset, suffix), fileName, pinned);
        if (dataset.Manifest.File(format.StoredFile!) is { } file)
        {
            DownloadHeaders.SetDigest(context.Response, file.Sha256);
        }

        // Ranges count bytes; a unit that nobody knows is passed over (RFC 9110, 14.2), and the framework does not look at it.
        if (!context.Request.Headers.Range.ToString().StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
        {
            context.Request.Headers.Range = default;
        }

        var answer = TypedResults.Stream(
            stored,
            format.MediaType,
            lastModified: dataset.Manifest.PublishedAt,
            entityTag: EntityTagHeaderValue.Parse(context.Response.Headers.ETag.ToString()),
            enableRangeProcessing: true);
        await answer.ExecuteAsync(context);
    }

    /// <summary>Plain CSV is the stored gzip unpacked: the very bytes that were hashed, and no engine is kept busy by a slow reader.</summary>
    private static async Task WriteCsvAsync(ServedDataset dataset, Stream target, bool excel, CancellationToken token)
    {
        await using var plain = new StoredCsv(OpenStored(dataset, DownloadFormat.Csv));
        if (excel)
        {
            await ExcelCsv.CopyAsync(plain, target, token);
        }
        else
        {
            await plain.CopyToAsync(target, 128 * 1024, token);
        }
    }

    private static FileStream OpenStored(ServedDataset dataset, DownloadFormat format)
    {
        try
        {
            return new FileStream(
                dataset.Snapshot.Path(format.StoredFile!),
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

    private static string Tag(ServedDataset dataset, string suffix) => dataset.Version + "." + suffix;

    private static DownloadFormat Find(DatasetContract contract, string extension)
    {
        var offered = DownloadFormat.Of(contract);
        return offered.FirstOrDefault(f => string.Equals(f.Extension, extension, StringComparison.Ordinal)) ?? throw new OpenDataException(
            PortalErrors.FormatNotOffered,
            new LocalText("Bộ dữ liệu không có ở định dạng này.", "The dataset does not come in this format."),
            suggestion: string.Join(", ", offered.Select(f => f.Extension)));
    }

    /// <summary>Obey or fail: an option that a whole-table download does not know is refused, never passed over.</summary>
    private static bool ReadExcel(HttpRequest request, DownloadFormat format)
    {
        var excel = false;
        foreach (var (name, value) in request.Query)
        {
            if (name != "excel" || format != DownloadFormat.Csv || value.ToString() is not ("0" or "1"))
            {
                throw new OpenDataException(
                    PortalErrors.InvalidParameter,
                    new LocalText(
                        "Tải cả bảng chỉ nhận tham số excel=0 hoặc excel=1, và chỉ với CSV. Muốn lọc, hãy dùng OData.",
                        "A whole-table download takes only excel=0 or excel=1, and only for CSV. Use OData to filter."),
                    suggestion: "excel=1");
            }

            excel = value.ToString() == "1";
        }

        return excel;
    }
}
