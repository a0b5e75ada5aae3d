using System.Text.Json;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.OData;

/// <summary>What a query would cost, for <c>Prefer: cost-only</c>: estimates from statistics and memory, without running it.</summary>
internal sealed class QueryCost(QueryLanes lanes, PortalOptions portal)
{
    // Quotes, colon and comma around a property.
    private const int SignsOfProperty = 4;

    private static readonly JsonSerializerOptions SnakeCase = new(JsonSerializerOptions.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Answers with the cost of a page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="format">What was agreed on.</param>
    /// <param name="question">The page as the lanes see it.</param>
    /// <param name="query">The query, with its own top.</param>
    /// <param name="pageRows">Rows of the page at most.</param>
    /// <param name="isBulk">True when the page is made in the lane of whole tables.</param>
    public async Task AnswerAsync(HttpContext context, ODataFormat format, Question question, DatasetQuery query, long pageRows, bool isBulk)
    {
        var found = query.IsWholeTable ? question.Dataset.Manifest.Rows
            : query.Apply.Any(s => s is not (Transformation.Filter or Transformation.Compute)) ? null
            : await EstimateAsync(question.Dataset, query, context.RequestAborted);
        var rows = found is null ? null : (long?)Math.Min(query.Top ?? long.MaxValue, Math.Max(0, found.Value - query.Skip));
        var onPage = Math.Min(rows ?? long.MaxValue, pageRows);
        var cost = new Cost(
            question.Dataset.Version,
            question.Dataset.Manifest.Rows,
            rows,
            query.IsWholeTable,
            onPage,
            RowBytes(question.Dataset, query) * onPage,
            isBulk ? lanes.Bulk.Name : lanes.LaneOf(question).Name,
            isBulk ? null : (long?)lanes.LastTaken(question)?.TotalMilliseconds,
            (long)(isBulk ? portal.ExportTimeout : portal.QueryTimeout).TotalMilliseconds);
        var response = context.Response;
        response.Headers["OData-Version"] = format.Version;
        response.Headers["Preference-Applied"] = "cost-only";
        response.Headers.CacheControl = "no-store";
        var body = JsonSerializer.SerializeToUtf8Bytes(cost, SnakeCase);
        await ODataAnswer.WriteAsync(context, new Answer(body, "application/json;charset=utf-8"));
    }

    private async Task<long?> EstimateAsync(ServedDataset dataset, DatasetQuery query, CancellationToken token)
    {
        using var lease = await lanes.Quick.EnterAsync(dataset, token);
        return RowEstimate.Of(lease.Connection, query, dataset.Alias, token);
    }

    /// <summary>A row as JSON, from the bytes of the whole table as CSV; null where the query makes the values or adds related rows.</summary>
    private static long? RowBytes(ServedDataset dataset, DatasetQuery query)
    {
        if (dataset.Manifest is not { PlainCsv: { } csv, Rows: > 0 and var rows } || query.Apply.Count > 0 || query.Computed.Count > 0 || query.Expand.Count > 0)
        {
            return null;
        }

        var share = (double)query.Columns.Count / RowKey.QueryColumns(dataset.Contract).Count;
        return (long)(share * csv.Bytes / rows) + query.Columns.Sum(c => c.Name.Length + SignsOfProperty);
    }

    /// <summary>The answer.</summary>
    /// <param name="Version">The version that would be asked.</param>
    /// <param name="TableRows">Its rows.</param>
    /// <param name="Rows">Rows of the answer over all its pages; null when nobody knows.</param>
    /// <param name="RowsAreExact">False when <paramref name="Rows"/> is the engine's guess from its statistics.</param>
    /// <param name="PageRows">Rows of this page at most.</param>
    /// <param name="PageBytes">Bytes of this page, roughly; null where the query makes the values.</param>
    /// <param name="Lane">Where it would be worked on.</param>
    /// <param name="Milliseconds">How long the last query of this shape took, waiting included; null when none is remembered.</param>
    /// <param name="MillisecondsMax">After how long it is stopped.</param>
    private sealed record Cost(
        string Version, long TableRows, long? Rows, bool RowsAreExact, long PageRows, long? PageBytes, string Lane, long? Milliseconds, long MillisecondsMax);
}
