using System.Globalization;
using System.Text.Json;

namespace OpenData.SampleAgencies.Systems;

/// <summary>What citizens report from the street: numbered pages, personal fields included, bearer token.</summary>
internal sealed class CitizenReports(World world, Growth growth)
{
    /// <summary>Good reports before any growth.</summary>
    public const int BaseReports = 6_500;

    /// <summary>Reports that one step of growth adds.</summary>
    public const int NewPerStep = 5;

    private const int SizeMax = 1000;

    private static readonly string[] Categories = ["road", "lighting", "waste", "water", "order", "land", "other"];

    /// <summary>Maps <c>GET /reports/api/reports</c>.</summary>
    public void Map(IEndpointRouteBuilder routes, string token)
        => routes.MapGet("/reports/api/reports", Get).AddEndpointFilter(new BearerToken(token));

    private IResult Get(HttpContext context, int page = 1, int size = 500)
    {
        if (page < 1 || size is < 1 or > SizeMax)
        {
            return Results.Json(new { error = $"page begins at 1, size is 1 to {SizeMax}" }, statusCode: StatusCodes.Status400BadRequest);
        }

        var all = Rows(growth.Steps).ToList();
        return JsonRows.Page(
            all.Skip((page - 1) * size).Take(size),
            Write,
            json =>
            {
                json.WriteNumber("page", page);
                json.WriteNumber("pages", (all.Count + size - 1) / size);
                json.WriteNumber("total", all.Count + Faults.Lie(context));
            });
    }

    private static void Write(Utf8JsonWriter json, Report report)
    {
        json.WriteStartObject();
        json.WriteString("maPhanAnh", report.Id);
        json.WriteString("linhVuc", report.Category);
        json.WriteString("maXa", report.Commune);
        json.WriteString("hoTen", report.Person);
        json.WriteString("dienThoai", report.Phone);
        json.WriteString("noiDung", report.Text);
        json.WriteString("tiepNhanLuc", report.ReceivedAt);
        json.WriteString("xuLyXongLuc", report.ResolvedAt);
        if (report.Rating is { } rating)
        {
            json.WriteNumber("danhGia", rating);
        }
        else
        {
            json.WriteNull("danhGia");
        }

        json.WriteEndObject();
    }

    private IEnumerable<Report> Rows(int steps)
    {
        for (var i = 0; i < BaseReports; i++)
        {
            var report = Make(i, World.Start.AddMinutes((long)i * 365 * 1440 / BaseReports));
            yield return report;
            if (i is 1111 or 2222 or 3333)
            {
                yield return report;
            }
        }

        Report Bad(int i) => Make(900_000 + i, World.Start.AddDays(20 + i * 30).AddHours(8));
        yield return Bad(0) with { Rating = 9 };
        yield return Bad(1) with { Rating = 0 };
        yield return Bad(2) with { Category = "ufo" };
        yield return Bad(3) with { Category = "rumour" };
        yield return Bad(4) with { ReceivedAt = null, ResolvedAt = null };
        yield return Bad(5) with { ResolvedAt = World.Iso(World.Start.AddDays(-1)) };
        yield return Bad(6) with { ResolvedAt = World.Iso(World.Start.AddDays(-2)) };

        for (var i = 0; i < steps * NewPerStep; i++)
        {
            yield return Make(BaseReports + i, World.AsOf.AddHours(i / NewPerStep).AddMinutes(i % NewPerStep * 10));
        }
    }

    private Report Make(int i, DateTimeOffset received)
    {
        var dice = world.Dice("report", i);
        var resolved = received.AddMinutes(dice.Between(60, 12_000));
        var done = resolved < World.AsOf && dice.Percent(92);
        return new Report(
            string.Create(CultureInfo.InvariantCulture, $"PA{i:000000}"),
            dice.Pick(Categories),
            world.AnyCommune(dice).Code,
            world.Words.Person(dice),
            string.Create(CultureInfo.InvariantCulture, $"0000{dice.Below(1_000_000):000000}"),
            dice.Pick(world.Words.ReportTexts),
            World.Iso(received),
            done ? World.Iso(resolved) : null,
            done && dice.Percent(60) ? dice.Between(1, 5) : null);
    }

    private sealed record Report(
        string Id,
        string Category,
        string Commune,
        string Person,
        string Phone,
        string Text,
        string? ReceivedAt,
        string? ResolvedAt,
        int? Rating);
}
