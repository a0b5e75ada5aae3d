using Microsoft.Net.Http.Headers;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Downloads;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Portal.OData;

/// <summary>An entity set as a file: the rows of the query in one piece, in a format of the downloads, without pages.</summary>
internal sealed class SetAsFile(RowsAnswer rows, VersionChoice versions, QueryLimits limits, TimeProvider clock)
{
    /// <summary>The file format that <c>$format</c> or else <c>Accept</c> asks for; null for OData's own JSON and for what nobody knows.</summary>
    public static DistributionFormat? FormatOf(HttpRequest request, ODataOptions options)
    {
        if (options.Format is { } format)
        {
            return Other(DistributionFormat.OfWord(format.ToLowerInvariant())
                ?? (MediaTypeHeaderValue.TryParse(format, out var type) && !type.MatchesAllSubTypes ? AcceptedFormat.Of(type) : null));
        }

        // Nearly every client wants JSON or takes anything; only the first choice counts, so that nobody gets a file by accident.
        var first = request.Headers.Accept.Count == 0
            ? null
            : request.GetTypedHeaders().Accept.Where(t => (t.Quality ?? 1) > 0).MaxBy(t => t.Quality ?? 1);
        return first is null || first.MatchesAllSubTypes ? null : Other(AcceptedFormat.Of(first));
    }

    /// <summary>Answers with the file.</summary>
    /// <exception cref="OpenDataException">OD1207 for options that only pages have.</exception>
    public async Task AnswerAsync(HttpContext context, ODataOptions options, DistributionFormat format, ServedCatalog state, ServedDataset current, string root)
    {
        if (options.Count || options.SkipToken is not null)
        {
            throw PagesOnly();
        }

        if (options.Expand is not null)
        {
            throw new OpenDataException(
                QueryErrors.NotSupported,
                new LocalText(
                    "Tệp chứa các dòng phẳng nên không có $expand; hãy dùng $compute=quan_he/cot as ten.",
                    "A file holds flat rows, so it has no $expand; use $compute=relation/column as name."));
        }

        var setUrl = ODataAnswer.SetUrl(root, current);
        var dataset = versions.Of(current, options.AsOf, token: null, setUrl);
        var related = versions.Related(state, dataset, options.AsOf, token: null, setUrl);
        var scope = new QueryScope(dataset.Contract, limits, clock.GetUtcNow(), options.Aliases, related.Tables);
        var query = ODataAnswer.Bind(scope, options) with { Top = options.Top };
        dataset = related.Joined(dataset, query);
        if (query.Columns.Any(c => CountColumn.ListOf(c) is not null))
        {
            throw PagesOnly();
        }

        if (options.Select is null && options.Apply is null)
        {
            query = query with { Columns = [.. dataset.Contract.PublicColumns, .. query.Computed.Select(c => c.Column)] };
        }

        context.Response.Headers["OData-Version"] = ODataFormat.Plain(context.Request).Version;
        await rows.SendAsync(context, RowsRequest.Of(dataset, query, format, scope.UsesNow));
    }

    private static OpenDataException PagesOnly() => new(
        QueryErrors.MalformedOption,
        new LocalText(
            "$count và $skiptoken chỉ có ở các trang JSON; tệp chứa mọi dòng của truy vấn.",
            "$count and $skiptoken belong to pages of JSON; a file holds all rows of the query."));

    private static DistributionFormat? Other(DistributionFormat? format) => format == DistributionFormat.Json ? null : format;
}
