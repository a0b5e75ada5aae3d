using System.Globalization;
using OpenData.Catalogs.Errors;
using OpenData.TestKit;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Warehouse.Tests.Query;

/// <summary>Texts of every option, changed at random, through parser, binder and translator: 10 seconds in a test run, 10 minutes in a soak run.</summary>
public sealed class MutatedQueryTests
{
    private const int Seed = 20_261_127;

    private static readonly string[] Filters =
    [
        "name eq 'Bàng' and (quarter in (1,2,null) or not contains(tolower(note),'%_\\''x'))",
        "seen_at ge 2025-07-01T08:30:00.5+07:00 and age lt duration'P1DT2H3.5S' and uid ne 01234567-89ab-cdef-0123-456789abcdef",
        "case(fee add -1.5e3 gt 12:round(fee),true:null) eq 3 and geo.distance(location,geography'Point(105 21)') lt 10",
        "substring(name,-1,2) eq 'x' or matchesPattern(code,'^[0-9]{2}$') or opens lt 12:30:01.25 and @p",
        "tags/any(t:t eq 'a' and contains(name,t)) or tags/all(t:startswith(t,'b')) and tags/$count gt 2",
        "year(planted_on) sub 1 ge 2024 and planted_on add duration'P1D' lt date(seen_at) and height divby 2 le 1e3 and id mod 2 eq 1",
        "name in [\"a\",\"b\"] or code in @list and $it/alive eq true or concat(name,note) gt trim(toupper(name))",
    ];

    private static readonly string[] Orders = ["name desc,fee asc, length(note)", "case(alive:1,true:2) desc", "fee mul 2,year(seen_at) desc,name"];

    private static readonly string[] Selections = ["name,code, id", "*", "*,name"];

    private static readonly string[] Computes = ["fee mul 2 as twice,year(seen_at) as y", "concat(name,'!') as t,length(t) as n", "age add duration'PT1H' as later"];

    private static readonly string[] Searches = ["cho dem", "\"cho dem\" AND NOT hoa OR (a b)", "'typed \"in'", "NOT NOT x", "278/2025 c++"];

    private static readonly string[] Applies =
    [
        "filter(fee gt 0)/groupby((name,quarter),aggregate(fee with sum as total,$count as n))/topcount(3,total)",
        "compute(fee mul 2 as twice)/aggregate(twice with average as a,code with countdistinct as c)",
        "groupby((name))/identity/bottomcount(2,name)/filter(contains(name,'a'))",
        "groupby((rollup(name,quarter)),aggregate($count as n))/concat(identity,topsum(1,n))/orderby(n desc)/skip(1)/top(2)/search(a)",
    ];

    private static readonly string[] Expansions = ["items($select=a,b;$filter=a gt 1 and c/d eq ';)';$top=3;$count=true),owner", "*", "items/$count($filter=x eq 1)", "a($expand=b($levels=2);search=\"x;y\")"];

    private static readonly string[] Keys = ["1", "id=1", "id=@p", "-5"];

    [Fact]
    public void Nothing_but_a_failure_with_a_code_and_a_place_ever_comes_out()
    {
        var options = new (string Name, TextMutator Texts)[]
        {
            ("filter", new TextMutator(Filters, Seed)),
            ("filter", new TextMutator(Filters, Seed + 1)),
            ("orderby", new TextMutator([.. Orders, .. Filters], Seed)),
            ("select", new TextMutator(Selections, Seed)),
            ("compute", new TextMutator(Computes, Seed)),
            ("search", new TextMutator(Searches, Seed)),
            ("apply", new TextMutator(Applies, Seed)),
            ("expand", new TextMutator(Expansions, Seed)),
            ("key", new TextMutator(Keys, Seed)),
            ("segment", new TextMutator(Keys, Seed + 1)),
            ("alias", new TextMutator([.. Filters, "('a','b')", "[1,2]", "@q"], Seed)),
        };
        var taken = 0;
        var rounds = RunScale.Rounds(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10), round =>
        {
            var (name, texts) = options[round % options.Length];
            var text = texts.Text(round);
            var error = Record.Exception(() => Read(name, text));
            taken += error is null ? 1 : 0;
            var failure = error as OpenDataException;

            Assert.True(error is null or OpenDataException, $"{name}: {text}\n{error}");
            Assert.True(failure?.Position is null || (failure.Text is { } of && failure.Position >= 0 && failure.Position <= of.Length), $"{name}: {text}\n{failure?.Position} in {failure?.Text}");
        });
        SoakReport.Line(string.Create(CultureInfo.InvariantCulture, $"Changed texts of query options: {rounds} read, {taken} of them taken, nothing but coded failures"));

        // Neither all right nor all wrong.
        Assert.InRange(taken, rounds / 100, rounds * 9 / 10);
    }

    private static void Read(string name, string text)
    {
        var contract = SampleContract.Make();
        contract = contract with { Columns = [.. contract.Columns.Select(c => c.Name == "note" ? c with { Search = true } : c)] };
        var aliases = new Dictionary<string, string>(StringComparer.Ordinal) { ["@p"] = name == "alias" ? text : "name eq @p2", ["@p2"] = "@p", ["@list"] = "('01','02')", ["@q"] = name == "key" ? "7" : "name" };
        var scope = new QueryScope(contract, new QueryLimits(), DateTimeOffset.UnixEpoch, aliases);
        var query = new DatasetQuery(contract, scope.Columns) { Limits = scope.Limits };
        query = name switch
        {
            "orderby" => query with { OrderBy = scope.OrderBy(text) },
            "select" => query with { Columns = scope.Select(text) },
            "compute" => Computed(scope, text),
            "search" => query with { Predicate = scope.Search(text) },
            "apply" => query with { Apply = scope.Apply(text), Columns = scope.Columns },
            "expand" => query with { Expand = scope.Expand(text) },
            "key" => query with { Predicate = KeyReader.InParentheses(text, scope), ByKey = true },
            "segment" => query with { Predicate = KeyReader.InSegments([text], scope), ByKey = true },
            "alias" => query with { Predicate = scope.Filter("@p or name in @p") },
            _ => query with { Predicate = scope.Filter(text) },
        };
        QueryToSql.Translate(query, "a");
        QueryToSql.TranslateCount(query, "a");
    }

    private static DatasetQuery Computed(QueryScope scope, string text)
    {
        scope.Compute(text);
        return new DatasetQuery(scope.Contract, scope.Columns) { Computed = scope.Computed, Limits = scope.Limits };
    }
}
