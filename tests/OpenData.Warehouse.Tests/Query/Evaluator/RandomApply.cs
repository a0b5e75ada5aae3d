using System.Globalization;
using System.Numerics;

namespace OpenData.Warehouse.Tests.Query.Evaluator;

/// <summary>Random transformations, as text and as what they make of rows.</summary>
internal sealed class RandomApply
{
    private readonly Random _random;
    private readonly bool _extremes;
    private readonly List<string> _texts = [];
    private readonly List<Func<IReadOnlyList<Row>, IReadOnlyList<Row>>> _steps = [];
    private int _names;

    public RandomApply(Random random, IReadOnlyList<Field> fields, bool extremes)
    {
        (_random, Fields, _extremes) = (random, fields, extremes);
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            Step();
        }
    }

    /// <summary>The columns of the result.</summary>
    public IReadOnlyList<Field> Fields { get; private set; }

    public List<Term> Terms { get; } = [];

    public string Text => string.Join('/', _texts);

    public IReadOnlyList<Row> Of(IReadOnlyList<Row> rows) => _steps.Aggregate(rows, (r, step) => step(r));

    private void Step()
    {
        var terms = new Terms(_random, Fields, RandomTable.Zone, _extremes);
        switch (_random.Next(10))
        {
            case 0:
                var condition = Kept(terms.Condition(2));
                Add($"filter({condition})", rows => [.. rows.Select(r => (Row: r, Holds: condition.Of(r) is true)).ToList().Where(r => r.Holds).Select(r => r.Row)]);
                break;
            case 1:
                var value = Kept(terms.Value(2));
                var made = Named(value);
                Add($"compute({value} as {made.Name})", rows => [.. rows.Select(r => r.With(made.Name, value.Of(r)))]);
                Fields = [.. Fields, made];
                break;
            case 2:
                var (count, key, top) = (_random.Next(12), Kept(terms.Value(1)), _random.Next(2) == 0);
                var order = Comparer<object?>.Create((a, b) => top ? Meaning.Order(b, a) : Meaning.Order(a, b));
                Add($"{(top ? "topcount" : "bottomcount")}({count},{key})", rows => First(rows, key, order, count));
                break;
            case 3:
                Add("identity", rows => rows);
                break;
            case 4:
                Group([], terms);
                break;
            case 5:
                var most = _random.Next(15);
                Add($"top({most})", rows => [.. rows.Take(most)]);
                break;
            case 6:
                var passed = _random.Next(8);
                Add($"skip({passed})", rows => [.. rows.Skip(passed)]);
                break;
            case 7:
                var (by, down) = (Kept(terms.Value(1)), _random.Next(2) == 0);
                Add($"orderby({by}{(down ? " desc" : "")})", rows => [.. rows.OrderBy(by.Of, Comparer<object?>.Create((a, b) => down ? Meaning.Order(b, a) : Meaning.Order(a, b)))]);
                break;
            default:
                Group([.. _random.GetItems(Fields.Where(f => f.Kind < Kind.Point && !f.IsApproximate).DefaultIfEmpty(Fields[0]).ToArray(), _random.Next(1, 4)).Distinct()], terms);
                break;
        }
    }

    // The first of an order, as they lay before.
    private static IReadOnlyList<Row> First(IReadOnlyList<Row> rows, Term key, Comparer<object?> order, int count)
    {
        var first = rows.OrderBy(key.Of, order).Take(count).ToHashSet();
        return [.. rows.Where(first.Contains)];
    }

    private void Group(IReadOnlyList<Field> by, Terms terms)
    {
        if (by.Any(f => f.IsApproximate))
        {
            return;
        }

        var aggregates = Enumerable.Range(0, _random.Next(by.Count == 0 ? 1 : 0, 4)).Select(_ => Aggregate(terms)).ToList();
        var list = string.Join(',', aggregates.Select(a => a.Text));
        var columns = string.Join(',', by.Select(f => f.Name));
        var order = Comparer<Row>.Create((a, b) => by.Select(f => Meaning.Order(a[f.Name], b[f.Name])).FirstOrDefault(o => o != 0));
        Add(
            by.Count == 0 ? $"aggregate({list})" : aggregates.Count == 0 ? $"groupby(({columns}))" : $"groupby(({columns}),aggregate({list}))",
            rows => [.. Groups(rows, by, order).Select(g => new Row(by.Select(f => (f.Name, Value: Positive(g[0][f.Name]))).Concat(aggregates.Select(a => (a.Field.Name, Value: Positive(a.Of(g))))).ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal)))]);
        Fields = [.. by, .. aggregates.Select(a => a.Field)];
    }

    // A zero of a result has no sign.
    private static object? Positive(object? value) => value is 0.0 ? 0.0 : value;

    private static List<List<Row>> Groups(IReadOnlyList<Row> rows, IReadOnlyList<Field> by, Comparer<Row> order)
    {
        if (by.Count == 0)
        {
            return [[.. rows]];
        }

        var groups = new List<List<Row>>();
        foreach (var row in rows.Order(order))
        {
            if (groups.Count > 0 && order.Compare(groups[^1][0], row) == 0)
            {
                groups[^1].Add(row);
            }
            else
            {
                groups.Add([row]);
            }
        }

        return groups;
    }

    private (Field Field, string Text, Func<IReadOnlyList<Row>, object?> Of) Aggregate(Terms terms)
    {
        var name = $"a{++_names}";
        if (_random.Next(5) == 0)
        {
            return (new Field(name, Kind.Whole), $"$count as {name}", rows => Number.Whole(rows.Count));
        }

        var term = Kept(terms.Value(_random.Next(3)));
        var isNumber = term.Kind is Kind.Whole or Kind.Exact or Kind.Double;
        var method = _random.Next(5) switch { 0 => "min", 1 => "max", 2 => "countdistinct", 3 when isNumber => "average", 4 when isNumber || term.Kind == Kind.Span => "sum", _ => "min" };
        var field = new Field(name, (method, term.Kind) switch { ("countdistinct", _) => Kind.Whole, ("average", _) => Kind.Double, ("sum", Kind.Whole) => Kind.Exact, _ => term.Kind })
        {
            Scale = term.Scale,
            Zone = term.Zone.Length > 0 ? term.Zone : RandomTable.Zone,
            IsWide = true,
            IsApproximate = method == "average" || (method == "sum" && term.Kind == Kind.Double),
        };
        return (field, $"{term} with {method} as {name}", rows => Of(method, [.. rows.Select(r => term.Of(r)).OfType<object>()], term.Scale));
    }

    private static object? Of(string method, IReadOnlyList<object> values, int scale)
    {
        if (method == "countdistinct")
        {
            return Number.Whole(new SortedSet<object>(values, Comparer<object>.Create(Meaning.Order)).Count);
        }

        if (values.Count == 0)
        {
            return null;
        }

        return (method, values[0]) switch
        {
            ("min", _) => values.Min(Comparer<object>.Create(Meaning.Order)),
            ("max", _) => values.Max(Comparer<object>.Create(Meaning.Order)),
            ("average", double) => values.Average(v => (double)v),
            ("average", _) => Mean([.. values.Cast<Number>()]),
            (_, double) => values.Sum(v => (double)v),
            (_, Span) => new Span(values.Aggregate(0L, (sum, v) => checked(sum + ((Span)v).Micros))),
            _ => values.Cast<Number>().Aggregate(Number.Exact(0, scale), (sum, v) => Number.Exact(sum.Unscaled + v.AtScale(scale).Unscaled, scale)),
        };
    }

    private static double Mean(IReadOnlyList<Number> numbers)
    {
        var scale = numbers[0].Scale;
        var sum = numbers.Aggregate(BigInteger.Zero, (s, n) => s + n.Unscaled);
        var shifted = Number.Divided(sum * BigInteger.Pow(10, 30), numbers.Count);
        return double.Parse($"{shifted.ToString(CultureInfo.InvariantCulture)}e-{30 + scale}", CultureInfo.InvariantCulture);
    }

    private Field Named(Term term) => new($"a{++_names}", term.Kind) { Scale = term.Scale, Zone = term.Zone.Length > 0 ? term.Zone : RandomTable.Zone, IsWide = true };

    private Term Kept(Term term)
    {
        Terms.Add(term);
        return term;
    }

    private void Add(string text, Func<IReadOnlyList<Row>, IReadOnlyList<Row>> step)
    {
        _texts.Add(text);
        _steps.Add(step);
    }
}
