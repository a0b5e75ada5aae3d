using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;
using OpenData.Portal.OData.Delta;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Portal.OData;

/// <summary>Pages of an entity set, bound to the version on which the traversal began.</summary>
internal sealed class PageReader(
    QueryLanes lanes,
    VersionChoice versions,
    OrderedRows orders,
    RecentlyUsed<MadeRows> results,
    AnswerCache answers,
    KnownPages known,
    SetAsFile files,
    DeltaReader deltas,
    QueryCost costs,
    QueryLimits limits,
    TimeProvider clock)
{
    // A page is made as a whole before a byte goes out, so that a slow caller does not hold the engine; larger ones go out in parts.
    private const int HeldBytesMax = 4 * 1024 * 1024;

    // For each such part, about 1 Mbit/s.
    private static readonly TimeSpan HeldWriteMax = TimeSpan.FromSeconds(30);

    // Larger pages are exports: they wait in the bulk lane and leave the others to short questions.
    private const int HeldRowsMax = 10_000;

    /// <summary>Answers with a page.</summary>
    public async Task AnswerAsync(HttpContext context, ODataRequest request, ServedCatalog state, ServedDataset current, string root)
    {
        var abort = context.RequestAborted;
        var options = request.AsReferences
            ? ODataOptions.Read(request, "filter", "search", "orderby", "top", "skip", "count", "skiptoken", "format", "asof")
            : ODataOptions.Read(
                request, "apply", "compute", "filter", "search", "select", "expand", "orderby", "top", "skip", "count", "skiptoken", "deltatoken", "format", "asof");
        if (options.DeltaToken is not null)
        {
            await deltas.AnswerAsync(context, options, current, root);
            return;
        }

        if (!request.AsReferences && SetAsFile.FormatOf(context.Request, options) is { } file)
        {
            await files.AnswerAsync(context, options, file, state, current, root);
            return;
        }

        var format = ODataFormat.Of(context.Request, options.Format, xmlOffered: false);
        var token = options.SkipToken is { } text ? PageToken.Parse(text) : null;
        var hash = PageToken.HashOf(current.Id, options.ToQuery(skipToken: null));
        token?.RequireQuery(hash);
        var firstPage = Link(ODataAnswer.SetUrl(root, current), options.ToQuery(skipToken: null));
        var dataset = versions.Of(current, options.AsOf, token, firstPage);
        var related = versions.Related(state, dataset, options.AsOf, token, firstPage);
        var scope = new QueryScope(dataset.Contract, limits, token?.Now ?? clock.GetUtcNow(), options.Aliases, related.Tables);
        var query = ODataAnswer.Bind(scope, options);
        query = query with { IncludeAbsent = Transformation.LeavesOut(query.Apply), Columns = request.AsReferences ? [] : query.Columns };
        dataset = related.Joined(dataset, query);
        var pageRows = Math.Min(format.Wished.PageRows ?? limits.PageRows, limits.PageRowsMax);
        var tracks = token?.TracksChanges ?? (format.Wished.TracksChanges && !request.IsLed && !request.AsReferences && dataset.Related.Count == 0 && DeltaLinks.CanTrack(options, scope));
        if (format.Wished.IsCostOnly)
        {
            var dear = Asked();
            await costs.AnswerAsync(context, format, QuestionOf(dear), dear.Query with { Top = options.Top, IncludeRid = true }, dear.RowsMax, isBulk: dear.RowsMax > HeldRowsMax);
            return;
        }

        var tag = ODataAnswer.Tag(
            dataset, format, root, request.Segments[0], options.ToQuery(options.SkipToken), pageRows.ToString(CultureInfo.InvariantCulture), tracks ? "tracked" : null, request.AsReferences ? "$ref" : null);
        var head = ODataAnswer.Head(dataset, format, tag, token is not null, scope.UsesNow) with
        {
            PreferenceApplied = format.Applied(pageRows, tracks && token is null),
        };
        var key = string.Join(
            '\n', "odata", dataset.Versions, root, format.ContentType, format.Version, format.OmissionApplied, options.ToQuery(options.SkipToken), pageRows, tracks, request.AsReferences);
        if (ReferenceEquals(dataset, current) && head.Tag is not null && !request.IsLed)
        {
            known.Remember(context, root, new KnownPage(dataset, head, key));
        }

        if (head.IsEnough(context))
        {
            return;
        }

        context.Response.ContentType = format.ContentType;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var page = Asked();
        if (page.RowsMax <= HeldRowsMax && await HeldAsync(key, page, options, format, root, hash, abort) is { } answer)
        {
            await ODataAnswer.WriteAsync(context, answer);
            return;
        }

        await StreamAsync(context, page, options, format, root, hash);

        Page Asked()
        {
            var left = options.Top is { } top ? Math.Max(0, top - (token?.Delivered ?? 0)) : long.MaxValue;
            return new Page(dataset, dataset.Located(query), token, Math.Min(pageRows, left), left > pageRows, scope.UsesNow ? scope.Now : null, tracks, request.AsReferences);
        }
    }

    private static string Link(string address, string query) => query.Length == 0 ? address : $"{address}?{query}";

    private static ODataRows Rows(Page page, ODataOptions options, ODataFormat format, string root, ulong hash, long? count, MadeRows? made = null)
    {
        var setUrl = ODataAnswer.SetUrl(root, page.Dataset);
        var query = page.Query;
        var delivered = (page.Token?.Delivered ?? 0) + page.RowsMax;
        var isOrdered = query.OrderBy.Count > 0 || made is not null;
        var start = made is null ? page.Start : page.MadeStart;
        return new ODataRows(query, format, setUrl, withIds: page.AsReferences)
        {
            IsPage = true,
            Head = (page.AsReferences
                ? ODataAnswer.Context(format, root, "Collection($ref)")
                : ODataAnswer.Context(format, root, page.Dataset, query, options.Select is not null || options.Apply is not null, "")) + CountText(format, count),
            RowsMax = page.RowsMax,
            NextLink = rid => Link(page.AsReferences ? setUrl + "/$ref" : setUrl, options.ToQuery(After(rid).ToString())),
            DeltaLink = page.Tracks ? DeltaLinks.Since(setUrl, page.Dataset, options) : null,
        };

        PageToken After(long rid)
            => new(page.Dataset.Version, hash, isOrdered, isOrdered ? start + page.RowsMax : rid, delivered, page.Now)
            {
                ResultMark = made?.Mark ?? 0,
                Related = PageToken.RelatedOf(page.Dataset.Related.Select(r => (r.Id, r.Version))),
                TracksChanges = page.Tracks,
            };
    }

    internal static string CountText(ODataFormat format, long? count)
        => count is null ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $"\"{format.Prefix}count\":{(format.ExactAsText ? $"\"{count}\"" : $"{count}")},");

    /// <summary>The page as a whole, kept or made; null when it is too large to be held.</summary>
    private Task<Answer?> HeldAsync(
        string key, Page page, ODataOptions options, ODataFormat format, string root, ulong hash, CancellationToken token)
    {
        return page.Now is null ? answers.GetAsync(key, MakeAsync, token) : MakeAsync(token);

        async Task<Answer?> MakeAsync(CancellationToken patience)
        {
            var needsEngine = page.RowsMax > 0 || (options.Count && !page.Query.IsWholeTable);
            if (!needsEngine)
            {
                return Make(lease: null, patience);
            }

            return await lanes.AskAsync(QuestionOf(page), (lease, limit) => Task.FromResult(Make(lease, limit)), patience);
        }

        Answer? Make(QueryLease? lease, CancellationToken patience)
        {
            try
            {
                var count = options.Count ? Count(lease, page.Dataset, page.Query, patience) : (long?)null;
                var made = lease is null ? null : Made(lease, page, options, format, root, patience);
                return Hold(lease, page, Rows(page, options, format, root, hash, count, made), made, format, root, patience);
            }
            catch (OpenDataException failure)
            {
                throw QueryFailure.Explain(failure, page.Query);
            }
        }
    }

    private Answer? Hold(QueryLease? lease, Page page, ODataRows rows, MadeRows? made, ODataFormat format, string root, CancellationToken token)
    {
        using var buffer = new Utf8Buffer(64 * 1024);
        rows.Begin(buffer);
        if (made is not null)
        {
            rows.Made(made, page.MadeStart, buffer);
        }
        else if (lease is not null && page.RowsMax > 0 && Sql(lease, page, rows, format, root, token) is { } sql)
        {
            using var reader = Open(lease, page, rows, sql, token);
            while (reader.Read(out var chunk))
            {
                rows.Rows(chunk, buffer);
                if (buffer.Length > HeldBytesMax)
                {
                    return null;
                }
            }
        }

        rows.End(buffer);
        return new Answer(buffer.Written.ToArray(), format.ContentType);
    }

    /// <summary>A page that is too large to be held, out of the bulk lane.</summary>
    private async Task StreamAsync(HttpContext context, Page page, ODataOptions options, ODataFormat format, string root, ulong hash)
    {
        var token = context.RequestAborted;
        try
        {
            using var lease = await lanes.Bulk.EnterAsync(page.Dataset, token);
            var made = Made(lease, page, options, format, root, token);
            var rows = Rows(page, options, format, root, hash, options.Count ? Count(lease, page.Dataset, page.Query, token) : null, made);
            using var buffer = new Utf8Buffer();
            rows.Begin(buffer);
            if (made is not null)
            {
                rows.Made(made, page.MadeStart, buffer);
            }
            else if (Sql(lease, page, rows, format, root, token) is { } sql)
            {
                using var reader = Open(lease, page, rows, sql, token);
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
        catch (OpenDataException failure)
        {
            throw QueryFailure.Explain(failure, page.Query);
        }
    }

    /// <summary>Pages in physical order cost a few milliseconds by their form, whatever the table; the rest depends on its rows.</summary>
    private static Question QuestionOf(Page page) => new(
        page.Dataset,
        page.Query.Expand.Count == 0
            && (page.Query.Rids is not null || (page.Query is { IsWholeTable: true, OrderBy.Count: 0 } && page.RowsMax <= Question.QuickRowsMax)),
        QueryToSql.Translate(page.Query with { Top = page.RowsMax, IncludeRid = true }, page.Dataset.Alias).Text);

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

    /// <summary>Starts the query; rows in physical order are held to it, whether they are sorted or read as they lie.</summary>
    private static ChunkReader Open(QueryLease lease, Page page, ODataRows rows, SqlText sql, CancellationToken token)
    {
        var reader = lease.Connection.Stream(sql, token);
        if (page.Query.OrderBy.Count == 0 && page.Query.Expand.Count == 0)
        {
            reader.RequireAscending(rows.Columns.Count);
        }

        return reader;
    }

    /// <summary>The rows of the page and one more where a next page is possible; null when there are none. Related rows are read before.</summary>
    private SqlText? Sql(QueryLease lease, Page page, ODataRows rows, ODataFormat format, string root, CancellationToken token)
    {
        var query = page.Query with { Columns = rows.Columns, IncludeRid = true };
        var wanted = page.RowsMax + (page.MayGoOn ? 1 : 0);
        var isOrdered = query.OrderBy.Count > 0;
        var inOrder = isOrdered ? query : query with { AfterRid = page.Token?.Position, Skip = page.Token is null ? query.Skip : 0 };

        // Sums of floats differ in their last digits from run to run, so pages of groups that go on are all cut from one order.
        var isCut = isOrdered && (page.Token is not null || (query.Apply.Count > 0 && page.MayGoOn));
        if (!isCut && query.Expand.Count == 0)
        {
            return QueryToSql.Translate(isOrdered ? inOrder with { Top = wanted } : (inOrder with { Top = wanted }).Unsorted(), page.Dataset.Alias);
        }

        var rids = isCut
            ? [.. Order(lease, page.Dataset, query, token).Skip((int)Math.Min(page.Start, int.MaxValue)).Take((int)Math.Min(wanted, int.MaxValue)).Select(rid => (long)rid)]
            : Rids(lease, QueryToSql.TranslateOrder(inOrder, page.Dataset.Alias, wanted), token).ConvertAll(rid => (long)rid);
        if (rids.Count == 0)
        {
            return null;
        }

        if (query.Expand.Count > 0)
        {
            rows.Expanded = ExpandedRows.Read(lease, query.Expand, page.Dataset.Alias, rids[..(int)Math.Min(rids.Count, page.RowsMax)], format, root, token);
        }

        return QueryToSql.TranslateRows(query, page.Dataset.Alias, rids);
    }

    /// <summary>The whole result of transformations of which more than one page is wanted; null for other pages, and for results that are too large to be held.</summary>
    private MadeRows? Made(QueryLease lease, Page page, ODataOptions options, ODataFormat format, string root, CancellationToken token)
    {
        if (!page.IsCutFromResult)
        {
            return null;
        }

        var key = string.Join('\n', page.Dataset.Versions, root, format.ContentType, format.Version, format.OmissionApplied, options.ToQuery(skipToken: null), page.Now?.UtcTicks);
        if (!results.TryFind(key, out var made))
        {
            var writer = new ODataRows(page.Query, format, ODataAnswer.SetUrl(root, page.Dataset));
            var query = page.Query with { Columns = writer.Columns, IncludeRid = true, Top = options.Top };
            made = MadeRows.Read(lease, QueryToSql.Translate(query, page.Dataset.Alias), writer, limits.ResultBytesMax, token);
            if (made is not null)
            {
                results.Keep(key, made);
            }
        }

        // It was dropped and has come out another way.
        return page.Token is { } later && later.ResultMark != made?.Mark
            ? throw VersionChoice.Gone(Link(ODataAnswer.SetUrl(root, page.Dataset), options.ToQuery(skipToken: null)), inner: null)
            : made;
    }

    private int[] Order(QueryLease lease, ServedDataset dataset, DatasetQuery query, CancellationToken token)
    {
        var sql = QueryToSql.TranslateOrder(query with { Skip = 0 }, dataset.Alias, limits.OrderedRowsMax + 1L);
        var key = sql.Identity;
        if (orders.Find(key) is { } kept)
        {
            return kept;
        }

        var rids = Rids(lease, sql, token);
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

    private static List<int> Rids(QueryLease lease, SqlText sql, CancellationToken token)
    {
        var rids = new List<int>();
        using var reader = lease.Connection.Stream(sql, token);
        while (reader.Read(out var chunk))
        {
            for (var row = 0; row < chunk.RowCount; row++)
            {
                rids.Add((int)chunk[0].Int64At(row));
            }
        }

        return rids;
    }

    /// <summary>Rows of the predicate; the whole table's are known.</summary>
    public static long Count(QueryLease? lease, ServedDataset dataset, DatasetQuery query, CancellationToken token)
        => lease is null || query.IsWholeTable
            ? dataset.Manifest.Rows
            : lease.Connection.ReadInt64(QueryToSql.TranslateCount(query, dataset.Alias), token) ?? 0;

    /// <summary>One page to write.</summary>
    /// <param name="Dataset">The version.</param>
    /// <param name="Query">What is asked for.</param>
    /// <param name="Token">Where the page starts; null for the first.</param>
    /// <param name="RowsMax">Rows of the page.</param>
    /// <param name="MayGoOn">True when more rows than the page's are wanted.</param>
    /// <param name="Now">What <c>now()</c> means; null when the query does not use it.</param>
    /// <param name="Tracks">True when the last page leads to later changes.</param>
    /// <param name="AsReferences">True when the addresses of rows are wanted in place of the rows.</param>
    private sealed record Page(ServedDataset Dataset, DatasetQuery Query, PageToken? Token, long RowsMax, bool MayGoOn, DateTimeOffset? Now, bool Tracks, bool AsReferences)
    {
        /// <summary>Where a page of a result that is held starts in it.</summary>
        public long MadeStart => Token?.Position ?? 0;

        /// <summary>True when transformations make other rows than those of the table, and more than one page of them is wanted.</summary>
        public bool IsCutFromResult => Token is null
            ? MayGoOn && Query.Apply.Any(s => s is not (Transformation.Filter or Transformation.Compute))
            : Token.ResultMark != 0;

        /// <summary>Where an ordered page starts in its order.</summary>
        public long Start => Token?.Position ?? Query.Skip;
    }
}
