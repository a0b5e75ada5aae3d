using System.Globalization;

namespace OpenData.Warehouse.Tests.Query.Evaluator;

internal sealed partial class Terms
{
    private static readonly string[] Decimals = ["0.01", "-0.5", "2.5", "-2.5", "0.1", "1.005", "-12.50", "1e-3", "125e-2"];

    private static readonly string[] Extremes =
        ["9223372036854775807", "-9223372036854775808", "9223372036854775808", "99999999999999999999999999999999999999", "0.00000000000000000000000000000000000001", "9007199254740993"];

    /// <summary>A whole or exact number.</summary>
    private Term Exact(int depth)
    {
        if (depth <= 0 || Chance(3))
        {
            return ExactLeaf();
        }

        return random.Next(16) switch
        {
            0 or 1 => Calculated("add", Number.Sum, Math.Max, Exact(depth - 1), Exact(depth - 1)),
            2 => Calculated("sub", Number.Difference, Math.Max, Exact(depth - 1), Exact(depth - 1)),
            3 => Calculated("mul", Number.Product, (a, b) => a + b, Exact(depth - 1), ExactLeaf()),
            4 => Calculated("mod", Number.Remainder, Math.Max, Exact(depth - 1), ExactLeaf()),
            5 => Quotient(depth),
            6 => Negated(Exact(depth - 1)),
            7 => Rounding(Exact(depth - 1)),
            8 => Call(Kind.Whole, "length", v => Number.Whole(((string)v[0]).EnumerateRunes().Count()), Text(depth - 1)),
            9 => Call(Kind.Whole, "indexof", v => Number.Whole(IndexOf((string)v[0], (string)v[1])), Text(depth - 1), Text(0)),
            10 => CalendarPart(depth),
            11 => ClockPart(depth),
            12 => Call(Kind.Exact, "totalseconds", v => Number.Exact(((Span)v[0]).Micros, 6), Spans(depth - 1)) with { Scale = 6, IsWide = true },
            13 => OffsetMinutes(depth),
            14 => Counted(),
            _ => Choice(Kind.Exact, depth),
        };
    }

