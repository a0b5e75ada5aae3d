using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Portal.OData;

/// <summary>Answers from the rows of one dataset: pages of a set, its count, one entity, one property, one raw value.</summary>
internal sealed class EntityReader(QueryLanes lanes, VersionChoice versions, OrderedRows orders, QueryLimits limits, TimeProvider clock)
{
    // A page is read to its end before a byte goes out, so that a slow caller does not hold the engine; larger ones go out in parts.
    private const int HeldBytesMax = 4 * 1024 * 1024;

    // For each such part, about 1 Mbit/s.
    private static readonly TimeSpan HeldWriteMax = TimeSpan.FromSeconds(30);

    // Larger pages are exports: they wait in the bulk lane and leave the interactive one to short questions.
    private const int InteractiveRowsMax = 10_000;
    private const int QuickRowsMax = 1_000;

    /// <summary>Answers whatever the path names.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">What is asked for.</param>
    /// <param name="request">The address.</param>
    /// <param name="dataset">The dataset as it is served now.</param>
    /// <param name="root">Absolute address of the service.</param>
    public Task AnswerAsync(HttpContext context, ODataPath path, ODataRequest request, ServedDataset dataset, string root)
    {
        if (path.HasKey)
        {
            return path.Tail switch
            {
                [] => EntityAsync(context, path, request, dataset, root),
                [var property] => PropertyAsync(context, path, request, dataset, root, property, raw: false),
                [var property, var value] when value.Equals("$value", StringComparison.OrdinalIgnoreCase)
                    => PropertyAsync(context, path, request, dataset, root, property, raw: true),
                _ => throw ODataPath.Unknown(path.Tail[^1]),
            };
        }

        return path.Tail switch
        {
            [] => PageAsync(context, request, dataset, root),
            [var count] when count.Equals("$count", StringComparison.OrdinalIgnoreCase) => CountAsync(context, request, dataset, root),
            _ => throw ODataPath.Unknown(path.Tail[^1]),
        };
    }

    private static string SetUrl(string root, ServedDataset dataset) => $"{root}/{dataset.Id}";

    private static string Tag(ServedDataset dataset, ODataFormat format, params ReadOnlySpan<string?> parts)
    {
        var hash = PageToken.HashOf([dataset.Version, format.ContentType, format.Version, .. parts]);
        return string.Create(CultureInfo.InvariantCulture, $"W/\"{hash:x16}\"");
    }

