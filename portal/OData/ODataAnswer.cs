using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Portal.OData;

/// <summary>What all answers from rows have in common: addresses, tags, headers, the context.</summary>
internal static class ODataAnswer
{
    /// <summary>Absolute address of the entity set.</summary>
    public static string SetUrl(string root, ServedDataset dataset) => $"{root}/{dataset.Id}";

    /// <summary>Weak tag of an answer: its version, form and everything else that its bytes depend on.</summary>
    public static string Tag(ServedDataset dataset, ODataFormat format, params ReadOnlySpan<string?> parts)
    {
        var hash = PageToken.HashOf([dataset.Versions, format.ContentType, format.Version, format.OmissionApplied, .. parts]);
        return string.Create(CultureInfo.InvariantCulture, $"W/\"{hash:x16}\"");
    }

    /// <summary>The headers of an answer.</summary>
    /// <param name="dataset">Its version.</param>
    /// <param name="format">Its form.</param>
    /// <param name="tag">See <see cref="Tag"/>.</param>
    /// <param name="isPinned">True when the address names the version, so that the answer never changes.</param>
    /// <param name="usesNow">True when it depends on the clock.</param>
    public static AnswerHead Head(ServedDataset dataset, ODataFormat format, string tag, bool isPinned, bool usesNow) => new(
        format.Version,
        HeaderUtilities.FormatDate(dataset.Manifest.PublishedAt),
        usesNow ? null : tag,
        usesNow ? "no-store" : isPinned ? "public, max-age=86400" : "public, no-cache");

    /// <summary>The options against the contract.</summary>
    public static DatasetQuery Bind(QueryScope scope, ODataOptions options)
    {
        IReadOnlyList<BoundExpression> inPath = [.. options.PathFilters.Select(scope.Filter)];
        IReadOnlyList<Transformation> apply = options.Apply is { } transformations
            ? [.. inPath.Select(f => new Transformation.Filter(f)), .. scope.Apply(transformations)]
            : [];
        if (options.Compute is { } compute)
        {
            scope.Compute(compute);
        }

        var query = new DatasetQuery(scope.Contract, options.Select is { } select ? scope.Select(select) : scope.Columns)
        {
            Apply = apply,
            Computed = scope.Computed,
            Predicate = BoundExpression.AllOf(
                [.. apply.Count > 0 ? [] : inPath, options.Filter is { } filter ? scope.Filter(filter) : null, options.Search is { } search ? scope.Search(search) : null]),
            OrderBy = options.OrderBy is { } order ? scope.OrderBy(order) : [],
            Skip = options.Skip,
            Expand = options.Expand is { } expand ? Expansions(scope, expand, apply) : [],
            Limits = scope.Limits,
        };
        scope.RequireAliasesUsed();
        return query with { Related = scope.Related };
    }

    private static IReadOnlyList<Expansion> Expansions(QueryScope scope, string expand, IReadOnlyList<Transformation> apply)
        => apply.Count == 0 ? scope.Expand(expand) : throw new OpenDataException(
            QueryErrors.NotSupported, new LocalText("Dịch vụ chưa hỗ trợ $expand sau $apply.", "This service does not support $expand behind $apply."));

    /// <summary>What the context says of the columns and relations of an answer; nothing when it has all columns and no relation.</summary>
    private static string Shape(IReadOnlyList<ColumnContract>? columns, IReadOnlyList<Expansion> expand)
    {
        IEnumerable<string> parts =
        [
            .. (columns ?? []).Where(c => CountColumn.ListOf(c) is null).Select(c => c.Name),
            .. expand.Where(e => e.Part == ExpandedPart.Rows).Select(e => $"{e.Relation.Name}({Shape(e.Query.Columns.Count < RowKey.QueryColumns(e.Query.Contract).Count + e.Query.Computed.Count ? e.Query.Columns : null, e.Query.Expand)})"),
        ];
        return string.Join(',', parts);
    }

    /// <summary>The context of rows, with its comma; nothing where no metadata is wanted.</summary>
    public static string Context(ODataFormat format, string root, ServedDataset dataset, DatasetQuery query, bool isSelected, string tail)
    {
        var shape = isSelected || query.Expand.Any(e => e.Part == ExpandedPart.Rows) ? $"({Shape(isSelected ? query.Columns : null, query.Expand)})" : "";
        return Context(format, root, $"{dataset.Id}{shape}{tail}");
    }

    /// <summary>The context of anything, with its comma; nothing where no metadata is wanted.</summary>
    public static string Context(ODataFormat format, string root, string fragment)
        => format.Level == MetadataLevel.None ? "" : ContextMember(format, root, fragment) + ",";

    /// <summary>The context as a member of an object.</summary>
    public static string ContextMember(ODataFormat format, string root, string fragment) => $"\"{format.Prefix}context\":\"{InQuotes($"{root}/$metadata#{fragment}")}\"";

    /// <summary>A text between the quotes of JSON.</summary>
    public static string InQuotes(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();

    /// <summary>Sends an answer that is in memory as a whole.</summary>
    public static async Task WriteAsync(HttpContext context, Answer answer)
    {
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
    }
}