    private Term ExactLeaf()
    {
        if (Chance(16))
        {
            return Null(Kind.Exact);
        }

        if (!Chance(3) && FieldOf(Kind.Whole, Kind.Exact) is { } field)
        {
            return field;
        }

        var text = extremes && Chance(8) ? Pick(Extremes) : Chance(2) ? Pick(Decimals) : random.Next(-5, 6).ToString(CultureInfo.InvariantCulture);
        var number = text.Contains('e', StringComparison.Ordinal) ? Number.Literal(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)) : Number.Literal(text);
        return Constant(number.IsWhole ? Kind.Whole : Kind.Exact, text, number) with { Scale = number.Scale, IsWide = text.Length > 16 };
    }

    private Term Calculated(string name, Func<Number, Number, Number?> of, Func<int, int, int> scale, Term a, Term b)
        => scale(a.Scale, b.Scale) > 38
            ? a
            : Made(a.Kind == Kind.Whole && b.Kind == Kind.Whole ? Kind.Whole : Kind.Exact, $"({a} {Cased(name)} {b})", v => of((Number)v[0], (Number)v[1]), a, b) with
            {
                Scale = scale(a.Scale, b.Scale),
                IsWide = true,
                IsNull = a.IsNull && b.IsNull,
            };

    private Term Calculated(string name, Func<Number, Number, Number> of, Func<int, int, int> scale, Term a, Term b)
        => Calculated(name, (x, y) => (Number?)of(x, y), scale, a, b);

    // Exact to twelve digits only where both sides are narrow; else a double's digits, which this does not judge.
    private Term Quotient(int depth)
    {
        var (a, b) = (Narrow(), Narrow());
        var name = Chance(2) ? "div" : "divby";
        if (name == "div" && a is { Kind: Kind.Whole } && Chance(2))
        {
            (a, b) = (Exact(depth - 1), Exact(depth - 1));
            return a.Kind == Kind.Whole && b.Kind == Kind.Whole ? Calculated("div", Number.WholeQuotient, (_, _) => 0, a, b) : a;
        }

        return name == "div" && a.Kind == Kind.Whole && b.Kind == Kind.Whole
            ? Calculated("div", Number.WholeQuotient, (_, _) => 0, a, b)
            : Calculated(name, Number.Quotient, (_, _) => 12, a, b) with { Kind = Kind.Exact };
    }

    private Term Narrow()
    {
        Term term;
        do
        {
            term = ExactLeaf();
        }
        while (term.IsWide || term.IsNull);
        return term;
    }

    private static Term Negated(Term term) => Made(term.Kind, $"-({term})", v => ((Number)v[0]).Negated(), term) with { Scale = term.Scale, IsWide = true, IsNull = term.IsNull };

    private Term Rounding(Term term) => random.Next(3) switch
    {
        0 => Call(term.Kind, "round", v => ((Number)v[0]).Rounded(), term),
        1 => Call(term.Kind, "floor", v => ((Number)v[0]).Floor(), term),
        _ => Call(term.Kind, "ceiling", v => ((Number)v[0]).Ceiling(), term),
    } with
    { Kind = term.IsNull ? Kind.Whole : term.Kind, IsWide = true };

    private Term Counted()
        => FieldOf(Kind.Texts, Kind.Wholes) is { } list
            ? new Term(Kind.Whole, $"{list}/$count", row => Number.Whole(((System.Collections.ICollection?)list.Of(row))?.Count ?? 0))
            : ExactLeaf();

    /// <summary>A floating-point number.</summary>
    private Term Double(int depth)
    {
        if (depth <= 0 || Chance(3))
        {
            return DoubleLeaf();
        }

        return random.Next(9) switch
        {
            0 => Floating("add", (a, b) => a + b, depth),
            1 => Floating("sub", (a, b) => a - b, depth),
            2 => Floating("mul", (a, b) => a * b, depth),
            3 => Floating(Chance(2) ? "div" : "divby", (a, b) => a / b, depth),
            4 => Floating("mod", (a, b) => a % b, depth),
            5 => Double(depth - 1) is var x ? Made(Kind.Double, $"-({x})", v => -(double)v[0], x) with { IsNull = x.IsNull } : x,
            6 => DoubleRounding(Double(depth - 1)),
            7 => Distance(),
            _ => Choice(Kind.Double, depth),
        };
    }

    private Term DoubleRounding(Term x) => x.IsNull ? x : random.Next(3) switch
    {
        0 => Call(Kind.Double, "round", v => Math.Round((double)v[0], MidpointRounding.AwayFromZero), x),
        1 => Call(Kind.Double, "floor", v => Math.Floor((double)v[0]), x),
        _ => Call(Kind.Double, "ceiling", v => Math.Ceiling((double)v[0]), x),
    };

    private Term DoubleLeaf() => !Chance(4) && FieldOf(Kind.Double) is { } field ? field : random.Next(3) switch
    {
        0 => Constant(Kind.Double, "INF", double.PositiveInfinity),
        1 => Constant(Kind.Double, "NaN", double.NaN),
        _ => Constant(Kind.Double, "-INF", double.NegativeInfinity),
    };

    private Term Floating(string name, Func<double, double, double> of, int depth)
    {
        var (a, b) = (Double(depth - 1), Chance(2) ? Double(depth - 1) : Narrow());
        (a, b) = Chance(2) ? (a, b) : (b, a);
        return Made(Kind.Double, $"({a} {Cased(name)} {b})", v => of(ToDouble(v[0]), ToDouble(v[1])), a, b) with { IsNull = a.IsNull && b.IsNull };
    }

    private static double ToDouble(object value) => value is Number number ? number.ToDouble() : (double)value;

    // The angle between two vectors: another formula than the engine's. Metres on the mean sphere, to the millimetre.
    private Term Distance()
    {
        if (FieldOf(Kind.Point) is not { } point)
        {
            return DoubleLeaf();
        }

        var (longitude, latitude) = (random.Next(-180, 181), random.Next(-90, 91));
        return Made(
            Kind.Double,
            $"round(geo.distance({point},geography'{(Chance(2) ? "SRID=4326;" : "")}Point({longitude} {latitude})'))",
            v => Math.Round(Distance(((double, double))v[0], (longitude, latitude)), MidpointRounding.AwayFromZero),
            point);
    }

    private static double Distance((double Longitude, double Latitude) a, (double Longitude, double Latitude) b)
    {
        var (p, q) = (Vector(a), Vector(b));
        var (x, y, z) = ((p.Y * q.Z) - (p.Z * q.Y), (p.Z * q.X) - (p.X * q.Z), (p.X * q.Y) - (p.Y * q.X));
        return 6_371_008.8 * Math.Atan2(Math.Sqrt((x * x) + (y * y) + (z * z)), (p.X * q.X) + (p.Y * q.Y) + (p.Z * q.Z));
    }

    private static (double X, double Y, double Z) Vector((double Longitude, double Latitude) point)
    {
        var (longitude, latitude) = (point.Longitude * Math.PI / 180, point.Latitude * Math.PI / 180);
        return (Math.Cos(latitude) * Math.Cos(longitude), Math.Cos(latitude) * Math.Sin(longitude), Math.Sin(latitude));
    }
}
