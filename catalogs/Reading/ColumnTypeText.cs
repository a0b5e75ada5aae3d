using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenData.Catalogs.Reading;

/// <summary>Reads column types as contracts write them.</summary>
internal static partial class ColumnTypeText
{
    /// <summary>Types of other systems and what they are here.</summary>
    private static readonly Dictionary<string, string> Foreign = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bool"] = "boolean",
        ["int"] = "integer",
        ["bigint"] = "integer",
        ["long"] = "integer",
        ["int64"] = "integer",
        ["number"] = "decimal(18,2)",
        ["numeric"] = "decimal(18,2)",
        ["money"] = "decimal(18,0)",
        ["double"] = "float",
        ["real"] = "float",
        ["string"] = "text",
        ["varchar"] = "text",
        ["datetime"] = "timestamp",
        ["timestamptz"] = "timestamp",
        ["interval"] = "duration",
        ["guid"] = "uuid",
        ["point"] = "geometry(point)",
        ["object"] = "json",
        ["array"] = "list(text)",
    };

    /// <summary>The type, or null and a sentence.</summary>
    public static (ColumnType? Type, string? Problem) Parse(string text)
    {
        var match = Pattern().Match(text);
        var name = match.Success ? match.Groups["name"].Value : text;
        var arguments = match.Groups["arguments"] is { Success: true, Value: var inside } ? inside : null;
        return (name, arguments) switch
        {
            ("decimal", null) => (null, "`decimal` needs its digits in all and after the point, for example decimal(14,2)"),
            ("decimal", _) => Decimal(arguments),
            ("geometry", _) => Geometry(arguments ?? "any"),
            ("list", null) => (null, "`list` needs the type of its values, for example list(code)"),
            ("list", _) => List(arguments),
            ("boolean", null) => (new ColumnType(ColumnKind.Boolean), null),
            ("integer", null) => (new ColumnType(ColumnKind.Integer), null),
            ("float", null) => (new ColumnType(ColumnKind.Float), null),
            ("text", null) => (new ColumnType(ColumnKind.Text), null),
            ("code", null) => (new ColumnType(ColumnKind.Code), null),
            ("date", null) => (new ColumnType(ColumnKind.Date), null),
            ("time", null) => (new ColumnType(ColumnKind.Time), null),
            ("timestamp", null) => (new ColumnType(ColumnKind.Timestamp), null),
            ("duration", null) => (new ColumnType(ColumnKind.Duration), null),
            ("uuid", null) => (new ColumnType(ColumnKind.Uuid), null),
            ("json", null) => (new ColumnType(ColumnKind.Json), null),
            _ => (null, Unknown(text, name)),
        };
    }

    private static (ColumnType?, string?) Decimal(string arguments)
        => arguments.Split(',') is [var p, var s]
            && int.TryParse(p.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var precision)
            && int.TryParse(s.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var scale)
            && precision is >= 1 and <= 38
            && scale <= precision
                ? (new ColumnType(ColumnKind.Decimal, precision, scale), null)
                : (null, $"decimal({YamlTree.Shown(arguments)}) is no decimal; write decimal(p,s) with p from 1 to 38 and s from 0 to p");

    private static (ColumnType?, string?) Geometry(string kind)
        => kind switch
        {
            "point" => (new ColumnType(ColumnKind.Geometry, Geometry: GeometryKind.Point), null),
            "line" => (new ColumnType(ColumnKind.Geometry, Geometry: GeometryKind.Line), null),
            "polygon" => (new ColumnType(ColumnKind.Geometry, Geometry: GeometryKind.Polygon), null),
            "any" => (new ColumnType(ColumnKind.Geometry, Geometry: GeometryKind.Any), null),
            _ => (null, $"geometry({YamlTree.Shown(kind)}) is no geometry; write geometry(point), geometry(line), geometry(polygon) or geometry(any)"),
        };

    private static (ColumnType?, string?) List(string item)
    {
        var (type, problem) = Parse(item.Trim());
        return type switch
        {
            null => (null, problem),
            { Kind: ColumnKind.Timestamp or ColumnKind.Geometry or ColumnKind.Json or ColumnKind.List }
                => (null, $"a list of {type} is not offered; lists hold {string.Join(", ", ContractWords.ItemTypes)}"),
            _ => (new ColumnType(ColumnKind.List, Item: type), null),
        };
    }

    private static string Unknown(string text, string name)
    {
        if (Foreign.TryGetValue(name, out var ours))
        {
            return $"`{YamlTree.Shown(text)}` is no column type; write {ours}";
        }

        return $"`{YamlTree.Shown(text)}` is no column type"
            + (NearestName.Of(name, ContractWords.ColumnTypes.Select(t => t.Split('(')[0]).Distinct(StringComparer.Ordinal)) is { } near
                ? $"; did you mean `{near}`?"
                : $"; known are {string.Join(", ", ContractWords.ColumnTypes)}");
    }

    [GeneratedRegex(@"\A(?<name>[A-Za-z0-9_]+)(?:\((?<arguments>[^()]*(?:\([^()]*\)[^()]*)?)\))?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
