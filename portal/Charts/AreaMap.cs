using System.Globalization;
using System.Text;

namespace OpenData.Portal.Charts;

/// <summary>Pure: areas with classes of values → a map, north on top. A province is small enough that a degree of longitude is as long everywhere in it.</summary>
internal static class AreaMap
{
    /// <summary>Classes of values; each has a colour of the style sheet.</summary>
    public const int Classes = 5;

    private const double Width = 360;

    // Points nearer than this to the one before are one to the eye; a map of a province shrinks to a sixth.
    private const double Apart = 0.8;

    /// <summary>The drawing.</summary>
    /// <param name="id">Unique on the page.</param>
    /// <param name="title">Name of the map.</param>
    /// <param name="description">What a reader would see in it.</param>
    /// <param name="areas">Areas; at least one with a point.</param>
    public static string Draw(string id, string title, string description, IReadOnlyList<MapArea> areas)
    {
        var points = areas.SelectMany(a => a.Rings).SelectMany(r => r).ToList();
        var (west, east) = (points.Min(p => p.Longitude), points.Max(p => p.Longitude));
        var (south, north) = (points.Min(p => p.Latitude), points.Max(p => p.Latitude));
        var narrowing = Math.Cos((south + north) / 2 * Math.PI / 180);
        var scale = (Width - 2) / Math.Max(1e-6, (east - west) * narrowing);
        var drawing = new SvgDrawing(id, Width, ((north - south) * scale) + 2, title, description);
        foreach (var area in areas)
        {
            var path = new StringBuilder();
            foreach (var ring in area.Rings)
            {
                Add(path, ring.Select(p => (((p.Longitude - west) * narrowing * scale) + 1, ((north - p.Latitude) * scale) + 1)));
            }

            drawing.Area(area.Class < 0 ? "area" : string.Create(CultureInfo.InvariantCulture, $"area c{Math.Min(area.Class, Classes - 1) + 1}"), path.ToString(), area.Words);
        }

        return drawing.Finish();
    }

    /// <summary>Classes of equal width between the least and the greatest value; the greatest belongs to the highest.</summary>
    public static int ClassOf(decimal value, decimal least, decimal greatest)
        => greatest <= least ? Classes - 1 : Math.Clamp((int)((value - least) / (greatest - least) * Classes), 0, Classes - 1);

    private static void Add(StringBuilder path, IEnumerable<(double X, double Y)> ring)
    {
        (double X, double Y)? last = null;
        foreach (var (x, y) in ring)
        {
            if (last is { } before && Math.Abs(x - before.X) < Apart && Math.Abs(y - before.Y) < Apart)
            {
                continue;
            }

            path.Append(CultureInfo.InvariantCulture, $"{(last is null ? 'M' : 'L')}{x:0.#} {y:0.#}");
            last = (x, y);
        }

        path.Append('Z');
    }
}
