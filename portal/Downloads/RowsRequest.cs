using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Api;
using OpenData.Portal.Errors;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Portal.Downloads;

/// <summary>Which rows of a dataset somebody wants in which form.</summary>
/// <param name="Dataset">The version.</param>
/// <param name="Query">Which columns of which rows in which order.</param>
/// <param name="Format">The format.</param>
/// <param name="UsesNow">True when the rows depend on the time of asking.</param>
internal sealed record RowsRequest(ServedDataset Dataset, DatasetQuery Query, DistributionFormat Format, bool UsesNow)
{
    private static readonly string[] Parameters = ["columns", "where", "search", "order", "limit", "format", "asof"];

    /// <summary>Reads the parameters; each at most once, and nothing is passed over.</summary>
    /// <exception cref="OpenDataException">OD9027, OD9026, OD9033, OD12xx with the position inside the parameter's text.</exception>
    public static RowsRequest Read(HttpRequest request, ServedDataset current, AsOf versions, QueryLimits limits, DateTimeOffset now)
    {
        Paging.RefuseOthers(request, Parameters);
        var dataset = versions.Of(current, Text(request, "asof"));
        var scope = new QueryScope(dataset.Contract, limits, now);
        var columns = Text(request, "columns") is { } names ? scope.SelectAsNamed(names) : dataset.Contract.PublicColumns;
        var query = new DatasetQuery(dataset.Contract, columns)
        {
            Predicate = BoundExpression.AllOf(
                Text(request, "where") is { } where ? scope.Filter(where) : null, Text(request, "search") is { } search ? scope.Search(search) : null),
            OrderBy = Text(request, "order") is { } order ? scope.OrderBy(order) : [],
            Top = Text(request, "limit") is { } limit ? Number(limit) : null,
            Limits = limits,
        };
        return Of(dataset, query, FormatOf(request), scope.UsesNow);
    }

    /// <summary>The same for a query that was read elsewhere.</summary>
    /// <exception cref="OpenDataException">OD9033 when the columns cannot be written in the format.</exception>
    public static RowsRequest Of(ServedDataset dataset, DatasetQuery query, DistributionFormat format, bool usesNow)
        => !format.NeedsGeometry || query.Columns.Any(c => c.Type.Kind == ColumnKind.Geometry)
            ? new RowsRequest(dataset, WithoutNeedlessTop(query, dataset), format, usesNow)
            : throw new OpenDataException(
                PortalErrors.FormatNotOffered,
                new LocalText("Các cột đã chọn không có cột hình học.", "None of the chosen columns is a geometry."),
                suggestion: "json");

    // A limit that the table cannot reach would cost a sort for nothing.
    private static DatasetQuery WithoutNeedlessTop(DatasetQuery query, ServedDataset dataset)
        => query.Top >= dataset.Manifest.Rows ? query with { Top = null } : query;

    private static string? Text(HttpRequest request, string name)
    {
        if (!request.Query.TryGetValue(name, out var values))
        {
            return null;
        }

        return values is [{ Length: > 0 } one] ? one : throw Paging.Invalid(
            new LocalText($"Tham số {name} cần đúng một giá trị.", $"The parameter {name} takes exactly one value."),
            string.Join(", ", Parameters));
    }

    private static long Number(string text)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Paging.Invalid(
            new LocalText("limit là số nguyên từ 0.", "limit is a whole number from 0."), "limit=100");

    private static DistributionFormat FormatOf(HttpRequest request)
    {
        var format = Text(request, "format") is { } word ? DistributionFormat.OfWord(word) : Accepted(request);
        return format ?? throw new OpenDataException(
            request.Query.ContainsKey("format") ? PortalErrors.FormatNotOffered : PortalErrors.NotAcceptable,
            new LocalText("Không có định dạng này.", "There is no such format."),
            suggestion: string.Join(", ", DistributionFormat.All.Select(f => f.Word)));
    }

    /// <summary>The most wanted format of <c>Accept</c>; JSON where anything goes; null when nothing fits.</summary>
    private static DistributionFormat? Accepted(HttpRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Headers.Accept.ToString()))
        {
            return DistributionFormat.Json;
        }

        return request.GetTypedHeaders().Accept
            .Where(t => (t.Quality ?? 1) > 0)
            .OrderByDescending(t => t.Quality ?? 1)
            .Select(AcceptedFormat.Of)
            .FirstOrDefault(f => f is not null);
    }
}
