using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Portal.OData;

/// <summary>What an address below the service root names.</summary>
/// <param name="Set">Entity set as written; null for the service document and <c>$metadata</c>.</param>
/// <param name="KeyText">Text between the parentheses of a key; null when there are none.</param>
/// <param name="KeySegments">Key values as segments; empty when there are none.</param>
/// <param name="Tail">Segments behind set and key: <c>$count</c>, a property, <c>$value</c>.</param>
internal sealed record ODataPath(string? Set, string? KeyText, IReadOnlyList<string> KeySegments, IReadOnlyList<string> Tail)
{
    private static readonly string[] Elsewhere = ["$entity", "$all", "$crossjoin", "$filter", "$each", "$query", "$ref", "$it", "$root"];

    private const string FilterStart = "$filter(";

    /// <summary>Texts of <c>/$filter(…)</c> behind the set.</summary>
    public IReadOnlyList<string> Filters { get; private init; } = [];

    /// <summary>True when one entity is meant.</summary>
    public bool HasKey => KeyText is not null || KeySegments.Count > 0;

    /// <summary>The predicate of the key.</summary>
    /// <exception cref="OpenDataException"><c>OD1218</c> and those of literals.</exception>
    public BoundExpression Key(QueryScope scope) => KeyText is { } text ? KeyReader.InParentheses(text, scope) : KeyReader.InSegments(KeySegments, scope);

    /// <summary>Reads the segments.</summary>
    /// <param name="segments">Decoded segments, at least one, the first an entity set.</param>
    /// <param name="keyColumns">Number of key columns of a set, by its name without parentheses.</param>
    /// <exception cref="OpenDataException"><c>OD1205</c> for OData's other resources, <c>OD1216</c> for what does not exist.</exception>
    public static ODataPath Read(IReadOnlyList<string> segments, Func<string, int> keyColumns)
    {
        var first = segments[0];
        RefuseElsewhere(first);
        var open = first.IndexOf('(', StringComparison.Ordinal);
        if (open >= 0)
        {
            return first.EndsWith(')')
                ? new ODataPath(first[..open], first[(open + 1)..^1], [], Checked(segments.Skip(1)))
                : throw Unknown(first);
        }

        var rest = segments.Skip(1).ToList();
        var keys = keyColumns(first);
        var filters = rest.TakeWhile(IsFilter).Select(f => f[FilterStart.Length..^1]).ToList();
        return rest.Count == 0 || rest[0].StartsWith('$')
            ? new ODataPath(first, null, [], Checked(rest.Skip(filters.Count))) { Filters = filters }
            : rest.Count >= keys
                ? new ODataPath(first, null, [.. rest.Take(keys)], Checked(rest.Skip(keys)))
                : throw Unknown(rest[^1]);
    }

    /// <summary>404 for a path that names nothing.</summary>
    public static OpenDataException Unknown(string segment)
    {
        var shown = segment.Length > 60 ? segment[..60] + "…" : segment;
        return new OpenDataException(
            QueryErrors.UnknownResource,
            new LocalText($"Không có gì mang tên {shown} ở địa chỉ này.", $"Nothing is named {shown} at this address."));
    }

    private static bool IsFilter(string segment) => segment.StartsWith(FilterStart, StringComparison.OrdinalIgnoreCase) && segment.EndsWith(')');

    private static List<string> Checked(IEnumerable<string> tail)
    {
        var segments = tail.ToList();
        segments.ForEach(RefuseElsewhere);
        return segments;
    }

    private static void RefuseElsewhere(string segment)
    {
        if (segment.StartsWith('$') && Elsewhere.FirstOrDefault(e => segment.Equals(e, StringComparison.OrdinalIgnoreCase)
            || segment.StartsWith(e + "(", StringComparison.OrdinalIgnoreCase)) is { } name)
        {
            throw new OpenDataException(
                QueryErrors.NotSupported,
                new LocalText($"Dịch vụ chưa hỗ trợ {name}.", $"This service does not support {name}."));
        }
    }
}
