using System.Globalization;
using System.Text.Json.Nodes;
using OpenData.Catalogs;
using OpenData.Portal.OData;

namespace OpenData.Portal.Api.Description;

/// <summary>Pure: a column → the JSON schema of its values as OData and the rows API write them.</summary>
/// <param name="language">Language of titles and descriptions.</param>
/// <param name="hasRules">True when every row keeps the contract's rules.</param>
internal sealed class ColumnSchema(string language, bool hasRules)
{
    /// <summary>An object with a member for each column. None is required, since callers choose columns.</summary>
    public JsonObject Row(IEnumerable<ColumnContract> columns) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(columns.Select(c => KeyValuePair.Create<string, JsonNode?>(c.Name, Of(c)))),
    };

    /// <summary>The schema of one column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="isKey">True for the values of a key, which are never missing.</param>
    public JsonObject Of(ColumnContract column, bool isKey = false)
    {
        var isList = column.Type.Kind == ColumnKind.List;
        var schema = isList
            ? new JsonObject { ["type"] = "array", ["items"] = Value(column.ToScalar()) }
            : Value(column);
        if (!isKey && !column.Required)
        {
            Missing(schema);
        }

        schema["title"] = column.Title.For(language);
        if (column.Description is { } longer)
        {
            schema["description"] = longer.For(language);
        }

        if (column.Unit is { } unit)
        {
            schema["x-unit"] = unit;
        }

        return schema;
    }

    private JsonObject Value(ColumnContract column)
    {
        var schema = column.Type.Kind switch
        {
            ColumnKind.Boolean => Typed("boolean"),
            ColumnKind.Integer => Typed("integer", "int64"),
            ColumnKind.Decimal => Typed("number", "decimal"),
            ColumnKind.Float => new JsonObject { ["anyOf"] = new JsonArray(Typed("number", "double"), new JsonObject { ["enum"] = new JsonArray("NaN", "INF", "-INF") }) },
            ColumnKind.Date => Typed("string", "date"),
            ColumnKind.Timestamp => Typed("string", "date-time"),
            ColumnKind.Time => Typed("string", "time-local"),
            ColumnKind.Duration => Typed("string", "duration"),
            ColumnKind.Uuid => Typed("string", "uuid"),
            ColumnKind.Json => new JsonObject { ["type"] = "string", ["contentMediaType"] = "application/json" },
            ColumnKind.Geometry => Geometry(column.Type.Geometry),
            _ => Typed("string"),
        };
        if (hasRules)
        {
            Rules(column, schema);
        }

        return schema;
    }

    private static void Rules(ColumnContract column, JsonObject schema)
    {
        var kind = column.Type.Kind;
        if (kind is ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Float)
        {
            // Numbers that are no numbers pass over both bounds in JSON schema as in the contract.
            Bound(schema, "minimum", column.Min);
            Bound(schema, "maximum", column.Max);
        }

        if (column.OneOf is { } values)
        {
            schema["enum"] = new JsonArray([.. values.Select(v => kind == ColumnKind.Integer
                ? JsonValue.Create(long.Parse(v, CultureInfo.InvariantCulture))
                : JsonValue.Create(v.Trim().Normalize(System.Text.NormalizationForm.FormC)))]);
        }
        else if (kind is ColumnKind.Text or ColumnKind.Code && SharedPattern.Of(column.Matches) is { } pattern)
        {
            schema["pattern"] = pattern;
        }
    }

    private static void Bound(JsonObject schema, string keyword, string? text)
    {
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound))
        {
            schema[keyword] = bound;
        }
    }

    private static void Missing(JsonObject schema)
    {
        if (schema["anyOf"] is JsonArray choices)
        {
            choices.Add(Typed("null"));
        }
        else
        {
            schema["type"] = new JsonArray(schema["type"]!.DeepClone(), "null"); // every other schema has one type
        }

        (schema["enum"] as JsonArray)?.Add(null);
    }

    private static JsonObject Typed(string type, string? format = null)
        => format is null ? new JsonObject { ["type"] = type } : new JsonObject { ["type"] = type, ["format"] = format };

    private static JsonObject Geometry(GeometryKind? kind) => new()
    {
        ["type"] = "object",
        ["description"] = "GeoJSON (RFC 7946)",
        ["required"] = new JsonArray("type"),
        ["properties"] = new JsonObject
        {
            ["type"] = kind switch
            {
                GeometryKind.Point => new JsonObject { ["enum"] = new JsonArray("Point") },
                GeometryKind.Line => new JsonObject { ["enum"] = new JsonArray("LineString", "MultiLineString") },
                GeometryKind.Polygon => new JsonObject { ["enum"] = new JsonArray("Polygon", "MultiPolygon") },
                _ => Typed("string"),
            },
            ["coordinates"] = new JsonObject { ["type"] = "array" },
        },
    };
}
