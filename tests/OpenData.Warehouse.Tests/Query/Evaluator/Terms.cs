namespace OpenData.Warehouse.Tests.Query.Evaluator;

/// <summary>Random terms over some fields. A seed gives the same terms again.</summary>
/// <param name="random">Where the choices come from.</param>
/// <param name="fields">What may be named.</param>
/// <param name="zone">The zone of moments that say none.</param>
/// <param name="extremes">True when the greatest and least values of all types are used, so that calculations overflow now and then.</param>
internal sealed partial class Terms(Random random, IReadOnlyList<Field> fields, string zone, bool extremes)
{
    private static readonly Kind[] Ordered = [Kind.Boolean, Kind.Whole, Kind.Exact, Kind.Double, Kind.Text, Kind.Day, Kind.Clock, Kind.Moment, Kind.Span, Kind.Guid];

    /// <summary>A value that can be ordered, shown and grouped, of a type of its own.</summary>
    public Term Value(int depth)
    {
        Term term;
        do
        {
            term = Of(Pick(Ordered), depth);
        }
        while (term.IsNull);
        return term;
    }

    /// <summary>A value of a kind; whole and exact numbers stand for each other.</summary>
    public Term Of(Kind kind, int depth) => kind switch
    {
        Kind.Boolean => Condition(depth),
        Kind.Whole or Kind.Exact => Exact(depth),
        Kind.Double => Double(depth),
        Kind.Text => Text(depth),
        Kind.Day => Days(depth),
        Kind.Clock => Clocks(depth),
        Kind.Moment => Moments(depth),
        Kind.Span => Spans(depth),
        Kind.Guid => Guids(),
        _ => throw new InvalidOperationException($"No terms of {kind}."),
    };

    private static Term Constant(Kind kind, string text, object value) => new(kind, text, _ => value);

    private static Term Null(Kind kind) => new(kind, "null", _ => null) { IsNull = true };

    /// <summary>A function of values that is null when one of them is.</summary>
    private static Term Made(Kind kind, string text, Func<object[], object?> of, params Term[] parts)
        => new(
            kind,
            text,
            row =>
            {
                // All are looked at, so that an overflow behind a null is seen too.
                var values = parts.Select(p => p.Of(row)).ToList();
                return values.Contains(null) ? null : of([.. values.OfType<object>()]);
            },
            parts);

    private Term Call(Kind kind, string name, Func<object[], object?> of, params Term[] parts)
        => Made(kind, $"{Cased(name)}({string.Join(',', parts.Select(p => p.Text))})", of, parts);

    /// <summary>The value of the first condition that holds.</summary>
    private Term Choice(Kind kind, int depth)
    {
        var branches = Enumerable.Range(0, random.Next(1, 3)).Select(_ => (When: Condition(depth - 1), Then: Of(kind, depth - 1))).ToList();
        if (branches[0].Then is { IsNull: true } || branches.Any(b => b.Then.Kind != kind && kind != Kind.Exact))
        {
            return Of(kind, 0) is { IsNull: false } leaf ? leaf : Choice(kind, depth);
        }

        if (random.Next(2) == 0)
        {
            branches.Add((Constant(Kind.Boolean, "true", true), random.Next(3) == 0 ? Null(kind) : branches[0].Then));
        }

        var scale = branches.Max(b => b.Then.Scale);
        var isExact = branches.Exists(b => b.Then is { Kind: Kind.Exact, IsNull: false });
        return new Term(
            kind == Kind.Exact && branches.TrueForAll(b => b.Then.Kind == Kind.Whole || b.Then.IsNull) ? Kind.Whole : kind,
            $"case({string.Join(',', branches.Select(b => $"{b.When}:{b.Then}"))})",
            row =>
            {
                var all = branches.Select(b => (Holds: b.When.Of(row) is true, Value: b.Then.Of(row))).ToList();
                return all.FirstOrDefault(b => b.Holds).Value switch
                {
                    Number number when isExact => number.AtScale(scale),
                    var value => value,
                };
            },
            [.. branches.SelectMany(b => new[] { b.When, b.Then })])
        {
            Scale = scale,
            IsWide = true,
            Zone = branches.Select(b => b.Then.Zone).FirstOrDefault(z => z.Length > 0, ""),
        };
    }

    private Term? FieldOf(params Kind[] kinds)
    {
        var known = fields.Where(f => kinds.Contains(f.Kind) && !f.IsApproximate).ToList();
        return known.Count == 0 ? null : Named(Pick(known).Term());
    }

    // Columns are found in any case; the variables of lambdas are not.
    private Term Named(Term field) => field.Text[0] == 'v' ? field : field with { Text = Cased(field.Text) };

    private T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    private bool Chance(int oneIn) => random.Next(oneIn) == 0;

    // Names of functions and operators are found in any case.
    private string Cased(string name) => random.Next(12) switch { 0 => name.ToUpperInvariant(), 1 => name.ToLowerInvariant(), _ => name };
}
