using System.Globalization;
using System.Numerics;
using NodaTime.Text;

namespace OpenData.Warehouse.Tests.Query.Evaluator;

internal sealed partial class Terms
{
    /// <summary>Instants at which clocks were moved, or calendars turn.</summary>
    public static readonly string[] Instants =
    [
        "2025-03-30T01:00:00Z", "2024-10-27T01:00:00Z", "2024-02-29T23:59:59.999999Z", "1969-12-31T23:59:59.5Z", "1970-01-01T00:00:00Z", "2025-06-30T17:00:00Z",
        "1900-02-28T17:00:00Z", "1893-03-31T23:06:32Z", "1906-06-30T16:53:30Z", "1911-04-30T16:53:30Z", "1942-12-31T16:00:00Z", "1945-03-14T15:00:00Z", "1945-09-01T15:00:00Z",
        "1947-03-31T17:00:00Z", "1955-06-30T17:00:00Z", "1959-12-31T16:00:00Z", "1975-06-12T16:00:00Z", "1945-05-24T00:00:00Z", "2000-02-29T12:34:56.789012Z", "2038-01-19T03:14:08Z",
    ];

    /// <summary>Leap days, ends of years, and days whose midnight came twice or not at all.</summary>
    public static readonly string[] Calendar =
    [
        "2025-03-30", "2024-10-27", "2024-02-29", "1900-02-28", "1900-03-01", "2000-02-29", "1969-12-31", "1970-01-01", "2025-07-01", "1893-04-01", "1906-07-01", "1911-05-01", "1947-04-01", "1955-07-01",
        "1943-01-01", "1945-09-02", "1975-06-13", "0004-02-29",
    ];

    public static readonly string[] FirstAndLastInstant = ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"];

    public static readonly string[] FirstAndLastDay = ["0001-01-01", "9999-12-31"];

    public static readonly long[] Lengths = [0, 1, -1, 3_600_000_000, -3_600_000_000, 86_400_000_000, -86_400_000_000, 1_500_000, -1_500_000, 86_399_999_999, 2_764_800_000_000];

    public static readonly Guid[] Ids =
        [Guid.Empty, Guid.Parse("ffffffff-ffff-ffff-ffff-ffffffffffff"), Guid.Parse("01234567-89ab-cdef-0123-456789abcdef"), Guid.Parse("80000000-0000-0000-0000-000000000000"), Guid.Parse("7fffffff-ffff-ffff-8000-000000000000")];

    public static Day ParseDay(string text) => new(LocalDatePattern.Iso.Parse(text).Value.AtMidnight().InUtc().ToInstant().ToUnixTimeTicks() / 10 / Day.Micros);

    public static Moment ParseMoment(string text) => new(InstantPattern.ExtendedIso.Parse(text).Value.ToUnixTimeTicks() / 10);

    private Term Days(int depth)
    {
        if (depth > 0 && !Chance(3))
        {
            switch (random.Next(4))
            {
                case 0:
                    return Shifted(Kind.Day, Days(depth - 1), depth, (v, by) => new Day(Times.Floor(Moment.Within(checked((((Day)v).Number * Day.Micros) + by)).Micros, Day.Micros)));
                case 1 when Moments(depth - 1) is var at:
                    return Call(Kind.Day, "date", v => Times.Date((Moment)v[0], ZoneOf(at)), at);
                case 2:
                    return Choice(Kind.Day, depth);
            }
        }

        if (Chance(16))
        {
            return Null(Kind.Day);
        }

        if (!Chance(3) && FieldOf(Kind.Day) is { } field)
        {
            return field;
        }

        var text = extremes && Chance(6) ? Pick(FirstAndLastDay) : Pick(Calendar);
        return Constant(Kind.Day, text, ParseDay(text));
    }

