using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.Downloads;

/// <summary>
/// Sends the rows of a query. Few rows are an answer in memory, kept by version and query; many are streamed out of the bulk lane; formats
/// that need their end first are built into the file cache and sent with their length.
/// </summary>
internal sealed class RowsAnswer(TableExport export, QueryLanes lanes, AnswerCache answers, FileCache cache, ServedData served)
{
    /// <summary>Rows up to which an answer is made in memory.</summary>
    private const long HeldRowsMax = 10_000;

    private const int HeldBytesMax = 4 * 1024 * 1024;

    private static readonly DistributionFormat[] Shown = [DistributionFormat.Json, DistributionFormat.Ndjson, DistributionFormat.GeoJson];

    /// <summary>Answers with the rows.</summary>
    public async Task SendAsync(HttpContext context, RowsRequest rows)
    {
        var table = export.Describe(rows.Dataset, rows.Query.Columns, served.Current.Catalog);
        var sql = QueryToSql.Translate(rows.Query, rows.Dataset.Alias);
        var key = string.Join('|', ["rows", rows.Format.Word, DistributionWriters.Version, .. TableExport.TextMark(rows.Format, table), sql.Identity]);
        SetHeaders(context.Response, rows, key);
        if (!rows.UsesNow && DownloadHeaders.CallerHasIt(context.Request, context.Response))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        rows = rows with { Query = rows.Dataset.Located(rows.Query) };
        if (rows.Format.IsSpilled)
        {
            await SendSpilledAsync(context, rows, table, key);
        }
        else if (IsShort(rows) && await HeldAsync(rows, table, key, context.RequestAborted) is { } answer)
        {
            context.Response.ContentLength = answer.Body.Length;
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
        else
        {
            context.Features.GetRequiredFeature<IHttpMinResponseDataRateFeature>().MinDataRate = WholeTable.SlowestReader;
            await export.WriteAsync(rows.Dataset, rows.Query, rows.Format, table, context.Response.Body, context.RequestAborted);
        }
    }

    private static bool IsShort(RowsRequest rows)
        => rows.Query.ByKey || Math.Min(rows.Query.Top ?? long.MaxValue, rows.Dataset.Manifest.Rows) <= HeldRowsMax;

    private static void SetHeaders(HttpResponse response, RowsRequest rows, string key)
    {
        var dataset = rows.Dataset;
        response.ContentType = rows.Format.MediaType;
        response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        response.Headers.LastModified = HeaderUtilities.FormatDate(dataset.Manifest.PublishedAt);
        response.Headers["OpenData-Version"] = dataset.Version;
        if (rows.UsesNow)
        {
            response.Headers.CacheControl = "no-store";
        }
        else
        {
            response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"W/\"{PageToken.HashOf(key):x16}\"");
            response.Headers.CacheControl = "public, no-cache";
        }

        var disposition = Shown.Contains(rows.Format) ? "inline" : "attachment";
        response.Headers.ContentDisposition = $"{disposition}; filename=\"{dataset.Id}-{dataset.Version}-rows.{rows.Format.Extension}\"";
    }

    private async Task<Answer?> HeldAsync(RowsRequest rows, TableDescription table, string key, CancellationToken token)
    {
        var isQuick = rows.Query is { Rids: not null } or { IsWholeTable: true, OrderBy.Count: 0, Top: <= Question.QuickRowsMax };
        var question = new Question(rows.Dataset, isQuick, QueryToSql.Translate(rows.Query, rows.Dataset.Alias).Text);
        return rows.UsesNow ? await MakeAsync(token) : await answers.GetAsync(key, MakeAsync, token);

        async Task<Answer?> MakeAsync(CancellationToken patience)
        {
            try
            {
                return await lanes.AskAsync(question, WriteAsync, patience);
            }
            catch (BodyTooLargeException)
            {
                return null;
            }
        }

        async Task<Answer?> WriteAsync(QueryLease lease, CancellationToken patience)
        {
            using var body = new HeldBody(HeldBytesMax);
            await export.WriteAsync(lease, rows.Query, rows.Format, table, body, patience);
            return new Answer(body.ToArray(), rows.Format.MediaType);
        }
    }

    private async Task SendSpilledAsync(HttpContext context, RowsRequest rows, TableDescription table, string key)
    {
        var file = await cache.GetAsync(
            key, (target, token) => export.WriteAsync(rows.Dataset, rows.Query, rows.Format, table, target, token), context.RequestAborted);
        DownloadHeaders.SetDigest(context.Response, file.Sha256);
        await RangedFile.SendAsync(context, file.Content);
    }
}
