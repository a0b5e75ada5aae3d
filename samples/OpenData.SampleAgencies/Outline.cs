using System.Text.Json;

namespace OpenData.SampleAgencies;

/// <summary>The simplified outline of a commune, WGS 84.</summary>
internal sealed class Outline
{
    private readonly double[][] _rings;
    private readonly double _west;
    private readonly double _south;
    private readonly double _east;
    private readonly double _north;

    private Outline(double[][] rings)
    {
        _rings = rings;
        _west = rings.Min(r => r.Where((_, i) => i % 2 == 0).Min());
        _east = rings.Max(r => r.Where((_, i) => i % 2 == 0).Max());
        _south = rings.Min(r => r.Where((_, i) => i % 2 == 1).Min());
        _north = rings.Max(r => r.Where((_, i) => i % 2 == 1).Max());
    }

    /// <summary>Outlines by commune code.</summary>
    public static IReadOnlyDictionary<string, Outline> Read()
    {
        using var stream = Content.Open("outlines.geojson");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.GetProperty("features").EnumerateArray().ToDictionary(
            f => f.GetProperty("id").GetString() ?? "",
            f => new Outline([.. Rings(f.GetProperty("geometry"))]),
            StringComparer.Ordinal);
    }

    /// <summary>A point inside, to the millionth of a degree.</summary>
    public (decimal Longitude, decimal Latitude) Point(Dice dice)
    {
        // Outlines fill a good part of their boxes; the bound only keeps a broken outline from hanging.
        for (var i = 0; i < 1000; i++)
        {
            var (x, y) = (_west + dice.Fraction() * (_east - _west), _south + dice.Fraction() * (_north - _south));
            if (Holds(x, y))
            {
                return (Math.Round((decimal)x, 6), Math.Round((decimal)y, 6));
            }
        }

        throw new InvalidDataException("No point was found inside an outline.");
    }

    /// <summary>True when the point lies inside: even-odd rule over all rings.</summary>
    public bool Holds(double x, double y)
    {
        var inside = false;
        foreach (var ring in _rings)
        {
            for (int i = 0, j = ring.Length - 2; i < ring.Length; j = i, i += 2)
            {
                if (ring[i + 1] > y != ring[j + 1] > y
                    && x < (ring[j] - ring[i]) * (y - ring[i + 1]) / (ring[j + 1] - ring[i + 1]) + ring[i])
                {
                    inside = !inside;
                }
            }
        }

        return inside;
    }

    private static IEnumerable<double[]> Rings(JsonElement geometry)
    {
        var coordinates = geometry.GetProperty("coordinates");
        var polygons = geometry.GetProperty("type").GetString() == "Polygon" ? [coordinates] : coordinates.EnumerateArray().AsEnumerable();
        return polygons.SelectMany(p => p.EnumerateArray())
            .Select(ring => ring.EnumerateArray().SelectMany(point => point.EnumerateArray().Take(2)).Select(n => n.GetDouble()).ToArray());
    }
}
