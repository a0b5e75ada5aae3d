using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace OpenData.Portal.Tests.OData;

/// <summary>Random texts of options in what OData 4.0 and 4.01 share, most of them right, some with one mistake.</summary>
internal static class QueryTexts
{
    private static readonly string[] Compares = ["eq", "ne", "gt", "ge", "lt", "le"];
    private static readonly string[] Columns = ["id", "quarter", "name", "note", "fee", "height", "alive", "planted_on", "seen_at", "opens", "age", "uid"];

    // What replaces a word of a right text: wrong names, wrong types, signs that do not belong.
    private static readonly string[] Mistakes = ["nam", "quarters", "eqq", "and", "'x'", "1", "(", ")", ",", "", "not", "null", "true", "2025-13-01", "''", "desc", "sum(fee)", "/", "tags", "2025-07-01", "fee", "id id"];

    public static Gen<(string Option, string Text)> All() => Gen.Frequency(
        (8, Option("filter", Mostly(Condition(3), Spoiled(Condition(2))))),
        (3, Option("orderby", Mostly(Orders(), Spoiled(Orders())))),
        (1, Option("select", Mostly(Selection(), Spoiled(Selection())))),
        (1, Option("top", Paging())),
        (1, Option("skip", Paging())),
        (1, Option("count", Gen.Elements("true", "false", "1", "", "yes", "tru"))));

    private static Gen<(string Option, string Text)> Option(string name, Gen<string> text) => text.Select(t => (name, t));

    private static Gen<string> Mostly(Gen<string> right, Gen<string> wrong) => Gen.Frequency((3, right), (1, wrong));

    private static Gen<string> Paging() => Gen.Elements("0", "1", "20", "2147483647", "x", "", "1.5", "1 2", "0x1", "five");

    private static Gen<string> Selection() => Gen.Choose(1, 4).SelectMany(n => Gen.Elements([.. Columns, "*", "NAME"]).ArrayOf(n)).Select(c => string.Join(',', c));

    private static Gen<string> Orders()
        => from n in Gen.Choose(1, 3)
           from terms in (from e in Gen.OneOf(Number(2), Text(2), Day(), Instant(), Gen.Constant("alive")) from d in Gen.Elements("", " asc", " desc", " DESC") select e + d).ArrayOf(n)
           select string.Join(',', terms);

    private static Gen<string> Spoiled(Gen<string> texts)
        => from text in texts
           let words = text.Split(' ')
           from at in Gen.Choose(0, words.Length - 1)
           from mistake in Gen.Elements(Mistakes)
           select string.Join(' ', words.Select((w, i) => i == at ? mistake : w));

    private static Gen<string> Condition(int depth)
    {
        var leaf = Gen.OneOf(
            Compared(Number(1)), Compared(Text(1)), Compared(Day()), Compared(Instant()), Compared(Gen.Elements("opens", "08:30:00", "23:59:59.5")),
            Compared(Gen.Elements("age", "duration'PT1H'", "duration'-P1DT2H3.5S'")), Gen.Elements("uid", "01234567-89ab-cdef-0123-456789abcdef").Two().Select(p => $"{p.Item1} eq {p.Item2}"),
            from f in Gen.Elements("contains", "startswith", "endswith", "CONTAINS") from a in Text(1) from b in Text(0) select $"{f}({a},{b})",
            from c in Gen.Elements("quarter", "id") from n in Gen.Choose(1, 4).SelectMany(n => Whole().ArrayOf(n)) select $"{c} in ({string.Join(',', n)})",
            from n in Gen.Choose(1, 3).SelectMany(n => Gen.Elements("'a'", "'x y'", "'Bàng'").ArrayOf(n)) select $"name in ({string.Join(',', n)})",
            from a in Gen.Elements("any", "all") from op in Gen.Elements(Compares) from t in Gen.Elements("'a'", "name", "''") select $"tags/{a}(t:t {op} {t})",
            from a in Gen.Elements("any", "all") from f in Gen.Elements("contains(t,'a')", "startswith(name,t) or t eq 'b'", "not endswith(t,note)") select $"tags/{a}(t:{f})",
            from op in Gen.Elements(Compares) from n in Whole() select $"tags/$count {op} {n}",
            from c in Gen.Elements(Columns) from op in Gen.Elements("eq", "ne") select $"{c} {op} null",
            Gen.Elements("alive", "true", "tags/any()", "alive eq true", "not alive"));
        if (depth == 0)
        {
            return leaf;
        }

        var inner = Condition(depth - 1);
        return Gen.OneOf(
            leaf,
            inner.Select(a => $"not ({a})"),
            inner.Select(a => $"({a})"),
            from a in inner from b in inner from op in Gen.Elements("and", "or") select $"{a} {op} {b}",
            from a in inner from b in inner from c in inner select $"({a} or {b}) and {c}",
            from a in inner from b in inner select $"({a}) eq ({b})");
    }

    private static Gen<string> Compared(Gen<string> values) => from a in values from op in Gen.Elements(Compares) from b in values select $"{a} {op} {b}";

    private static Gen<string> Whole() => Gen.Choose(-50, 50).Select(n => n.ToString(CultureInfo.InvariantCulture));

    // Large literals are such as a Single holds too: the other parser makes them one beside another.
    private static Gen<string> Number(int depth)
    {
        var leaf = Gen.OneOf(
            Whole(),
            Gen.Elements("quarter", "id", "fee", "height", "2.5", "-0.75", "3000000000", "1.5e3"),
            Gen.Elements("length(name)", "year(planted_on)", "hour(seen_at)", "month(seen_at)", "day(planted_on)", "indexof(name,'a')", "minute(opens)", "second(seen_at)"));
        if (depth == 0)
        {
            return leaf;
        }

        var inner = Number(depth - 1);
        return Gen.OneOf(
            leaf,
            from a in inner from b in inner from op in Gen.Elements("add", "sub", "mul", "div") select $"{a} {op} {b}",
            from a in inner from b in inner from op in Gen.Elements("add", "sub", "mul") select $"({a} {op} {b})",
            from a in Gen.Elements("id", "quarter") from b in Gen.Choose(1, 9) select $"{a} mod {b}",
            from a in Gen.Elements("fee", "height") from f in Gen.Elements("round", "floor", "ceiling") select $"{f}({a})",
            inner.Select(a => $"-({a})"),
            Gen.Elements("-quarter", "-fee", "-height"));
    }

    private static Gen<string> Text(int depth)
    {
        var leaf = Gen.Elements("name", "note", "''", "'a'", "'O''Neil'", "'Bằng lăng'", "'%_'", "'đ 😀'", "Name");
        if (depth == 0)
        {
            return leaf;
        }

        var inner = Text(depth - 1);
        return Gen.OneOf(
            leaf,
            from f in Gen.Elements("tolower", "toupper", "trim", "toLower") from a in inner select $"{f}({a})",
            from a in inner from b in inner select $"concat({a},{b})",
            from a in inner from n in Gen.Choose(0, 5) select $"substring({a},{n})",
            from a in inner from n in Gen.Choose(0, 5) from m in Gen.Choose(0, 5) select $"substring({a}, {n}, {m})");
    }

    private static Gen<string> Day() => Gen.Elements("planted_on", "2025-07-01", "1999-12-31", "date(seen_at)");

    private static Gen<string> Instant() => Gen.Elements("seen_at", "2025-07-01T08:30:00Z", "2025-07-01T08:30:00.123456+07:00", "now()", "2020-02-29T23:59Z");
}
