using System.Globalization;
using System.Text.Json;

namespace OpenData.SampleAgencies.Systems;

/// <summary>Circuits of the agencies' dedicated network by quarter: offset paging, bearer token. Not for the public.</summary>
internal sealed class NetworkInventory(World world)
{
    private const int LimitMax = 500;

    private static readonly int[] Bandwidths = [10, 20, 30, 50, 100, 200];

    /// <summary>Maps <c>GET /network/api/circuits</c>.</summary>
    public void Map(IEndpointRouteBuilder routes, string token)
        => routes.MapGet("/network/api/circuits", Get).AddEndpointFilter(new BearerToken(token));

    private IResult Get(HttpContext context, int offset = 0, int limit = 100)
    {
        if (offset < 0 || limit is < 1 or > LimitMax)
        {
            return Results.Json(new { error = $"offset is not below 0, limit is 1 to {LimitMax}" }, statusCode: StatusCodes.Status400BadRequest);
        }

        var all = Rows().ToList();
        return JsonRows.Page(all.Skip(offset).Take(limit), Write, json => json.WriteNumber("total", all.Count + Faults.Lie(context)));
    }

    private static void Write(Utf8JsonWriter json, Circuit circuit)
    {
        json.WriteStartObject();
        json.WriteString("quy", circuit.Quarter);
        json.WriteString("maCoQuan", circuit.AgencyCode);
        json.WriteString("tenCoQuan", circuit.Agency);
        json.WriteString("soKenh", circuit.Number);
        json.WriteBoolean("daKetNoi", circuit.Connected);
        json.WriteNumber("bangThong", circuit.Bandwidth);
        json.WriteEndObject();
    }

    private IEnumerable<Circuit> Rows()
    {
        var agencies = world.Words.Agencies.Select(a => (a.Code, a.Name)).Concat(world.Communes.Select(c => (Code: $"19.{c.Code}", c.Name))).ToList();
        foreach (var quarter in World.Quarters)
        {
            for (var i = 0; i < agencies.Count; i++)
            {
                yield return Make(quarter, agencies[i].Code, agencies[i].Name, i);
            }
        }

        yield return Make(World.Quarters[0], "19.THUA", agencies[0].Name, 900) with { Bandwidth = -5 };

        // The number of a circuit that another agency already reports in that quarter.
        yield return Make(World.Quarters[1], "19.THUB", agencies[1].Name, 901) with { Number = Make(World.Quarters[1], "", "", 40).Number };
    }

    private Circuit Make(string quarter, string code, string name, int i)
    {
        var dice = world.Dice("circuit", i);
        return new Circuit(
            quarter, code, name, string.Create(CultureInfo.InvariantCulture, $"TSL{i:0000}"), dice.Percent(95), dice.Pick(Bandwidths));
    }

    private sealed record Circuit(string Quarter, string AgencyCode, string Agency, string Number, bool Connected, int Bandwidth);
}