    /// <summary>Sets the headers; true when the answer ends here: 304, or HEAD without a body to look for.</summary>
    private static bool IsAnsweredByHeaders(HttpContext context, ServedDataset dataset, ODataFormat format, string tag, bool isPinned, bool usesNow)
    {
        var headers = context.Response.Headers;
        headers["OData-Version"] = format.Version;
        headers.LastModified = HeaderUtilities.FormatDate(dataset.Manifest.PublishedAt);
        if (usesNow)
        {
            headers.CacheControl = "no-store";
            return false;
        }

        headers.ETag = tag;
        headers.CacheControl = isPinned ? "public, max-age=86400" : "public, no-cache";
        if (!SmallAnswer.CallerHas(context.Request, tag))
        {
            return false;
        }

        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    private async Task PageAsync(HttpContext context, ODataRequest request, ServedDataset current, string root)
    {
        var options = ODataOptions.Read(request.Options, "filter", "select", "orderby", "top", "skip", "count", "skiptoken", "format", "asof");
        var format = ODataFormat.Of(context.Request, options.Format, xmlOffered: false);
        var token = options.SkipToken is { } text ? PageToken.Parse(text) : null;
        var hash = PageToken.HashOf(current.Id, options.ToQuery(skipToken: null));
        token?.RequireQuery(hash);
        var firstPage = Link(SetUrl(root, current), options.ToQuery(skipToken: null));
        var dataset = versions.Of(current, options.AsOf, token, firstPage);
        var scope = new QueryScope(dataset.Contract, limits, token?.Now ?? clock.GetUtcNow(), options.Aliases);
        var query = Bind(scope, options);
        var pageRows = Math.Min(format.PageRowsWanted ?? limits.PageRows, limits.PageRowsMax);
        var tag = Tag(dataset, format, root, request.Segments[0], options.ToQuery(options.SkipToken), pageRows.ToString(CultureInfo.InvariantCulture));
        if (format.PageRowsWanted is not null)
        {
            context.Response.Headers["Preference-Applied"] =
                string.Create(CultureInfo.InvariantCulture, $"{(format.Is401 ? "" : "odata.")}maxpagesize={pageRows}");
        }

        if (IsAnsweredByHeaders(context, dataset, format, tag, token is not null, scope.UsesNow))
        {
            return;
        }

        context.Response.ContentType = format.ContentType;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var delivered = token?.Delivered ?? 0;
        var left = options.Top is { } top ? Math.Max(0, top - delivered) : long.MaxValue;
        var page = new Page(dataset, query, token, Math.Min(pageRows, left), left > pageRows, scope.UsesNow ? scope.Now : null);
        await WritePageAsync(context, page, options, format, root, hash);
    }

    private static DatasetQuery Bind(QueryScope scope, ODataOptions options)
    {
        var query = new DatasetQuery(scope.Contract, options.Select is { } select ? scope.Select(select) : scope.Columns)
        {
            Predicate = options.Filter is { } filter ? scope.Filter(filter) : null,
            OrderBy = options.OrderBy is { } order ? scope.OrderBy(order) : [],
            Skip = options.Skip,
            Limits = scope.Limits,
        };
        scope.RequireAliasesUsed();
        return query;
    }

    private static string Link(string address, string query) => query.Length == 0 ? address : $"{address}?{query}";

    private QueryLane LaneOf(Page page) => page switch
    {
        { RowsMax: > InteractiveRowsMax } => lanes.Bulk,
        { RowsMax: <= QuickRowsMax, Query: { Predicate: null, OrderBy.Count: 0 } } => lanes.Quick,
        _ => lanes.Interactive,
    };

    private async Task WritePageAsync(
        HttpContext context, Page page, ODataOptions options, ODataFormat format, string root, ulong hash)
    {
        var abort = context.RequestAborted;
        var query = page.Query;
        var setUrl = SetUrl(root, page.Dataset);
        using var lease = page.RowsMax == 0 && (!options.Count || query.Predicate is null)
            ? null
            : await LaneOf(page).EnterAsync(page.Dataset, abort);
        try
        {
            var count = options.Count ? Count(lease, page.Dataset, query, abort) : (long?)null;
            var delivered = (page.Token?.Delivered ?? 0) + page.RowsMax;
            var isOrdered = query.OrderBy.Count > 0;
            var start = page.Token?.Position ?? query.Skip;
            var rows = new ODataRows(query.Contract, query.Columns, format, setUrl)
            {
                IsPage = true,
                Head = Context(format, root, page.Dataset, options.Select is null ? null : query, "") + CountText(format, count),
                RowsMax = page.RowsMax,
                NextLink = rid => Link(setUrl, options.ToQuery(new PageToken(
                    page.Dataset.Version, hash, isOrdered, isOrdered ? start + page.RowsMax : rid, delivered, page.Now).ToString())),
            };
            if (lease is null)
            {
                await WriteEmptyAsync(context, rows);
                return;
            }

            var sql = Sql(lease, page, rows, start, abort);
            if (sql is null)
            {
                await WriteEmptyAsync(context, rows);
                return;
            }

            await WriteRowsAsync(context, lease, sql, rows, abort);
        }
        catch (OpenDataException failure)
        {
            throw QueryFailure.Explain(failure, query);
        }
    }

    private static async Task WriteRowsAsync(HttpContext context, QueryLease lease, SqlText sql, ODataRows rows, CancellationToken token)
    {
        using var buffer = new Utf8Buffer();
        rows.Begin(buffer);
        using (var reader = lease.Connection.Stream(sql, token))
        {
            while (reader.Read(out var chunk))
            {
                rows.Rows(chunk, buffer);
                if (buffer.Length >= HeldBytesMax)
                {
                    await WriteHeldAsync(context, buffer, token);
                    buffer.Clear();
                }
            }
        }

        rows.End(buffer);
        lease.Dispose();
        await context.Response.Body.WriteAsync(buffer.Written, token);
    }

    /// <summary>Writes while a place in the lane is held: a caller that hardly reads is cut off, or a few of them would stop everyone.</summary>
    private static async Task WriteHeldAsync(HttpContext context, Utf8Buffer buffer, CancellationToken token)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(token);
        limited.CancelAfter(HeldWriteMax);
        try
        {
            await context.Response.Body.WriteAsync(buffer.Written, limited.Token);
        }
        catch (OperationCanceledException slow) when (!token.IsCancellationRequested)
        {
            throw new OpenDataException(
                PortalErrors.Overloaded,
                new LocalText("Bên nhận đọc quá chậm; hãy lấy trang nhỏ hơn.", "The caller reads too slowly; ask for smaller pages."),
                inner: slow);
        }
    }