    private Term Moments(int depth)
    {
        if (depth > 0 && !Chance(3))
        {
            switch (random.Next(4))
            {
                case 0 when Moments(depth - 1) is var at:
                    return Shifted(Kind.Moment, at, depth, (v, by) => Moment.Within(checked(((Moment)v).Micros + by))) with { Zone = at.Zone };
                case 1:
                    return Choice(Kind.Moment, depth);
                case 2 when Chance(3):
                    return random.Next(3) switch
                    {
                        0 => Constant(Kind.Moment, "now()", RandomTable.Now),
                        1 => Constant(Kind.Moment, "mindatetime()", ParseMoment(FirstAndLastInstant[0])),
                        _ => Constant(Kind.Moment, "maxdatetime()", ParseMoment(FirstAndLastInstant[1])),
                    };
            }
        }

        if (Chance(16))
        {
            return Null(Kind.Moment);
        }

        if (!Chance(3) && FieldOf(Kind.Moment) is { } field)
        {
            return field;
        }

        if (extremes && Chance(6))
        {
            var end = Pick(FirstAndLastInstant);
            return Constant(Kind.Moment, end, ParseMoment(end));
        }

        var moment = new Moment(ParseMoment(Pick(Instants)).Micros + random.Next(-1, 2));
        var minutes = Pick([0, 0, 420, 60, 120, -330, 840, -840]);
        var shown = new Moment(moment.Micros + (minutes * 60_000_000L)).ToString()[..^1].TrimEnd('0').TrimEnd('.');
        var offset = string.Create(CultureInfo.InvariantCulture, $"{(minutes < 0 ? '-' : '+')}{Math.Abs(minutes) / 60:00}:{Math.Abs(minutes) % 60:00}");
        return Constant(Kind.Moment, shown + (minutes == 0 && Chance(2) ? "Z" : offset), moment);
    }

    private Term Clocks(int depth)
    {
        if (depth > 0 && Chance(2) && Moments(depth - 1) is var at)
        {
            return Call(Kind.Clock, "time", v => Times.Time((Moment)v[0], ZoneOf(at)), at);
        }

        if (!Chance(3) && FieldOf(Kind.Clock) is { } field)
        {
            return field;
        }

        var clock = new Clock(Pick([0, 30_600_000_000, 86_399_999_999, 43_200_000_001]));
        return Constant(Kind.Clock, clock.ToString(), clock);
    }

    private Term Spans(int depth)
    {
        if (depth > 0 && !Chance(3))
        {
            switch (random.Next(7))
            {
                case 0 when (Spans(depth - 1), Spans(depth - 1)) is var (a, b):
                    return Made(Kind.Span, $"({a} add {b})", v => new Span(checked(((Span)v[0]).Micros + ((Span)v[1]).Micros)), a, b) with { IsNull = a.IsNull && b.IsNull };
                case 1 when (Moments(depth - 1), Moments(depth - 1)) is var (a, b) && !a.IsNull && !b.IsNull:
                    return Made(Kind.Span, $"({a} sub {b})", v => new Span(checked(((Moment)v[0]).Micros - ((Moment)v[1]).Micros)), a, b);
                case 2 when (Days(depth - 1), Days(depth - 1)) is var (a, b) && !a.IsNull && !b.IsNull:
                    return Made(Kind.Span, $"({a} sub {b})", v => new Span(checked((((Day)v[0]).Number - ((Day)v[1]).Number) * Day.Micros)), a, b);
                case 3 when (Spans(depth - 1), Narrow()) is var (a, b) && !a.IsNull:
                    return Scaled(a, b, "mul", (span, number) => Number.Divided(span * number.Unscaled, Power(number.Scale)), swap: Chance(2));
                case 4 when (FieldOf(Kind.Span), Narrow()) is ({ } a, var b):
                    return Scaled(a, b, Chance(2) ? "div" : "divby", (span, number) => number.Unscaled.IsZero ? null : Number.Divided(span * Power(number.Scale), number.Unscaled), swap: false);
                case 5 when Spans(depth - 1) is { IsNull: false } a:
                    return Made(Kind.Span, $"-({a})", v => new Span(checked(-((Span)v[0]).Micros)), a);
                case 6:
                    return Choice(Kind.Span, depth);
            }
        }

        if (!Chance(3) && FieldOf(Kind.Span) is { } field)
        {
            return field;
        }

        var micros = Pick(Lengths);
        var of = Math.Abs(micros);
        var seconds = string.Create(CultureInfo.InvariantCulture, $"{of / 1_000_000 % 60}.{of % 1_000_000:000000}").TrimEnd('0').TrimEnd('.');
        var text = string.Create(CultureInfo.InvariantCulture, $"duration'{(micros < 0 ? "-" : "")}P{of / Day.Micros}DT{of / 3_600_000_000 % 24}H{of / 60_000_000 % 60}M{seconds}S'");
        return Constant(Kind.Span, text, new Span(micros));
    }

