using System.Globalization;

namespace OpenData.SampleAgencies.Systems;

/// <summary>
/// The one-stop system: cursor paging, inclusive <c>updated_since</c>, total. Records are handed out by change time.
/// </summary>
internal sealed class OneStopCases(World world, Growth growth)
{
    /// <summary>Good cases before any growth.</summary>
    public const int BaseCases = 24_000;

    /// <summary>Cases that one step of growth adds.</summary>
    public const int NewPerStep = 25;

    /// <summary>Older cases that one step of growth closes.</summary>
    public const int ClosedPerStep = 10;

    private const int PageMax = 2000;
    private const int PageDefault = 500;

    private readonly Lock _gate = new();
    private (int Steps, IReadOnlyList<CaseRecord> Entries)? _built;

    /// <summary>Maps <c>GET /one-stop/api/cases</c>.</summary>
    public void Map(IEndpointRouteBuilder routes, string token)
        => routes.MapGet("/one-stop/api/cases", Get).AddEndpointFilter(new BearerToken(token));

    /// <summary>All entries at that step, by change time, then as made.</summary>
    public IReadOnlyList<CaseRecord> Entries(int steps)
    {
        lock (_gate)
        {
            if (_built?.Steps != steps)
            {
                _built = (steps, [.. Make(steps).OrderBy(c => c.UpdatedAt)]);
            }

            return _built.Value.Entries;
        }
    }

    private IResult Get(HttpContext context)
    {
        var query = context.Request.Query;
        var since = DateTimeOffset.MinValue;

        // A plus sign that a client left unescaped arrives as a blank.
        if (query["updated_since"].ToString().Replace(' ', '+') is { Length: > 0 } text
            && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out since))
        {
            return Results.Json(new { error = "updated_since is not a moment" }, statusCode: StatusCodes.Status400BadRequest);
        }

        if (!TryNumber(query["limit"], PageDefault, 1, PageMax, out var limit) || !TryNumber(query["cursor"], 0, 0, int.MaxValue, out var from))
        {
            return Results.Json(new { error = "limit or cursor is out of range" }, statusCode: StatusCodes.Status400BadRequest);
        }

