using System.Text.Json;

namespace OpenData.Warehouse.Staging;

/// <summary>Reads a GeoJSON geometry into WKB. A third ordinate is dropped; rings must close.</summary>
internal static class GeoJsonGeometry
{
    private const int DepthMax = 4;

    private static readonly string[] Names =
        ["", "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"];

    /// <summary>Null when read, else the rule that refuses it.</summary>
    public static string? Read(ReadOnlySpan<byte> json, WkbBuilder to)
    {
        to.Reset();
        try
        {
            return Geometry(json, to, 0);
        }
        catch (JsonException)
        {
            return StagingRules.Type;
        }
        catch (Exception cause) when (cause is InvalidOperationException or FormatException)
        {
            // A token of another kind than GeoJSON has there, or a number that is no double.
            return StagingRules.Type;
        }
    }

    private static string? Geometry(ReadOnlySpan<byte> json, WkbBuilder to, int depth)
    {
        if (depth > DepthMax)
        {
            return StagingRules.Type;
        }

        var type = 0;
        int start = -1, end = -1;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return StagingRules.Type;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                type = reader.TokenType == JsonTokenType.String ? Array.IndexOf(Names, reader.GetString()) : -1;
            }
            else if (reader.ValueTextEquals("coordinates"u8) || reader.ValueTextEquals("geometries"u8))
            {
                reader.Read();
                start = (int)reader.TokenStartIndex;
                reader.Skip();
                end = (int)reader.BytesConsumed;
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        if (type < 1 || start < 0)
        {
            return StagingRules.Type;
        }

        to.Header(type);
        var parts = new Utf8JsonReader(json[start..end]);
        parts.Read();
        if (type == 7)
        {
            return Collection(json[start..end], ref parts, to, depth);
        }

        return type switch
        {
            1 => Position(ref parts, to),
            2 => Line(ref parts, to, 2, ring: false),
            3 => Rings(ref parts, to),
            4 => Many(ref parts, to, 1),
            5 => Many(ref parts, to, 2),
            _ => Many(ref parts, to, 3),
        };
    }

    private static string? Collection(ReadOnlySpan<byte> json, ref Utf8JsonReader reader, WkbBuilder to, int depth)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return StagingRules.Type;
        }

        var at = to.Count();
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (Geometry(json[start..(int)reader.BytesConsumed], to, depth + 1) is { } rule)
            {
                return rule;
            }

            count++;
        }

        to.SetCount(at, count);
        return null;
    }

    private static string? Many(ref Utf8JsonReader reader, WkbBuilder to, int type)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return StagingRules.Type;
        }

        var at = to.Count();
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            to.Header(type);
            var rule = type switch
            {
                1 => Position(ref reader, to),
                2 => Line(ref reader, to, 2, ring: false),
                _ => Rings(ref reader, to),
            };
            if (rule is not null)
            {
                return rule;
            }

            count++;
        }

        to.SetCount(at, count);
        return count == 0 ? StagingRules.Type : null;
    }

    private static string? Rings(ref Utf8JsonReader reader, WkbBuilder to)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return StagingRules.Type;
        }

        var at = to.Count();
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Line(ref reader, to, 4, ring: true) is { } rule)
            {
                return rule;
            }

            count++;
        }

        to.SetCount(at, count);
        return count == 0 ? StagingRules.Type : null;
    }

    private static string? Line(ref Utf8JsonReader reader, WkbBuilder to, int least, bool ring)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return StagingRules.Type;
        }

        var at = to.Count();
        var first = to.Length;
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Position(ref reader, to) is { } rule)
            {
                return rule;
            }

            count++;
        }

        to.SetCount(at, count);
        return count < least || (ring && !to.ClosesAt(first)) ? StagingRules.Type : null;
    }

    private static string? Position(ref Utf8JsonReader reader, WkbBuilder to)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return StagingRules.Type;
        }

        reader.Read();
        var x = reader.GetDouble();
        reader.Read();
        var y = reader.GetDouble();
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number)
        {
            reader.Read();
        }

        if (reader.TokenType != JsonTokenType.EndArray)
        {
            return StagingRules.Type;
        }

        return to.Position(x, y);
    }
}
