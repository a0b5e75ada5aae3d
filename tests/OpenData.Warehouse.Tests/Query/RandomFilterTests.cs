using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OpenData.TestKit;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Tests.Query;

/// <summary>Random filters on the real engine against an evaluator of OData's rules over the same rows.</summary>
public sealed class RandomFilterTests : IDisposable
{
    private const int FilterCount = 400;

    private static readonly string?[] Texts =
        [null, "", "a", "A", "Bàng", "bàng", "Bằng lăng", "Đa", "đa", "100%", "_", "\\", "'", "x'y", "a\\%_'", " Phượng ", "😀", "z😀z", "e\u0323"];

    private static readonly string[] Tags = ["a", "A", "Bàng", "100%", "'", "😀"];

    private static readonly string[] Compares = ["eq", "ne", "gt", "ge", "lt", "le"];

    private static readonly IReadOnlyList<TreeRow> Rows = MakeRows();

    private readonly SampleTable _table = new(Rows);

    [Fact]
    public void Random_filters_give_the_rows_of_the_evaluator() => Compare();

    [Fact]
    public void Random_filters_give_the_rows_of_the_evaluator_under_a_vietnamese_culture() => Culture.Vietnamese(Compare);

    [Fact]
    public void Random_computed_columns_hold_the_values_of_the_evaluator_and_are_filtered_by_them()
        => Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(FilterCount / 2),
            Prop.ForAll(
                Arb.From(
                    from n in Number(2).Where(n => n.Text.Contains("quarter", StringComparison.Ordinal) || n.Text.Contains("fee", StringComparison.Ordinal))
                    from t in Text(2).Where(t => t.Text.Contains("name", StringComparison.Ordinal))
                    select (n, t)),
                term =>
                {
                    var scope = QuerySqlTests.Scope();
                    scope.Compute($"{term.n.Text} as n, concat({term.t.Text},'!') as t,n as same");
                    var query = new DatasetQuery(scope.Contract, scope.Select("id,n,t,same")) { Computed = scope.Computed, Predicate = scope.Filter("n ge 0 or t eq null") };
                    var expected = Rows.Where(r => term.n.Value(r) >= 0 || term.t.Value(r) is null)
                        .Select(r => (r.Id, term.n.Value(r), term.t.Value(r) is { } t ? t + "!" : null, term.n.Value(r)));

                    Assert.Equal(expected, _table.Rows(query).Select(r => ((long)r[0]!, Exact(r[1]), (string?)r[2], Exact(r[3]))));
                }));

    public void Dispose() => _table.Dispose();

    private static decimal? Exact(object? number) => number is null ? null : decimal.Parse($"{number}", CultureInfo.InvariantCulture);

    private void Compare()
        => Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(FilterCount / 2),
            Prop.ForAll(
                Arb.From(Condition(3)),
                filter =>
                {
                    var expected = Rows.Where(r => filter.Value(r) is true).Select(r => r.Id);
                    Assert.Equal(expected, _table.Ids(filter.Text));
                }));

    private static List<TreeRow> MakeRows()
    {
        var random = new Random(2026);
        var rows = new List<TreeRow>();
        for (var id = 1; id <= 60; id++)
        {
            rows.Add(new TreeRow(id)
            {
                Name = Texts[random.Next(Texts.Length)]?.Normalize(NormalizationForm.FormC),
                Note = Texts[random.Next(Texts.Length)]?.Normalize(NormalizationForm.FormC),
                Quarter = random.Next(6) is var q && q == 0 ? null : q - 3,
                Fee = random.Next(5) == 0 ? null : random.Next(-300, 300) / 100m,
                Alive = random.Next(3) switch { 0 => null, 1 => true, _ => false },
                Tags = random.Next(4) == 0 ? null : [.. random.GetItems(Tags, random.Next(4))],
                PlantedOn = random.Next(4) == 0 ? null : new DateOnly(2025, 6, 28).AddDays(random.Next(6)),
            });
        }

        return rows;
    }

    private static Gen<Term<bool?>> Condition(int depth)
    {
        var leaf = Gen.OneOf(
            Comparison(Number(1), (a, b) => a.CompareTo(b)),
            Comparison(Text(1), CompareCodePoints),
            Comparison(Day(), (a, b) => a.CompareTo(b)),
            TextTest("contains", (a, b) => a.Contains(b, StringComparison.Ordinal)),
            TextTest("startswith", (a, b) => a.StartsWith(b, StringComparison.Ordinal)),
            TextTest("endswith", (a, b) => a.EndsWith(b, StringComparison.Ordinal)),
            Membership(),
            OfTags(),
            Gen.Constant(new Term<bool?>("alive", r => r.Alive)),
            Gen.Elements(new Term<bool?>("true", _ => true), new Term<bool?>("null", _ => null)));
        if (depth == 0)
        {
            return leaf;
        }

        var inner = Condition(depth - 1);
        return Gen.OneOf(
            leaf,
            from a in inner
            select new Term<bool?>($"not ({a.Text})", r => !a.Value(r)),
            from a in inner
            from b in inner
            select new Term<bool?>($"({a.Text}) and ({b.Text})", r => a.Value(r) & b.Value(r)),
            from a in inner
            from b in inner
            select new Term<bool?>($"({a.Text}) OR ({b.Text})", r => a.Value(r) | b.Value(r)),
            from a in inner
            from b in inner
            select new Term<bool?>($"({a.Text}) eq ({b.Text})", r => a.Value(r) == b.Value(r)));
    }

    private static Gen<Term<bool?>> Comparison<T>(Gen<Term<T?>> values, Func<T, T, int> order)
        where T : struct
        => from a in values
           from b in values
           from op in Gen.Elements(Compares)
           select new Term<bool?>($"{a.Text} {op} {b.Text}", r => Holds(op, a.Value(r), b.Value(r), order));

    private static Gen<Term<bool?>> Comparison(Gen<Term<string?>> values, Func<string, string, int> order)
        => from a in values
           from b in values
           from op in Gen.Elements(Compares)
           select new Term<bool?>($"{a.Text} {op} {b.Text}", r => HoldsText(op, a.Value(r), b.Value(r), order));

    private static bool Holds<T>(string op, T? a, T? b, Func<T, T, int> order)
        where T : struct
        => a is { } x && b is { } y ? ByOrder(op, order(x, y)) : WithNull(op, a is null, b is null);

    private static bool HoldsText(string op, string? a, string? b, Func<string, string, int> order)
        => a is not null && b is not null ? ByOrder(op, order(a, b)) : WithNull(op, a is null, b is null);

    private static bool ByOrder(string op, int order) => op switch
    {
        "eq" => order == 0,
        "ne" => order != 0,
        "gt" => order > 0,
        "ge" => order >= 0,
        "lt" => order < 0,
        _ => order <= 0,
    };

    private static bool WithNull(string op, bool leftNull, bool rightNull) => op switch
    {
        "eq" or "ge" or "le" => leftNull && rightNull,
        "ne" => leftNull != rightNull,
        _ => false,
    };

    private static Gen<Term<bool?>> TextTest(string name, Func<string, string, bool> test)
        => from a in Text(1)
           from b in Text(0)
           select new Term<bool?>(
               $"{name}({a.Text},{b.Text})",
               r => a.Value(r) is { } x && b.Value(r) is { } y ? test(x, y) : null);

    private static Gen<Term<bool?>> Membership()
        => from a in Number(1)
           from items in Gen.Choose(0, 4).SelectMany(n => Literal().ArrayOf(n))
           select new Term<bool?>($"{a.Text} in ({string.Join(',', items.Select(i => i.Text))})", r => items.Any(i => i.Value(r) == a.Value(r)));

    private static Gen<Term<bool?>> OfTags()
        => from text in Gen.Elements(Texts).Where(t => t is not null).Select(t => TextLiteral(t, NormalizationForm.FormC))
           from all in Gen.Elements(false, true)
           from test in Gen.Choose(0, 3)
           from n in Gen.Choose(0, 3)
           select (all, test) switch
           {
               (_, 0) => new Term<bool?>($"tags/$count gt {n}", r => (r.Tags?.Count ?? 0) > n),
               (false, 1) => new Term<bool?>($"tags/any(t:t eq {text.Text})", r => r.Tags?.Any(t => t == text.Value(r)) ?? false),
               (false, _) => new Term<bool?>($"tags/any(t:contains(name,t) and t ne {text.Text})", r => r.Tags?.Any(t => r.Name?.Contains(t, StringComparison.Ordinal) == true && t != text.Value(r)) ?? false),
               (true, 1) => new Term<bool?>($"tags/all(t:t ne {text.Text})", r => r.Tags?.All(t => t != text.Value(r)) ?? true),
               _ => new Term<bool?>($"tags/all(t:contains(name,t) or t eq {text.Text})", r => r.Tags?.All(t => r.Name?.Contains(t, StringComparison.Ordinal) == true || t == text.Value(r)) ?? true),
           };

    private static Gen<Term<decimal?>> Literal() => Gen.OneOf(
        Gen.Choose(-4, 4).Select(n => new Term<decimal?>(n.ToString(CultureInfo.InvariantCulture), _ => n)),
        Gen.Choose(-250, 250).Select(n => new Term<decimal?>((n / 100m).ToString(CultureInfo.InvariantCulture), _ => n / 100m)),
        Gen.Constant(new Term<decimal?>("null", _ => null)));

    private static Gen<Term<decimal?>> Number(int depth)
    {
        var leaf = Gen.OneOf(
            Literal(),
            Gen.Constant(new Term<decimal?>("quarter", r => r.Quarter)),
            Gen.Constant(new Term<decimal?>("fee", r => r.Fee)),
            Text(0).Select(t => new Term<decimal?>($"length({t.Text})", r => t.Value(r)?.EnumerateRunes().Count())),
            from a in Text(0)
            from b in Text(0)
            select new Term<decimal?>($"indexof({a.Text},{b.Text})", r => a.Value(r) is { } x && b.Value(r) is { } y ? IndexOf(x, y) : null));
        if (depth == 0)
        {
            return leaf;
        }

        var inner = Number(depth - 1);
        return Gen.OneOf(
            leaf,
            from a in inner
            from b in inner
            select new Term<decimal?>($"({a.Text} add {b.Text})", r => a.Value(r) + b.Value(r)),
            from a in inner
            from b in inner
            select new Term<decimal?>($"({a.Text} sub {b.Text})", r => a.Value(r) - b.Value(r)),
            from a in inner
            from b in inner
            select new Term<decimal?>($"({a.Text} mul {b.Text})", r => a.Value(r) * b.Value(r)),
            from a in inner
            select new Term<decimal?>($"-({a.Text})", r => -a.Value(r)),
            from b in Gen.Choose(-3, 3)
            select new Term<decimal?>($"(quarter mod {b})", r => b == 0 ? null : r.Quarter % b),
            from b in Gen.Choose(-3, 3)
            select new Term<decimal?>($"(quarter div {b})", r => b == 0 ? null : r.Quarter / b));
    }

    private static Gen<Term<string?>> Text(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Constant(new Term<string?>("name", r => r.Name)),
            Gen.Constant(new Term<string?>("Note", r => r.Note)),
            from text in Gen.Elements(Texts)
            from form in Gen.Elements(NormalizationForm.FormC, NormalizationForm.FormD)
            select TextLiteral(text, form));
        if (depth == 0)
        {
            return leaf;
        }

        var inner = Text(depth - 1);
        return Gen.OneOf(
            leaf,
            inner.Select(t => new Term<string?>($"ToLower({t.Text})", r => t.Value(r)?.ToLowerInvariant())),
            inner.Select(t => new Term<string?>($"toupper({t.Text})", r => t.Value(r)?.ToUpperInvariant())),
            inner.Select(t => new Term<string?>($"trim({t.Text})", r => t.Value(r)?.Trim())),
            from a in inner
            from b in inner
            select new Term<string?>($"concat({a.Text}, {b.Text})", r => a.Value(r) is { } x && b.Value(r) is { } y ? x + y : null),
            from a in inner
            from start in Gen.Choose(-3, 4)
            from length in Gen.Choose(-1, 3)
            select new Term<string?>($"substring({a.Text},{start},{length})", r => Substring(a.Value(r), start, length)),
            from a in inner
            from start in Gen.Choose(-3, 4)
            select new Term<string?>($"substring({a.Text},quarter add {start})", r => r.Quarter is { } q ? Substring(a.Value(r), (int)q + start, int.MaxValue) : null));
    }

    private static Gen<Term<DateOnly?>> Day() => Gen.OneOf(
        Gen.Constant(new Term<DateOnly?>("planted_on", r => r.PlantedOn)),
        Gen.Choose(0, 6).Select(n => new DateOnly(2025, 6, 27).AddDays(n))
            .Select(d => new Term<DateOnly?>(d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), _ => d)));

    private static Term<string?> TextLiteral(string? text, NormalizationForm form) => text is null
        ? new Term<string?>("null", _ => null)
        : new Term<string?>(
            "'" + text.Normalize(form).Replace("'", "''", StringComparison.Ordinal) + "'",
            _ => text.Normalize(NormalizationForm.FormC));

    private static int IndexOf(string text, string part)
    {
        var at = text.IndexOf(part, StringComparison.Ordinal);
        return at < 0 ? -1 : text[..at].EnumerateRunes().Count();
    }

    private static string? Substring(string? text, int start, int length)
    {
        if (text is null)
        {
            return null;
        }

        var runes = text.EnumerateRunes().ToList();
        var from = start < 0 ? Math.Max(0, runes.Count + start) : Math.Min(start, runes.Count);
        return string.Concat(runes.Skip(from).Take(Math.Max(0, length)));
    }

    private static int CompareCodePoints(string a, string b)
        => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b));

    /// <summary>A piece of a filter and what it means for a row.</summary>
    private sealed record Term<T>(string Text, Func<TreeRow, T> Value)
    {
        public override string ToString() => Text;
    }
}
