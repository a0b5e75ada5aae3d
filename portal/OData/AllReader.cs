using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Portal.OData;

/// <summary>
/// The rows of all sets, one set after another by name (<c>$all</c>). A traversal reads the catalogue as it was at one instant, and no set in two
/// versions.
/// </summary>
internal sealed class AllReader(QueryLanes lanes, VersionChoice versions, PageReader pages, QueryLimits limits, TimeProvider clock)
{
    // A page is made as a whole before a byte goes out.
    private const int PageRowsMax = 10_000;

    private const string All = "$all";

    private static readonly string[] OfOneType = ["filter", "select", "expand", "orderby", "compute", "apply", "deltatoken"];

    /// <summary>True for <c>$all</c> and what stands behind it.</summary>
    public static bool IsIt(ODataRequest request) => request.Segments[0].Equals(All, StringComparison.OrdinalIgnoreCase);

    /// <summary>Answers with a page, with the number of rows (<c>$all/$count</c>), or with the rows of one type (<c>$all/OpenData.things</c>).</summary>
    /// <exception cref="OpenDataException"><c>OD1205</c> for options that need the columns of one type, and those of pages.</exception>
    public async Task AnswerAsync(HttpContext context, ODataRequest request, ServedCatalog state, string root)
    {
        switch (request.Segments.Skip(1).ToList())
        {
            case []:
                await PageAsync(context, request, state, root);
                break;
            case [var count] when count.Equals("$count", StringComparison.OrdinalIgnoreCase):
                await CountAsync(context, request, state);
                break;
            case [var type] when state.Datasets.FirstOrDefault(d => type.Equals($"{EdmModelFactory.Namespace}.{d.Id}", StringComparison.OrdinalIgnoreCase)) is { } dataset:
                await pages.AnswerAsync(context, request with { Segments = [dataset.Id] }, state, dataset, root);
                break;
            case var behind:
                throw ODataPath.Unknown(behind[^1]);
        }
    }

