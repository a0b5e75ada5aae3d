using System.Text.RegularExpressions;
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
internal sealed partial record ODataPath(string? Set, string? KeyText, IReadOnlyList<string> KeySegments, IReadOnlyList<string> Tail)
{
    private static readonly string[] Elsewhere = ["$crossjoin", "$filter", "$each", "$query", "$it", "$root"];

    // Nothing stands behind these.
    private static readonly string[] Ends = ["$count", "$value", "$ref"];

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
        if (!Identifier().IsMatch(open < 0 ? first : first[..open]))
        {
            throw Unknown(first);
        }

        if (open >= 0)
        {
            return Closing(first, open) switch
            {
                var close when close == first.Length - 1 => new ODataPath(first[..open], first[(open + 1)..^1], [], Checked(segments.Skip(1))),
                > 0 and var close when first[close + 1] == '(' => throw NotSupported("functions", "hàm"),
                // A quote that is not written twice; the reader of keys shows where.
                < 0 when first[^1] == ')' => new ODataPath(first[..open], first[(open + 1)..^1], [], Checked(segments.Skip(1))),
                _ => throw Unknown(first),
            };
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

    /// <summary>True for <c>$entity</c>, whose row an option names.</summary>
    /// <exception cref="OpenDataException"><c>OD1205</c> for a type behind it.</exception>
    public static bool IsById(IReadOnlyList<string> segments)
        => segments[0].Equals("$entity", StringComparison.OrdinalIgnoreCase) && (segments.Count == 1
            ? true
            : throw NotSupported("types, functions and actions in addresses", "kiểu, hàm và thao tác trong địa chỉ"));

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
        var end = segments.FindIndex(s => Ends.Contains(s, StringComparer.OrdinalIgnoreCase));
        if (end >= 0 && end < segments.Count - 1)
        {
            throw Unknown(segments[end + 1]);
        }

        return segments.Exists(s => s.Split('(')[0].Contains('.', StringComparison.Ordinal))
            ? throw NotSupported("types, functions and actions in addresses", "kiểu, hàm và thao tác trong địa chỉ")
            : segments;
    }

    /// <summary>Where the parenthesis closes that opens there, text in quotes passed over; -1 when it does not.</summary>
    private static int Closing(string segment, int open)
    {
        var quoted = false;
        var depth = 0;
        for (var i = open; i < segment.Length; i++)
        {
            quoted ^= segment[i] == '\'';
            depth += quoted ? 0 : segment[i] == '(' ? 1 : segment[i] == ')' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    [GeneratedRegex(@"^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Identifier();

    private static OpenDataException NotSupported(string en, string vi)
        => new(QueryErrors.NotSupported, new LocalText($"Dịch vụ chưa hỗ trợ {vi}.", $"This service does not support {en}."));

    private static void RefuseElsewhere(string segment)
    {
        if (segment.StartsWith('$') && Elsewhere.FirstOrDefault(e => segment.Equals(e, StringComparison.OrdinalIgnoreCase)
            || segment.StartsWith(e + "(", StringComparison.OrdinalIgnoreCase)) is { } name)
        {
            throw NotSupported(name, name);
        }
    }
}
