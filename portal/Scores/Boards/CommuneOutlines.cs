using System.Text.Json;

namespace OpenData.Portal.Scores.Boards;

/// <summary>Outlines of communes from the catalogue's own files (<c>data/geo/*.geojson</c>), read once. A file that cannot be read leaves its communes without outline.</summary>
internal sealed class CommuneOutlines(PortalOptions options, ILogger<CommuneOutlines> log)
{
    private const long BytesMax = 16 * 1024 * 1024;

    private readonly Lazy<IReadOnlyDictionary<string, Outline>> _all = new(() => Read(options.CatalogFolder, log));

    /// <summary>Outlines by code of the commune.</summary>
    public IReadOnlyDictionary<string, Outline> All => _all.Value;

    private static Dictionary<string, Outline> Read(string catalog, ILogger log)
    {
        var outlines = new Dictionary<string, Outline>(StringComparer.Ordinal);
        var folder = new DirectoryInfo(Path.Combine(catalog, "data", "geo"));
        IEnumerable<FileInfo> files = folder.Exists ? folder.GetFiles("*.geojson") : [];
        foreach (var file in files.Where(f => f.Length <= BytesMax).OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            try
            {
                using var text = file.OpenRead();
                using var json = JsonDocument.Parse(text);
                foreach (var outline in Of(json.RootElement))
                {
                    outlines.TryAdd(outline.Code, outline);
                }
            }
            catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                log.LogWarning(broken, "Outlines of {File} cannot be read; maps do without them", file.Name);
            }
        }

        return outlines;
    }

    /// <summary>Pure: a collection of polygons and multipolygons → outlines. Features without a code are left out.</summary>
    internal static IReadOnlyList<Outline> Of(JsonElement collection) =>
    [
        .. from feature in collection.GetProperty("features").EnumerateArray()
           let code = feature.GetProperty("properties").TryGetProperty("code", out var named) ? named.GetString() : null
           where code is not null
           let geometry = feature.GetProperty("geometry")
           let parts = geometry.GetProperty("coordinates")
           select new Outline(code, [.. geometry.GetProperty("type").GetString() == "MultiPolygon" ? parts.EnumerateArray().SelectMany(Rings) : Rings(parts)]),
    ];

    private static IEnumerable<IReadOnlyList<(double Longitude, double Latitude)>> Rings(JsonElement polygon)
        => polygon.EnumerateArray().Select(ring => (IReadOnlyList<(double, double)>)[.. ring.EnumerateArray().Select(p => (p[0].GetDouble(), p[1].GetDouble()))]);
}