    private async Task CountAsync(HttpContext context, ODataRequest request, ServedCatalog state)
    {
        var options = Read(request, "search", "asof");
        var format = ODataFormat.Plain(context.Request);
        var sets = Sets(state, options, options.AsOf);
        context.Response.ContentType = "text/plain;charset=utf-8";
        if (Head(sets, format, "count", options.ToQuery(null)).IsEnough(context) || HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var count = await CountAsync(sets, options, context.RequestAborted);
        await ODataAnswer.WriteAsync(context, new Answer(Encoding.ASCII.GetBytes(count.ToString(CultureInfo.InvariantCulture)), context.Response.ContentType));
    }

    private async Task PageAsync(HttpContext context, ODataRequest request, ServedCatalog state, string root)
    {
        var options = Read(request, "search", "top", "skip", "count", "skiptoken", "format", "asof");
        var format = ODataFormat.Of(context.Request, options.Format, xmlOffered: false);
        var query = options.ToQuery(skipToken: null);
        var address = $"{root}/{All}?{query}";
        var hash = PageToken.HashOf(All, query);
        var token = options.SkipToken is { } text ? PageToken.Parse(text) : null;
        token?.RequireQuery(hash);

        // The newest version of all is the state that the caller sees; what comes later is not in it.
        var moment = options.AsOf?.Replace(' ', '+')
            ?? token?.Version
            ?? state.Datasets.Select(d => d.Manifest.PublishedAt).DefaultIfEmpty().Max().ToString("O", CultureInfo.InvariantCulture);
        var sets = Sets(state, options, moment);
        var pageRows = Math.Min(format.Wished.PageRows ?? limits.PageRows, PageRowsMax);
        var head = Head(sets, format, root, options.ToQuery(options.SkipToken), pageRows.ToString(CultureInfo.InvariantCulture)) with
        {
            PreferenceApplied = format.Applied(pageRows, tracks: false),
        };
        context.Response.ContentType = format.ContentType;
        if (head.IsEnough(context) || HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        using var buffer = new Utf8Buffer(64 * 1024);
        buffer.Append(Encoding.UTF8.GetBytes(
            "{" + ODataAnswer.Context(format, root, "Collection(Edm.EntityType)")
            + Page.CountText(format, options.Count ? await CountAsync(sets, options, context.RequestAborted) : null) + "\"value\":["));
        var delivered = token?.Delivered ?? 0;
        var page = new AllPage(buffer, format, root, Math.Min(pageRows, Math.Max(0, (options.Top ?? long.MaxValue) - delivered)));
        var end = await FillAsync(page, sets, options, token, address, context.RequestAborted);
        buffer.Append("\n]"u8);
        delivered += page.Rows;
        if (end is var (set, first) && delivered < (options.Top ?? long.MaxValue))
        {
            var next = new PageToken(moment, hash, IsOrdered: false, first, delivered, Now: null) { Related = PageToken.RelatedOf([(set.Id, set.Version)]) };
            buffer.Append(Encoding.UTF8.GetBytes($",\"{format.Prefix}nextLink\":\"{ODataAnswer.InQuotes($"{address}{(query.Length == 0 ? "" : "&")}$skiptoken={next}")}\""));
        }

        buffer.Append("}\n"u8);
        await ODataAnswer.WriteAsync(context, new Answer(buffer.Written.ToArray(), format.ContentType));
    }

    /// <summary>Fills the page; the set and the number of the row that come behind it, null when nothing does.</summary>
    private async Task<(ServedDataset Set, long First)?> FillAsync(
        AllPage page, IReadOnlyList<ServedDataset> sets, ODataOptions options, PageToken? token, string restart, CancellationToken abort)
    {
        var skip = token is null ? options.Skip : 0;
        var began = token is null;
        foreach (var current in sets)
        {
            var set = current;
            long? after = null;
            if (!began && token!.VersionOf(set.Id) is { } version)
            {
                began = true;
                set = versions.Kept(set.Id, version, restart);
                after = token.Position > 0 ? token.Position - 1 : null;
            }

            if (!began || set.Manifest.Rows == 0)
            {
                continue;
            }

            var query = Query(set, options) with { AfterRid = after, IncludeRid = true };
            if (skip > 0)
            {
                var count = await CountAsync(set, query, abort);
                query = query with { Skip = Math.Min(skip, count) };
                skip -= query.Skip;
                if (query.Skip == count)
                {
                    continue;
                }
            }

            if (await page.AddAsync(lanes, set, query, abort) is { } first)
            {
                return (set, first);
            }
        }

        return began ? null : throw VersionChoice.Gone(restart, inner: null);
    }

    private async Task<long> CountAsync(IReadOnlyList<ServedDataset> sets, ODataOptions options, CancellationToken abort)
    {
        long sum = 0;
        foreach (var set in sets)
        {
            sum += await CountAsync(set, Query(set, options), abort);
        }

        return sum;
    }

    private async Task<long> CountAsync(ServedDataset set, DatasetQuery query, CancellationToken abort)
        => query.IsWholeTable
            ? set.Manifest.Rows
            : await lanes.AskAsync(
                new Question(set, IsQuick: false, QueryToSql.TranslateCount(query, set.Alias).Text),
                (lease, limit) => Task.FromResult(PageRows.Count(lease, set, query, limit)),
                abort);

    private DatasetQuery Query(ServedDataset set, ODataOptions options)
    {
        var scope = new QueryScope(set.Contract, limits, clock.GetUtcNow());
        return new DatasetQuery(set.Contract, scope.Columns) { Predicate = options.Search is { } words ? scope.Search(words) : null, Limits = limits };
    }

    /// <summary>The sets as they were at the moment; in those that cannot be searched no row has the words.</summary>
    private List<ServedDataset> Sets(ServedCatalog state, ODataOptions options, string? moment)
    {
        var sets = state.Datasets.Select(current => versions.At(current, moment)).OfType<ServedDataset>().ToList();
        if (options.Search is null)
        {
            return sets;
        }

        var searchable = sets.FindAll(s => s.Contract.PublicColumns.Any(c => c.Search));
        return searchable.Count > 0 || sets.Count == 0
            ? searchable
            : throw new OpenDataException(QueryErrors.NotSupported, new LocalText("Không có tập nào tìm kiếm được.", "No set can be searched."));
    }

    private static AnswerHead Head(IReadOnlyList<ServedDataset> sets, ODataFormat format, params ReadOnlySpan<string?> parts)
    {
        var hash = PageToken.HashOf([All, format.ContentType, format.Version, format.OmissionApplied, .. sets.Select(s => s.Alias), .. parts]);
        return new AnswerHead(
            format.Version,
            HeaderUtilities.FormatDate(sets.Select(s => s.Manifest.PublishedAt).DefaultIfEmpty().Max()),
            string.Create(CultureInfo.InvariantCulture, $"W/\"{hash:x16}\""),
            "public, no-cache");
    }

    private static ODataOptions Read(ODataRequest request, params ReadOnlySpan<string> allowed)
    {
        if (request.Options.FirstOrDefault(o => OfOneType.Contains(o.Key.TrimStart('$'), StringComparer.OrdinalIgnoreCase)).Key is { } name)
        {
            throw new OpenDataException(
                QueryErrors.NotSupported,
                new LocalText(
                    $"Dịch vụ chưa hỗ trợ {name} trên mọi kiểu dữ liệu; hãy hỏi từng tập.",
                    $"This service does not support {name} over all types; ask a set by itself."));
        }

        var options = ODataOptions.Read(request, allowed);
        if (options.AsOf is { } version && VersionName.IsValid(version))
        {
            throw new OpenDataException(
                QueryErrors.MalformedOption,
                new LocalText("Ở đây asof chỉ nhận ngày hoặc mốc thời gian, vì mỗi tập có phiên bản riêng.", "Here asof takes a day or an instant, since every set has versions of its own."));
        }

        ODataEndpoints.RefuseAliases(options);
        return options;
    }
}
