using System.Globalization;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Tests.Query.Evaluator;

/// <summary>A random question to a <see cref="RandomTable"/>, as text and as the rows that must come. A seed gives the same question again.</summary>
internal sealed class RandomQuery
{
    private readonly int _seed;
    private readonly RandomTable _table;
    private readonly List<(string Option, string Text)> _options = [];
    private readonly List<Term> _terms = [];
    private readonly RandomApply? _apply;
    private readonly List<(Field Field, Term Term)> _computed = [];
    private readonly Term? _filter;
    private readonly List<(Term Key, bool Descending)> _order = [];
    private readonly int _skip;
    private readonly int? _top;

    public RandomQuery(int seed, RandomTable table, bool apply)
    {
        (_seed, _table) = (seed, table);
        var random = new Random(seed);
        var fields = RandomTable.Fields.ToList();
        if (apply)
        {
            _apply = new RandomApply(random, fields, table.HasExtremes);
            fields = [.. _apply.Fields];
            _options.Add(("$apply", _apply.Text));
            _terms.AddRange(_apply.Terms);
        }

        var terms = new Terms(random, fields, RandomTable.Zone, table.HasExtremes);
        for (var i = random.Next(apply ? 1 : 3); i > 0; i--)
        {
            var term = terms.Value(3);
            var field = new Field($"c{i}", term.Kind) { Scale = term.Scale, Zone = term.Zone.Length > 0 ? term.Zone : RandomTable.Zone, IsWide = term.IsWide };
            _computed.Add((field, term));
            fields.Add(field);
            terms = new Terms(random, fields, RandomTable.Zone, table.HasExtremes);
        }

        _filter = random.Next(apply ? 3 : 5) > 0 == apply ? null : terms.Condition(random.Next(1, 5));
        for (var i = random.Next(3); i > 0; i--)
        {
            _order.Add((terms.Value(random.Next(3)), random.Next(2) == 0));
        }

        _skip = random.Next(3) == 0 ? random.Next(10) : 0;
        _top = random.Next(3) == 0 ? random.Next(20) : null;
        _terms.AddRange(_computed.Select(c => c.Term));
        _terms.AddRange(_filter is null ? [] : [_filter]);
        _terms.AddRange(_order.Select(o => o.Key));
        Describe();
    }

    /// <summary>The rows that must come, one text a row.</summary>
    /// <exception cref="OverflowException">A calculation leaves its range on some row.</exception>
    public (IReadOnlyList<string> Rows, long Count) Expected()
    {
        var rows = _apply is null ? _table.Rows : _apply.Of(_table.Rows);
        foreach (var (field, term) in _computed)
        {
            rows = [.. rows.Select(r => r.With(field.Name, term.Of(r)))];
        }

        // All keys are calculated before rows are passed over: where one overflows, the question does.
        rows = _filter is null ? rows : [.. rows.Select(r => (Row: r, Holds: _filter.Of(r) is true)).ToList().Where(r => r.Holds).Select(r => r.Row)];
        var keyed = rows.Select(r => (Row: r, Keys: _order.Select(o => o.Key.Of(r)).ToList())).ToList();
        var sorted = keyed.OrderBy(_ => 0);
        for (var i = 0; i < _order.Count; i++)
        {
            var at = i;
            var comparer = Comparer<object?>.Create((a, b) => _order[at].Descending ? Meaning.Order(b, a) : Meaning.Order(a, b));
            sorted = sorted.ThenBy(k => k.Keys[at], comparer);
        }

        return ([.. sorted.Skip(_skip).Take(_top ?? int.MaxValue).Select(k => Shown.Row(Columns.Select(f => (f, k.Row[f.Name]))))], rows.Count);
    }

    /// <summary>What the engine says, in the same form.</summary>
    public (IReadOnlyList<string> Rows, long Count) Actual()
    {
        var query = Read();
        var rows = _table.Answer(query).Select(r => Shown.Row(Columns.Select((f, i) => (f, Shown.Value(f.Kind, r[i]))))).ToList();
        return (rows, (long)_table.Run(query, QueryToSql.TranslateCount(query, "memory"))[0][0]!);
    }

    /// <summary>The smallest term that has another value in the engine, for the message of a failure.</summary>
    public string Blame()
    {
        foreach (var term in _terms.SelectMany(Inner).Where(t => !t.IsNull && t.Kind < Kind.Point))
        {
            foreach (var row in _table.Rows)
            {
                string wanted;
                try
                {
                    wanted = Shown.Value(new Field("v", term.Kind), term.Of(row));
                }
                catch (Exception e) when (e is OverflowException or KeyNotFoundException)
                {
                    continue;
                }

                string found;
                try
                {
                    var scope = RandomTable.Scope();
                    scope.Compute($"{term.Text} as v");
                    var query = new DatasetQuery(scope.Contract, scope.Select("v")) { Computed = scope.Computed, Predicate = scope.Filter($"id eq {row["id"]}") };
                    found = Shown.Value(new Field("v", term.Kind), Shown.Value(term.Kind, _table.Answer(query)[0][0]));
                }
                catch (Catalogs.Errors.OpenDataException e)
                {
                    found = e.Code.Code;
                }

                if (found != wanted)
                {
                    return $"{term.Text} is {found} and should be {wanted} where {string.Join(", ", RandomTable.Fields.Where(f => term.Text.Contains(f.Name, StringComparison.OrdinalIgnoreCase)).Select(f => $"{f.Name} = {Shown.Value(f, row[f.Name])}"))}";
                }
            }
        }

        return "every term by itself has the right values";
    }

    public override string ToString()
        => $"seed {_seed}, table {_table.Seed}{(_table.HasExtremes ? " with extremes" : "")}: {string.Join('&', _options.Select(o => $"{o.Option}={o.Text}"))}";

    private static IEnumerable<Term> Inner(Term term) => [.. term.Parts.SelectMany(Inner), term];

    private IReadOnlyList<Field> Columns => [.. _apply is null ? [RandomTable.Fields[0]] : _apply.Fields.Where(f => f.Kind < Kind.Point), .. _computed.Select(c => c.Field)];

    private DatasetQuery Read()
    {
        var scope = RandomTable.Scope();
        string? Text(string option) => _options.Find(o => o.Option == option).Text;
        var apply = Text("$apply") is { } steps ? scope.Apply(steps) : [];
        if (Text("$compute") is { } compute)
        {
            scope.Compute(compute);
        }

        return new DatasetQuery(scope.Contract, scope.SelectAsNamed(string.Join(',', Columns.Select(c => c.Name))))
        {
            Apply = apply,
            Computed = scope.Computed,
            Predicate = Text("$filter") is { } filter ? scope.Filter(filter) : null,
            OrderBy = Text("$orderby") is { } order ? scope.OrderBy(order) : [],
            Skip = _skip,
            Top = _top,
        };
    }

    private void Describe()
    {
        if (_computed.Count > 0)
        {
            _options.Add(("$compute", string.Join(',', _computed.Select(c => $"{c.Term} as {c.Field.Name}"))));
        }

        if (_filter is not null)
        {
            _options.Add(("$filter", _filter.Text));
        }

        if (_order.Count > 0)
        {
            _options.Add(("$orderby", string.Join(',', _order.Select(o => $"{o.Key} {(o.Descending ? "desc" : "asc")}"))));
        }

        if (_skip > 0)
        {
            _options.Add(("$skip", _skip.ToString(CultureInfo.InvariantCulture)));
        }

        if (_top is { } top)
        {
            _options.Add(("$top", top.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