    /// <summary>The rows of the page and one more where a next page is possible; null when there are none.</summary>
    private SqlText? Sql(QueryLease lease, Page page, ODataRows rows, long start, CancellationToken token)
    {
        var query = page.Query with { Columns = rows.Columns, IncludeRid = true };
        var wanted = page.RowsMax + (page.MayGoOn ? 1 : 0);
        if (query.OrderBy.Count == 0)
        {
            return QueryToSql.Translate(
                query with { AfterRid = page.Token?.Position, Skip = page.Token is null ? query.Skip : 0, Top = wanted },
                page.Dataset.Alias);
        }

        if (page.Token is null)
        {
            return QueryToSql.Translate(query with { Top = wanted }, page.Dataset.Alias);
        }

        var order = Order(lease, page.Dataset, query, token);
        var slice = order.Skip((int)Math.Min(start, int.MaxValue)).Take((int)Math.Min(wanted, int.MaxValue)).Select(rid => (long)rid).ToList();
        return slice.Count == 0 ? null : QueryToSql.TranslateRows(query, page.Dataset.Alias, slice);
    }

    private int[] Order(QueryLease lease, ServedDataset dataset, DatasetQuery query, CancellationToken token)
    {
        var sql = QueryToSql.TranslateOrder(query with { Skip = 0 }, dataset.Alias, limits.OrderedRowsMax + 1L);
        var values = sql.Values.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture));
        var key = $"{sql.Text}\n{string.Join('\u001f', values)}";
        if (orders.Find(key) is { } kept)
        {
            return kept;
        }

        var rids = new List<int>();
        using var reader = lease.Connection.Stream(sql, token);
        while (reader.Read(out var chunk))
        {
            for (var row = 0; row < chunk.RowCount; row++)
            {
                rids.Add((int)chunk[0].Int64At(row));
            }
        }

        if (rids.Count > limits.OrderedRowsMax)
        {
            throw new OpenDataException(
                QueryErrors.OrderTooLarge,
                new LocalText(
                    $"Chỉ phân trang theo thứ tự tự chọn đến {limits.OrderedRowsMax} dòng. Hãy lọc hẹp hơn hoặc bỏ $orderby.",
                    $"An order of your own is paged up to {limits.OrderedRowsMax} rows. Filter more narrowly or leave out $orderby."));
        }

        var order = rids.ToArray();
        orders.Keep(key, order);
        return order;
    }

    private static long Count(QueryLease? lease, ServedDataset dataset, DatasetQuery query, CancellationToken token)
        => lease is null || query.Predicate is null
            ? dataset.Manifest.Rows
            : lease.Connection.ReadInt64(QueryToSql.TranslateCount(query, dataset.Alias), token) ?? 0;

    private static string CountText(ODataFormat format, long? count)
        => count is null ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $"\"{format.Prefix}count\":{(format.ExactAsText ? $"\"{count}\"" : $"{count}")},");

    /// <summary>The context with its comma.</summary>
    private static string Context(ODataFormat format, string root, ServedDataset dataset, DatasetQuery? selection, string tail)
    {
        if (format.Level == MetadataLevel.None)
        {
            return "";
        }

        var columns = selection is null ? "" : "(" + string.Join(',', selection.Columns.Select(c => c.Name)) + ")";
        var url = JsonEncodedText.Encode($"{root}/$metadata#{dataset.Id}{columns}{tail}", JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        return $"\"{format.Prefix}context\":\"{url}\",";
    }

    private static async Task WriteEmptyAsync(HttpContext context, ODataRows rows)
    {
        using var buffer = new Utf8Buffer(4096);
        rows.Begin(buffer);
        rows.End(buffer);
        await context.Response.Body.WriteAsync(buffer.Written, context.RequestAborted);
    }

    private async Task CountAsync(HttpContext context, ODataRequest request, ServedDataset current, string root)
    {
        var options = ODataOptions.Read(request.Options, "filter", "asof");
        var format = ODataFormat.Plain(context.Request);
        var dataset = versions.Of(current, options.AsOf, token: null, SetUrl(root, current));
        var scope = new QueryScope(dataset.Contract, limits, clock.GetUtcNow(), options.Aliases);
        var query = Bind(scope, options);
        if (IsAnsweredByHeaders(context, dataset, format, Tag(dataset, format, "count", options.ToQuery(null)), isPinned: false, scope.UsesNow))
        {
            return;
        }

        context.Response.ContentType = "text/plain;charset=utf-8";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        using var lease = query.Predicate is null ? null : await lanes.Interactive.EnterAsync(dataset, context.RequestAborted);
        try
        {
            var count = Count(lease, dataset, query, context.RequestAborted);
            await context.Response.WriteAsync(count.ToString(CultureInfo.InvariantCulture), context.RequestAborted);
        }
        catch (OpenDataException failure)
        {
            throw QueryFailure.Explain(failure, query);
        }
    }

    private async Task EntityAsync(HttpContext context, ODataPath path, ODataRequest request, ServedDataset current, string root)
    {
        var options = ODataOptions.Read(request.Options, "select", "format", "asof");
        var format = ODataFormat.Of(context.Request, options.Format, xmlOffered: false);
        var dataset = versions.Of(current, options.AsOf, token: null, SetUrl(root, current));
        var scope = new QueryScope(dataset.Contract, limits, clock.GetUtcNow(), options.Aliases);
        var query = Bind(scope, options) with { Predicate = Key(path, scope), Top = 1 };
        var tag = Tag(dataset, format, [root, .. request.Segments, options.ToQuery(null)]);
        if (IsAnsweredByHeaders(context, dataset, format, tag, isPinned: false, usesNow: false))
        {
            return;
        }

        var rows = new ODataRows(query.Contract, query.Columns, format, SetUrl(root, dataset))
        {
            Head = Context(format, root, dataset, options.Select is null ? null : query, "/$entity"),
        };
        using var buffer = new Utf8Buffer(16 * 1024);
        using (var lease = await lanes.Quick.EnterAsync(dataset, context.RequestAborted))
        using (var reader = lease.Connection.Stream(QueryToSql.Translate(query with { Columns = rows.Columns }, dataset.Alias), context.RequestAborted))
        {
            rows.Begin(buffer);
            while (reader.Read(out var chunk))
            {
                rows.Rows(chunk, buffer);
            }
        }

        rows.End(buffer);
        await WriteAsync(context, buffer, format.ContentType);
    }

    private async Task PropertyAsync(
        HttpContext context, ODataPath path, ODataRequest request, ServedDataset current, string root, string property, bool raw)
    {
        var options = raw ? ODataOptions.Read(request.Options, "asof") : ODataOptions.Read(request.Options, "format", "asof");
        var format = raw ? ODataFormat.Plain(context.Request) : ODataFormat.Of(context.Request, options.Format, xmlOffered: false);
        var dataset = versions.Of(current, options.AsOf, token: null, SetUrl(root, current));
        var scope = new QueryScope(dataset.Contract, limits, clock.GetUtcNow(), options.Aliases);
        var column = scope.Columns.FirstOrDefault(c => c.Name.Equals(property, StringComparison.OrdinalIgnoreCase)) ?? throw ODataPath.Unknown(property);
        var query = new DatasetQuery(dataset.Contract, [column]) { Predicate = Key(path, scope), Top = 1, Limits = limits };
        scope.RequireAliasesUsed();
        var tag = Tag(dataset, format, [root, .. request.Segments, options.ToQuery(null)]);
        if (IsAnsweredByHeaders(context, dataset, format, tag, isPinned: false, usesNow: false))
        {
            return;
        }

        using var value = new Utf8Buffer(16 * 1024);
        if (!await ReadValueAsync(dataset, query, format, raw, value, context.RequestAborted))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (raw)
        {
            await WriteAsync(context, value, "text/plain;charset=utf-8");
            return;
        }

        using var body = new Utf8Buffer(16 * 1024);
        var address = $"({(path.KeyText ?? string.Join(',', path.KeySegments))})/{column.Name}";
        body.Append((byte)'{');
        if (format.Level != MetadataLevel.None)
        {
            body.Append(Encoding.UTF8.GetBytes($"\"{format.Prefix}context\":"));
            JsonRows.Text(Encoding.UTF8.GetBytes($"{root}/$metadata#{dataset.Id}{address}"), body);
            body.Append((byte)',');
        }

        body.Append("\"value\":"u8);
        body.Append(value.Written.Span);
        body.Append("}\n"u8);
        await WriteAsync(context, body, format.ContentType);
    }

    /// <summary>Appends the value; false when it is null.</summary>
    private async Task<bool> ReadValueAsync(
        ServedDataset dataset, DatasetQuery query, ODataFormat format, bool raw, Utf8Buffer to, CancellationToken token)
    {
        using var lease = await lanes.Quick.EnterAsync(dataset, token);
        using var reader = lease.Connection.Stream(QueryToSql.Translate(query, dataset.Alias), token);
        if (!reader.Read(out var chunk))
        {
            throw ODataRows.NoSuchRow();
        }

        var kind = query.Columns[0].Type.Kind;
        if (chunk[0].IsNull(0))
        {
            return false;
        }

        if (raw && kind is ColumnKind.Text or ColumnKind.Code or ColumnKind.Json)
        {
            to.Append(chunk[0].Utf8(0));
            return true;
        }

        using var json = new Utf8Buffer(1024);
        new JsonRows(query.Columns, dataset.Contract.TimeZone, format.ExactAsText).Value(chunk, 0, 0, json);
        var written = json.Written.Span;
        to.Append(raw && written is [(byte)'"', .., (byte)'"'] ? written[1..^1] : written);
        return true;
    }

    private static BoundExpression Key(ODataPath path, QueryScope scope)
        => path.KeyText is { } text ? KeyReader.InParentheses(text, scope) : KeyReader.InSegments(path.KeySegments, scope);

    private static async Task WriteAsync(HttpContext context, Utf8Buffer buffer, string contentType)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = buffer.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(buffer.Written, context.RequestAborted);
        }
    }

    /// <summary>One page to write.</summary>
    /// <param name="Dataset">The version.</param>
    /// <param name="Query">What is asked for.</param>
    /// <param name="Token">Where the page starts; null for the first.</param>
    /// <param name="RowsMax">Rows of the page.</param>
    /// <param name="MayGoOn">True when more rows than the page's are wanted.</param>
    /// <param name="Now">What <c>now()</c> means; null when the query does not use it.</param>
    private sealed record Page(ServedDataset Dataset, DatasetQuery Query, PageToken? Token, long RowsMax, bool MayGoOn, DateTimeOffset? Now);
}