        var entries = Entries(growth.Steps);
        var first = FirstAt(entries, since);
        var start = Math.Min(entries.Count, first + from);
        var count = Math.Min(limit, entries.Count - start);
        var total = entries.Count - first + Faults.Lie(context);
        string? next = start + count < entries.Count ? Next(context.Request, from + count) : null;
        return JsonRows.Page(
            entries.Skip(start).Take(count),
            (json, one) => one.Write(json),
            json =>
            {
                json.WriteString("next", next);
                json.WriteNumber("total", total);
            });
    }

    private static bool TryNumber(string? text, int missing, int low, int high, out int number)
    {
        number = missing;
        return string.IsNullOrEmpty(text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= low && number <= high);
    }

    private static string Next(HttpRequest request, int cursor)
    {
        var kept = request.Query.Where(q => q.Key != "cursor").Select(q => KeyValuePair.Create(q.Key, (string?)q.Value.ToString().Replace(' ', '+')));
        var query = QueryString.Create(kept.Append(KeyValuePair.Create("cursor", (string?)cursor.ToString(CultureInfo.InvariantCulture))));
        return $"{request.Scheme}://{request.Host}{request.Path}{query}";
    }

    private static int FirstAt(IReadOnlyList<CaseRecord> entries, DateTimeOffset since)
    {
        var (low, high) = (0, entries.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = entries[middle].UpdatedAt < since ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private IEnumerable<CaseRecord> Make(int steps)
    {
        var closedBy = ClosedBy(steps);
        for (var i = 0; i < BaseCases; i++)
        {
            var record = Case(i, closedBy.TryGetValue(i, out var step) ? World.AsOf.AddHours(step) : null);
            if (IsSuperseded(i))
            {
                // An older state of the same case that the system never cleaned away.
                var opened = Case(i, null, stillOpen: true);
                yield return opened;
            }

            yield return record;
            if (IsDuplicated(i))
            {
                yield return record;
            }
        }

        for (var i = 0; i < steps * NewPerStep; i++)
        {
            yield return NewCase(i);
        }

        foreach (var record in BadCases())
        {
            yield return record;
        }
    }

    private static Dictionary<int, int> ClosedBy(int steps)
    {
        var closed = new Dictionary<int, int>();
        for (var i = 0; i < steps * ClosedPerStep; i++)
        {
            closed[(int)((i * 7L + 3) % BaseCases)] = i / ClosedPerStep + 1;
        }

        return closed;
    }

    private static bool IsDuplicated(int i) => i % 500 == 7 && i < 500 * 6;

    private static bool IsSuperseded(int i) => i % 1000 == 11 && i < 1000 * 4;

    private CaseRecord Case(int i, DateTimeOffset? closedLate, bool stillOpen = false)
    {
        var day = (int)((long)i * 365 / BaseCases);
        var dice = world.Dice("case", i);
        return Draw(dice, i, World.Start.AddDays(day).AddMinutes(dice.Between(450, 1020)), closedLate, stillOpen);
    }

    private CaseRecord NewCase(int i)
    {
        var dice = world.Dice("case", BaseCases + i);
        var hour = World.AsOf.AddHours(i / NewPerStep);
        return Draw(dice, BaseCases + i, hour.AddMinutes(dice.Between(1, 58)), null, stillOpen: true);
    }

    private CaseRecord Draw(Dice dice, int number, DateTimeOffset submitted, DateTimeOffset? closedLate, bool stillOpen)
    {
        var service = dice.Below(world.Words.Services.Count);
        var commune = world.AnyCommune(dice);
        var days = PublicServices.Days(world, service);
        var fee = PublicServices.Fee(world, service);
        var took = dice.Between(0, days + 3);
        var closed = submitted.AddDays(took).AddMinutes(dice.Between(20, 300));

        // The four cases with an older state were all closed on a later day, so that the two states differ.
        closed = took == 0 && IsSuperseded(number) ? closed.AddDays(1) : closed;
        var moment = TimeSpan.FromMilliseconds(dice.Below(60_000));
        var channel = dice.Below(100) switch { < 62 => "online", < 95 => "counter", _ => "post" };
        var paid = channel == "online" && fee > 0 && dice.Percent(80);
        var (refused, waiting) = (dice.Percent(4), dice.Percent(12));
        var open = stillOpen || (closed >= World.AsOf && closedLate is null);
        var end = closedLate ?? closed;
        return new CaseRecord(
            string.Create(CultureInfo.InvariantCulture, $"19.{commune.Code}.{submitted:yyMMdd}.{number:000000}"),
            PublicServices.Code(service),
            commune.Code,
            world.Words.Person(dice),
            string.Create(CultureInfo.InvariantCulture, $"000{dice.Below(1_000_000_000):000000000}"),
            string.Create(CultureInfo.InvariantCulture, $"0000{dice.Below(1_000_000):000000}"),
            channel,
            World.Minute(submitted),
            World.Day(submitted.AddDays(days)),
            open ? null : World.Minute(end),
            !open ? refused && closedLate is null ? "refused" : "completed"
                : waiting ? "additional_required" : "processing",
            World.Grouped(fee),
            paid,
            (open ? submitted : end) + moment);
    }

    private IEnumerable<CaseRecord> BadCases()
    {
        const int first = 900_000;
        var number = 0;
        CaseRecord Some()
        {
            var at = number++;
            var dice = world.Dice("bad case", at);
            return Draw(dice, first + at, World.Start.AddDays(10 + at * 9).AddHours(9), null, stillOpen: true);
        }

        for (var i = 0; i < 5; i++)
        {
            yield return Some() with { Fee = world.Words.BadNumber };
        }

        for (var i = 0; i < 3; i++)
        {
            yield return Some() with { Channel = "fax" };
        }

        for (var i = 0; i < 4; i++)
        {
            yield return Some() with { SubmittedAt = "2025-08-14T09:30" };
        }

        for (var i = 0; i < 6; i++)
        {
            yield return Some() with { ClosedAt = "30/06/2025 08:00", Status = "completed" };
        }

        for (var i = 0; i < 4; i++)
        {
            // A code of the time before the merger that no commune carries now.
            yield return Some() with { Commune = "05440" };
        }

        for (var i = 0; i < 3; i++)
        {
            yield return Some() with { Commune = null };
        }

        for (var i = 0; i < 2; i++)
        {
            var record = Some();
            yield return record with { CaseId = record.CaseId.Replace('.', '-') };
        }
    }
}
