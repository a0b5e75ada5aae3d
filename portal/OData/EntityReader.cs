using System.Globalization;
using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.OData.Delta;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Portal.OData;

/// <summary>Answers from the rows of one dataset: pages of a set, its count, one entity, one property, one raw value.</summary>
internal sealed class EntityReader(
    PageReader pages,
    DeltaReader deltas,
    Navigation navigation,
    QueryLanes lanes,
    VersionChoice versions,
    AnswerCache answers,
    QueryLimits limits,
    TimeProvider clock)
{
    /// <summary>Answers whatever the path names.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">What is asked for.</param>
    /// <param name="request">The address.</param>
    /// <param name="state">The state of this request.</param>
    /// <param name="dataset">The dataset as it is served now.</param>
    /// <param name="root">Absolute address of the service.</param>
    public async Task AnswerAsync(HttpContext context, ODataPath path, ODataRequest request, ServedCatalog state, ServedDataset dataset, string root)
    {
        if (path.HasKey && path.Tail.Count > 0 && Navigation.LeadsOn(path, state, dataset))
        {
            if (await navigation.FollowAsync(path, request, state, dataset, ODataAnswer.SetUrl(root, dataset), context.RequestAborted) is not var (next, nextRequest, target))
            {
                context.Response.Headers["OData-Version"] = ODataFormat.Plain(context.Request).Version;
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }

            await AnswerAsync(context, next, nextRequest, state, target, root);
            return;
        }

        await ((path.HasKey, path.Tail) switch
        {
            (true, []) => EntityAsync(context, path, request, state, dataset, root),
            (true, [var reference]) when reference.Equals("$ref", StringComparison.OrdinalIgnoreCase)
                => EntityAsync(context, path, request with { AsReferences = true }, state, dataset, root),
            (false, [var references]) when references.Equals("$ref", StringComparison.OrdinalIgnoreCase)
                => pages.AnswerAsync(context, request with { AsReferences = true }, state, dataset, root),
            (true, [var property]) => PropertyAsync(context, path, request, dataset, root, property, raw: false),
            (true, [var property, var value]) when value.Equals("$value", StringComparison.OrdinalIgnoreCase)
                => PropertyAsync(context, path, request, dataset, root, property, raw: true),
            (true, [var property, var count]) when count.Equals("$count", StringComparison.OrdinalIgnoreCase)
                => ListCountAsync(context, path, request, dataset, root, property),
            (false, []) => pages.AnswerAsync(context, request, state, dataset, root),
            (false, [var count]) when count.Equals("$count", StringComparison.OrdinalIgnoreCase) => DeltaLinks.IsOne(request)
                ? deltas.CountAsync(context, request, dataset, root)
                : CountAsync(context, request, state, dataset, root),
            _ => throw ODataPath.Unknown(path.Tail[^1]),
        });
    }

    private async Task CountAsync(HttpContext context, ODataRequest request, ServedCatalog state, ServedDataset current, string root)
    {
        var options = ODataOptions.Read(request, "apply", "compute", "filter", "search", "asof");
        var format = ODataFormat.Plain(context.Request);
        var dataset = versions.Of(current, options.AsOf, token: null, ODataAnswer.SetUrl(root, current));
        var related = versions.Related(state, dataset, options.AsOf, token: null, ODataAnswer.SetUrl(root, current));
        var scope = new QueryScope(dataset.Contract, limits, clock.GetUtcNow(), options.Aliases, related.Tables);
        var query = ODataAnswer.Bind(scope, options);
        dataset = related.Joined(dataset, query);
        if (ODataAnswer.Head(dataset, format, ODataAnswer.Tag(dataset, format, "count", options.ToQuery(null)), isPinned: false, scope.UsesNow).IsEnough(context))
        {
            return;
        }

        context.Response.ContentType = "text/plain;charset=utf-8";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        query = dataset.Located(query);
        var key = string.Join('\n', "count", dataset.Versions, options.ToQuery(null));
        var answer = !query.IsWholeTable && !scope.UsesNow
            ? await answers.GetAsync(key, CountedAsync, context.RequestAborted)
            : await CountedAsync(context.RequestAborted);
        await ODataAnswer.WriteAsync(context, answer!); // A count is never too large to be held.

        async Task<Answer?> CountedAsync(CancellationToken patience)
        {
            try
            {
                var count = query.IsWholeTable
                    ? dataset.Manifest.Rows
                    : await lanes.AskAsync(
                        new Question(dataset, IsQuick: query.Rids is not null, QueryToSql.TranslateCount(query, dataset.Alias).Text),
                        (lease, limit) => Task.FromResult(PageRows.Count(lease, dataset, query, limit)),
                        patience);
                return new Answer(Encoding.ASCII.GetBytes(count.ToString(CultureInfo.InvariantCulture)), "text/plain;charset=utf-8");
            }
            catch (OpenDataException failure)
            {
                throw QueryFailure.Explain(failure, query);
            }
        }
    }

    private async Task EntityAsync(HttpContext context, ODataPath path, ODataRequest request, ServedCatalog state, ServedDataset current, string root)
    {
        var options = request.AsReferences
            ? ODataOptions.Read(request.Options, "format", "asof")
            : ODataOptions.Read(request.Options, "compute", "select", "expand", "format", "asof");
        var format = ODataFormat.Of(context.Request, options.Format, xmlOffered: false);
        var dataset = versions.Of(current, options.AsOf, token: null, ODataAnswer.SetUrl(root, current));
        var related = versions.Related(state, dataset, options.AsOf, token: null, ODataAnswer.SetUrl(root, current));
        var scope = new QueryScope(dataset.Contract, limits, clock.GetUtcNow(), options.Aliases, related.Tables);
        var key = path.Key(scope);
        var query = ODataAnswer.Bind(scope, options) with { Predicate = key, ByKey = true, Top = 1 };
        query = request.AsReferences ? query with { Columns = [] } : query;
        dataset = related.Joined(dataset, query);
        var tag = ODataAnswer.Tag(dataset, format, [root, .. request.Segments, options.ToQuery(null)]);
        if ((ODataAnswer.Head(dataset, format, tag, isPinned: false, scope.UsesNow) with { PreferenceApplied = format.OmissionApplied }).IsEnough(context))
        {
            return;
        }

        query = dataset.Located(query) with { IncludeRid = query.Expand.Count > 0 };
        var rows = new ODataRows(query, format, ODataAnswer.SetUrl(root, dataset), withIds: request.AsReferences)
        {
            Head = request.AsReferences
                ? ODataAnswer.Context(format, root, "$ref")
                : ODataAnswer.Context(format, root, dataset, query, options.Select is not null, "/$entity"),
        };
        using var buffer = new Utf8Buffer(16 * 1024);
        using (var lease = await (query.Expand.Count > 0 ? lanes.Interactive : lanes.Quick).EnterAsync(dataset, context.RequestAborted))
        {
            try
            {
                if (query.Expand.Count > 0 && lease.Connection.ReadInt64(QueryToSql.TranslateOrder(query, dataset.Alias, 1), context.RequestAborted) is { } rid)
                {
                    rows.Expanded = ExpandedRows.Read(lease, query.Expand, dataset.Alias, [rid], format, root, context.RequestAborted);
                }

                using var reader = lease.Connection.Stream(QueryToSql.Translate(query with { Columns = rows.Columns }, dataset.Alias), context.RequestAborted);
                rows.Begin(buffer);
                while (reader.Read(out var chunk))
                {
                    rows.Rows(chunk, buffer);
                }
            }
            catch (OpenDataException failure)
            {
                throw QueryFailure.Explain(failure, query);
            }
        }

        rows.End(buffer);
        await ODataAnswer.WriteAsync(context, new Answer(buffer.Written, format.ContentType));
    }

    private async Task PropertyAsync(
        HttpContext context, ODataPath path, ODataRequest request, ServedDataset current, string root, string property, bool raw)
    {
        var options = raw ? ODataOptions.Read(request.Options, "asof") : ODataOptions.Read(request.Options, "format", "asof");
        var format = raw ? ODataFormat.Plain(context.Request) : ODataFormat.Of(context.Request, options.Format, xmlOffered: false);
        var dataset = versions.Of(current, options.AsOf, token: null, ODataAnswer.SetUrl(root, current));
        var scope = new QueryScope(dataset.Contract, limits, clock.GetUtcNow(), options.Aliases);
        var column = scope.Columns.FirstOrDefault(c => c.Name.Equals(property, StringComparison.OrdinalIgnoreCase)) ?? throw ODataPath.Unknown(property);
        if (raw && column.Type.Kind == ColumnKind.List)
        {
            throw new OpenDataException(QueryErrors.WrongType, new LocalText(
                $"Cột {column.Name} là danh sách, không có giá trị dạng văn bản thuần; hãy bỏ /$value.",
                $"Column {column.Name} is a list, which has no plain value; leave out /$value."));
        }

        var query = new DatasetQuery(dataset.Contract, [column]) { Predicate = path.Key(scope), ByKey = true, Top = 1, Limits = limits };
        scope.RequireAliasesUsed();
        var tag = ODataAnswer.Tag(dataset, format, [root, .. request.Segments, options.ToQuery(null)]);
        if (ODataAnswer.Head(dataset, format, tag, isPinned: false, usesNow: false).IsEnough(context))
        {
            return;
        }

        using var value = new Utf8Buffer(16 * 1024);
        if (!await ReadValueAsync(dataset, dataset.Located(query), format, raw, value, context.RequestAborted))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (raw)
        {
            await ODataAnswer.WriteAsync(context, new Answer(value.Written, "text/plain;charset=utf-8"));
            return;
        }

        using var body = new Utf8Buffer(16 * 1024);
        var address = $"({(path.KeyText ?? string.Join(',', path.KeySegments))})/{column.Name}";
        body.Append((byte)'{');
        body.Append(Encoding.UTF8.GetBytes(ODataAnswer.Context(format, root, dataset.Id + address)));
        body.Append("\"value\":"u8);
        body.Append(value.Written.Span);
        body.Append("}\n"u8);
        await ODataAnswer.WriteAsync(context, new Answer(body.Written, format.ContentType));
    }

    private async Task ListCountAsync(HttpContext context, ODataPath path, ODataRequest request, ServedDataset current, string root, string property)
    {
        var options = ODataOptions.Read(request.Options, "asof");
        var format = ODataFormat.Plain(context.Request);
        var dataset = versions.Of(current, options.AsOf, token: null, ODataAnswer.SetUrl(root, current));
        var scope = new QueryScope(dataset.Contract, limits, clock.GetUtcNow(), options.Aliases);
        var list = scope.Columns.FirstOrDefault(c => c.Type.Kind == ColumnKind.List && c.Name.Equals(property, StringComparison.OrdinalIgnoreCase))
            ?? throw ODataPath.Unknown("$count");
        var key = path.Key(scope);
        scope.RequireAliasesUsed();
        var values = new ComputedColumn(
            new ColumnContract("_values", new ColumnType(ColumnKind.Integer), list.Title), new BoundExpression.ListCount(new BoundExpression.Column(list), null, null));
        var query = new DatasetQuery(dataset.Contract, [values.Column]) { Computed = [values], Predicate = key, ByKey = true, Top = 1, Limits = limits };
        var tag = ODataAnswer.Tag(dataset, format, [root, .. request.Segments, options.ToQuery(null)]);
        if (ODataAnswer.Head(dataset, format, tag, isPinned: false, usesNow: false).IsEnough(context))
        {
            return;
        }

        using var count = new Utf8Buffer(32);
        await ReadValueAsync(dataset, dataset.Located(query), format, raw: true, count, context.RequestAborted);
        await ODataAnswer.WriteAsync(context, new Answer(count.Written, "text/plain;charset=utf-8"));
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
}
