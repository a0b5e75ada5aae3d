using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;
using OpenData.Portal.OData.Delta;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Portal.OData;

/// <summary>Pages of an entity set, bound to the version on which the traversal began.</summary>
internal sealed class PageReader(
    QueryLanes lanes,
    VersionChoice versions,
    PageRows source,
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
        token?.RequireQuery(Page.HashOf(current.Id, options));
        var firstPage = Page.First(ODataAnswer.SetUrl(root, current), options);
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
        if (page.RowsMax <= HeldRowsMax && await HeldAsync(key, page, context.RequestAborted) is { } answer)
        {
            await ODataAnswer.WriteAsync(context, answer);
            return;
        }

        await StreamAsync(context, page);

        Page Asked()
        {
            var left = options.Top is { } top ? Math.Max(0, top - (token?.Delivered ?? 0)) : long.MaxValue;
            return new Page(dataset, dataset.Located(query), options, format, root)
            {
                Token = token,
                RowsMax = Math.Min(pageRows, left),
                MayGoOn = left > pageRows,
                Now = scope.UsesNow ? scope.Now : null,
                Tracks = tracks,
                AsReferences = request.AsReferences,
            };
        }
    }

    /// <summary>The page as a whole, kept or made; null when it is too large to be held.</summary>
    private Task<Answer?> HeldAsync(string key, Page page, CancellationToken token)
    {
        return page.Now is null ? answers.GetAsync(key, MakeAsync, token) : MakeAsync(token);

        async Task<Answer?> MakeAsync(CancellationToken patience)
        {
            var needsEngine = page.RowsMax > 0 || (page.Options.Count && !page.Query.IsWholeTable);
            return needsEngine
                ? await lanes.AskAsync(QuestionOf(page), (lease, limit) => Task.FromResult(Hold(lease, page, limit)), patience)
                : Hold(lease: null, page, patience);
        }
    }

    private Answer? Hold(QueryLease? lease, Page page, CancellationToken token)
    {
        try
        {
            var count = page.Options.Count ? PageRows.Count(lease, page.Dataset, page.Query, token) : (long?)null;
            var made = lease is null ? null : source.Made(lease, page, token);
            var rows = page.Writer(count, made);
            using var buffer = new Utf8Buffer(64 * 1024);
            rows.Begin(buffer);
            if (made is not null)
            {
                rows.Made(made, page.MadeStart, buffer);
            }
            else if (lease is not null && page.RowsMax > 0)
            {
                using var reader = source.Open(lease, page, rows, token);
                while (reader is not null && reader.Read(out var chunk))
                {
                    rows.Rows(chunk, buffer);
                    if (buffer.Length > HeldBytesMax)
                    {
                        return null;
                    }
                }
            }

            rows.End(buffer);
            return new Answer(buffer.Written.ToArray(), page.Format.ContentType);
        }
        catch (OpenDataException failure)
        {
            throw QueryFailure.Explain(failure, page.Query);
        }
    }

    /// <summary>A page that is too large to be held, out of the bulk lane.</summary>
    private async Task StreamAsync(HttpContext context, Page page)
    {
        var token = context.RequestAborted;
        try
        {
            using var lease = await lanes.Bulk.EnterAsync(page.Dataset, token);
            var made = source.Made(lease, page, token);
            var rows = page.Writer(page.Options.Count ? PageRows.Count(lease, page.Dataset, page.Query, token) : null, made);
            using var buffer = new Utf8Buffer();
            rows.Begin(buffer);
            if (made is not null)
            {
                rows.Made(made, page.MadeStart, buffer);
            }
            else
            {
                using var reader = source.Open(lease, page, rows, token);
                while (reader is not null && reader.Read(out var chunk))
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
            && (page.Query.Rids is not null || (page.Query.IsWholeTable && !page.IsOrdered && page.RowsMax <= Question.QuickRowsMax)),
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
}