    private Term Guids()
    {
        if (!Chance(3) && FieldOf(Kind.Guid) is { } field)
        {
            return field;
        }

        var id = Pick(Ids);
        return Constant(Kind.Guid, Chance(2) ? id.ToString("D").ToUpperInvariant() : id.ToString("D"), id);
    }

    private Term Shifted(Kind kind, Term from, int depth, Func<object, long, object> by)
    {
        var span = Spans(depth - 1);
        if (from.IsNull || span.IsNull)
        {
            return from;
        }

        var back = Chance(2);
        return Made(kind, $"({from} {(back ? "sub" : "add")} {span})", v => by(v[0], back ? checked(-((Span)v[1]).Micros) : ((Span)v[1]).Micros), from, span);
    }

    private static Term Scaled(Term span, Term number, string name, Func<BigInteger, Number, BigInteger?> of, bool swap)
        => Made(
            Kind.Span,
            swap ? $"({number} {name} {span})" : $"({span} {name} {number})",
            v => of(((Span)v[0]).Micros, (Number)v[1]) is { } micros ? new Span((long)micros) : null,
            span,
            number);

    private static BigInteger Power(int scale) => BigInteger.Pow(10, scale);

    private Term CalendarPart(int depth)
    {
        var name = Pick(["year", "month", "day"]);
        if (Chance(2))
        {
            return Call(Kind.Whole, name, v => Part(name, (Day)v[0]), Days(depth - 1));
        }

        var at = Moments(depth - 1);
        return Call(Kind.Whole, name, v => Part(name, Times.Date((Moment)v[0], ZoneOf(at))), at);
    }

    private static Number Part(string name, Day day) => Number.Whole(name switch { "year" => day.Year, "month" => day.Month, _ => day.DayOfMonth });

    private Term ClockPart(int depth)
    {
        var name = Pick(["hour", "minute", "second", "fractionalseconds"]);
        var at = Chance(2) ? Clocks(depth - 1) : Moments(depth - 1);
        var isFraction = name == "fractionalseconds";
        return Call(
            isFraction ? Kind.Exact : Kind.Whole,
            name,
            v =>
            {
                var micros = (v[0] is Clock clock ? clock : Times.Time((Moment)v[0], ZoneOf(at))).Micros;
                return isFraction
                    ? Number.Exact(micros % 1_000_000, 6)
                    : Number.Whole(name switch { "hour" => micros / 3_600_000_000, "minute" => micros / 60_000_000 % 60, _ => micros / 1_000_000 % 60 });
            },
            at) with
        { Scale = isFraction ? 6 : 0, IsWide = isFraction };
    }

    private Term OffsetMinutes(int depth)
    {
        var at = Moments(depth - 1);
        return Call(Kind.Whole, "totaloffsetminutes", v => Number.Whole(Times.Offset((Moment)v[0], ZoneOf(at)) / 60_000_000), at);
    }

    private string ZoneOf(Term at) => at.Zone.Length > 0 ? at.Zone : zone;
}
