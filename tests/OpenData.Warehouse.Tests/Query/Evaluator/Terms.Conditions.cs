namespace OpenData.Warehouse.Tests.Query.Evaluator;

internal sealed partial class Terms
{
    private static readonly string[] Operators = ["eq", "ne", "gt", "ge", "lt", "le"];

    /// <summary>True, false or unknown.</summary>
    public Term Condition(int depth)
    {
        if (depth <= 0)
        {
            return Chance(6) ? Constant(Kind.Boolean, "true", true) : Chance(12) ? Null(Kind.Boolean) : FieldOf(Kind.Boolean) ?? Comparison(0);
        }

        return random.Next(14) switch
        {
            0 or 1 when (Condition(depth - 1), Condition(depth - 1)) is var (a, b) => Joined("and", a, b, (x, y) => x & y),
            2 or 3 when (Condition(depth - 1), Condition(depth - 1)) is var (a, b) => Joined("or", a, b, (x, y) => x | y),
            4 when Condition(depth - 1) is var a => new Term(Kind.Boolean, $"not ({a})", row => !(bool?)a.Of(row), a),
            5 or 6 => TextTest(depth),
            7 => Membership(depth),
            8 or 9 => OfList(depth),
            10 when FieldOf(Kind.Point, Kind.Texts, Kind.Wholes) is { } any => Chance(2)
                ? new Term(Kind.Boolean, $"({any} eq null)", row => any.Of(row) is null)
                : new Term(Kind.Boolean, $"(null ne {any})", row => any.Of(row) is not null),
            11 when Chance(3) => Choice(Kind.Boolean, depth),
            _ => Comparison(depth),
        };
    }

    private Term Joined(string name, Term a, Term b, Func<bool?, bool?, bool?> of)
        => new(
            Kind.Boolean,
            $"({a} {Cased(name)} {b})",
            row =>
            {
                var (x, y) = ((bool?)a.Of(row), (bool?)b.Of(row));
                return of(x, y);
            },
            a,
            b);

    private Term Comparison(int depth)
    {
        var (a, b) = random.Next(9) switch
        {
            0 => (Double(depth - 1), Chance(3) ? Narrow() : Double(depth - 1)),
            1 => (Days(depth - 1), Moments(depth - 1)),
            2 => (Condition(depth - 1), Condition(depth - 1)),
            _ when Pick(Ordered) is var kind => (Of(kind, depth - 1), Of(kind, depth - 1)),
            _ => default,
        };
        (a, b) = Chance(2) ? (a, b) : (b, a);
        var op = Pick(Operators);
        var asDoubles = a.Kind == Kind.Double || b.Kind == Kind.Double;
        return new Term(
            Kind.Boolean,
            $"({a} {Cased(op)} {b})",
            row =>
            {
                var (x, y) = (a.Of(row), b.Of(row));
                return Meaning.Holds(op, Common(x, asDoubles, a, b), Common(y, asDoubles, b, a));
            },
            a,
            b);
    }

    private object? Common(object? value, bool asDoubles, Term own, Term other) => value switch
    {
        Number number when asDoubles => number.ToDouble(),
        // A null literal has no type that would make the other side a moment.
        Day day when other.Kind == Kind.Moment && !own.IsNull && !other.IsNull => Times.Midnight(day, ZoneOf(other)),
        _ => value,
    };

    private Term Membership(int depth)
    {
        var kind = Pick([Kind.Exact, Kind.Text, Kind.Day, Kind.Moment, Kind.Guid, Kind.Double]);
        var operand = Of(kind, depth - 1);
        var literals = new Terms(random, [], zone, extremes);
        var items = Enumerable.Range(0, random.Next(5)).Select(_ => kind == Kind.Exact ? literals.ExactLeaf() : literals.Of(kind, 0)).ToList();
        return new Term(
            Kind.Boolean,
            $"({operand} {Cased("in")} ({string.Join(',', items.Select(i => i.Text))}))",
            row =>
            {
                var value = operand.Of(row);
                return items.Any(i => Meaning.Holds("eq", value, i.Of(row)));
            },
            operand);
    }

    private Term OfList(int depth)
    {
        if (FieldOf(Kind.Texts, Kind.Wholes) is not { } list)
        {
            return Comparison(depth);
        }

        if (Chance(5))
        {
            return new Term(Kind.Boolean, $"{list}/any()", row => Items(list, row).Any());
        }

        var variable = new Field($"v{depth}{fields.Count(f => f.Name[0] == 'v')}", list.Kind == Kind.Texts ? Kind.Text : Kind.Whole) { IsWide = true };
        var inner = new Terms(random, [.. fields.Where(f => f.Name[0] == 'v' || Chance(2)), variable], zone, extremes);
        var condition = inner.Condition(depth - 1);
        var all = Chance(2);
        return new Term(
            Kind.Boolean,
            $"{list}/{Cased(all ? "all" : "any")}({variable.Name}:{condition})",
            row =>
            {
                // Each is looked at, as the engine may.
                var holds = Items(list, row).Select(i => condition.Of(row.With(variable.Name, i)) is true).ToList();
                return all ? holds.TrueForAll(h => h) : holds.Contains(true);
            });
    }

    private static IEnumerable<object> Items(Term list, Row row) => ((IEnumerable<object>?)list.Of(row)) ?? [];
}
