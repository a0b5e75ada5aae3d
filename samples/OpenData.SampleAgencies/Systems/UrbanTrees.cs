using System.Globalization;
using System.Text.Json;

namespace OpenData.SampleAgencies.Systems;

/// <summary>Managed trees of the wards as GeoJSON points, streamed.</summary>
internal sealed class UrbanTrees(World world)
{
    /// <summary>Good trees.</summary>
    public const int Trees = 100_000;

    private const int FlushEvery = 500;

    private static readonly string[] Conditions = ["good", "good", "good", "good", "watch", "poor"];

    private readonly Lazy<IReadOnlyDictionary<string, Outline>> _outlines = new(Outline.Read);

    /// <summary>Maps <c>GET /trees/trees.geojson</c>.</summary>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/trees/trees.geojson", StreamAsync);

    private async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "application/geo+json; charset=utf-8";
        var body = context.Response.BodyWriter;
        using var json = new Utf8JsonWriter(body, JsonRows.Options);
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteStartArray("features");
        var count = 0;
        foreach (var tree in Rows())
        {
            Write(json, tree);
            if (++count % FlushEvery == 0)
            {
                json.Flush();
                await body.FlushAsync(context.RequestAborted);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        await body.FlushAsync(context.RequestAborted);
    }

    private static void Write(Utf8JsonWriter json, Tree tree)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteStartObject("properties");
        json.WriteString("maCay", tree.Id);
        json.WriteString("loaiCay", tree.Species);
        json.WriteNumber("chieuCao", tree.Height);
        json.WriteNumber("duongKinh", tree.Diameter);
        json.WriteString("ngayTrong", tree.Planted);
        json.WriteString("maXa", tree.Commune);
        json.WriteString("tinhTrang", tree.Condition);
        json.WriteEndObject();
        if (tree.Place is var (longitude, latitude))
        {
            json.WriteStartObject("geometry");
            json.WriteString("type", "Point");
            json.WriteStartArray("coordinates");
            json.WriteNumberValue(longitude);
            json.WriteNumberValue(latitude);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("geometry");
        }

        json.WriteEndObject();
    }

    private IEnumerable<Tree> Rows()
    {
        for (var i = 0; i < Trees; i++)
        {
            var tree = Make(i);
            if (i is 40_000 or 60_000)
            {
                // The height as it was before it was measured again.
                yield return tree with { Height = tree.Height + 0.5m };
            }

            yield return tree;
            if (i % 20_000 == 9_999)
            {
                yield return tree;
            }
        }

        for (var i = 0; i < 12; i++)
        {
            var tree = Make(Trees + i);
            yield return i switch
            {
                < 4 => tree with { Height = 999 },
                < 7 => tree with { Commune = null },
                < 9 => tree with { Planted = "31/02/2024" },
                < 10 => tree with { Condition = "unknown" },
                _ => tree with { Place = null },
            };
        }
    }

    private Tree Make(int i)
    {
        var dice = world.Dice("tree", i);
        var ward = dice.Pick(world.Wards);
        return new Tree(
            string.Create(CultureInfo.InvariantCulture, $"CX{i:0000000}"),
            dice.Pick(world.Words.Species),
            dice.Between(15, 280) / 10m,
            dice.Between(5, 95),
            World.Day(World.Start.AddDays(-dice.Below(9000))),
            ward.Code,
            dice.Pick(Conditions),
            _outlines.Value[ward.Code].Point(dice));
    }

    private sealed record Tree(
        string Id,
        string Species,
        decimal Height,
        int Diameter,
        string Planted,
        string? Commune,
        string Condition,
        (decimal Longitude, decimal Latitude)? Place);
}
