using System.Globalization;
using System.Text;
using OpenData.TestKit;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Warehouse.Tests.Query;

public sealed class QuerySqlTests
{
    private static readonly string[] Filters =
    [
        "name eq 'Bàng'",
        "name eq 'O''Neil; DROP TABLE data'",
        "Quarter ne 1",
        "quarter eq null or quarter ne null",
        "not (quarter gt 3)",
        "not contains(name,'a')",
        "quarter ge quarter",
        "quarter in (1, 2, null)",
        "not (code in ('01','02'))",
        "code IN [\"01\", '02']",
        "fee gt 12.5 and fee le 1e3",
        "fee eq 12.345",
        "quarter gt 2.5",
        "height gt 0.1 and height ne NaN and height lt INF",
        "fee add 1 gt quarter mul 2",
        "quarter div 2 eq 1 and quarter divby 2 eq 0.5 and quarter mod 2 eq 1",
        "height div 3 gt -height",
        "startswith(tolower(name),'b') and endswith(toupper(name),'G')",
        "indexof(name,'a') eq 1 and length(name) gt 3",
        "substring(name,1,2) eq 'àn' and substring(name,-2) eq 'ng' and substring(name,quarter) eq 'x'",
        "concat(concat(name,'-'),code) eq 'Bàng-01' and trim(name) eq name",
        "matchesPattern(code,'^0[1-9]$')",
        "year(planted_on) eq 2025 and month(seen_at) eq 7 and hour(opens) ge 8",
        "seen_at ge 2025-07-01T00:00:00+07:00 and seen_at lt 2025-07-02",
        "date(seen_at) eq planted_on and time(seen_at) lt 12:30",
        "planted_on gt seen_at",
        "fractionalseconds(seen_at) lt 0.5 and totaloffsetminutes(seen_at) eq 420 and totalseconds(age) gt 60",
        "seen_at add duration'PT1H' gt now() and planted_on sub duration'P1D' lt 2025-01-01",
        "seen_at sub mindatetime() gt duration'P1D' and age mul 2 gt -duration'PT1S'",
        "round(fee) eq 12 and floor(height) eq 3 and ceiling(quarter) eq 2",
        "uid eq 01234567-89ab-cdef-0123-456789abcdef",
        "alive and not alive eq false",
        "(quarter gt 1) eq alive",
        "case(quarter gt 2:'late',true:null) eq 'late'",
        "location ne null and geo.distance(location,geography'SRID=4326;Point(105.84 21.59)') lt 1000",
        "contains(null,'x') and null",
        "name eq @who",
        "code in @list",
        "$it/name ne null",
        "tags/any(t:t eq 'x' and name eq t)",
        "tags/all(t:startswith(t,@who)) and tags/any() and tags/$count gt 2",
        "tags/any(a:tags/all(b:a eq b))",
    ];

    [Fact]
    public void Filters_become_this_sql() => Golden.Match(AllFilters());

    [Fact]
    public void The_sql_is_the_same_under_a_vietnamese_culture()
        => Culture.Vietnamese(() => Golden.Match(AllFilters(), nameof(Filters_become_this_sql)));

    [Fact]
    public void Pages_become_this_sql()
    {
        var scope = Scope();
        var plain = new DatasetQuery(scope.Contract, scope.Select("name,id")) { IncludeRid = true, Top = 1001 };
        var text = new StringBuilder();
        Add(text, "first", QueryToSql.Translate(plain, "trees_1"));
        Add(text, "next", QueryToSql.Translate(plain with { AfterRid = 999, Predicate = scope.Filter("quarter eq 1") }, "trees_1"));
        Add(text, "next without a sort", QueryToSql.Translate((plain with { AfterRid = 999 }).Unsorted(), "trees_1"));
        Add(text, "key", QueryToSql.Translate(plain with { Predicate = scope.Filter("id eq 7"), ByKey = true, Top = 1 }, "trees_1"));
        Add(text, "place", QueryToSql.Translate(plain with { Predicate = scope.Filter("id eq 7"), ByKey = true, Rids = [41] }, "trees_1"));
        Add(text, "places", QueryToSql.Translate(plain with { Predicate = scope.Filter("id eq 7"), ByKey = true, Rids = [41, 12], AfterRid = 3 }, "trees_1"));
        Add(text, "no place", QueryToSql.Translate(plain with { Predicate = scope.Filter("id eq 7"), ByKey = true, Rids = [] }, "trees_1"));
        Add(text, "skip", QueryToSql.Translate(plain with { Skip = 20 }, "trees_1"));
        var ordered = plain with { OrderBy = scope.OrderBy("fee desc,tolower(name),1") };
        Add(text, "ordered", QueryToSql.Translate(ordered, "trees_1"));
        Add(text, "order", QueryToSql.TranslateOrder(ordered, "trees_1", 5_000_001));
        Add(text, "rows", QueryToSql.TranslateRows(ordered, "trees_1", [7, 3, 12]));
        Add(text, "count", QueryToSql.TranslateCount(ordered with { Predicate = scope.Filter("alive") }, "trees_1"));
        Golden.Match(text.ToString());
    }

    [Fact]
    public void Nested_functions_that_repeat_their_argument_stay_below_the_length_limit()
    {
        var text = "name";
        for (var i = 0; i < 40; i++)
        {
            text = $"substring({text},quarter)";
        }

        var scope = Scope();
        var query = new DatasetQuery(scope.Contract, scope.Columns) { Predicate = scope.Filter(text + " eq 'x'") };
        var error = Assert.Throws<Catalogs.Errors.OpenDataException>(() => QueryToSql.Translate(query, "a"));
        Assert.Equal(QueryErrors.TooComplex, error.Code);
    }

    internal static QueryScope Scope(IReadOnlyDictionary<string, string>? aliases = null)
        => new(SampleContract.Make(), new QueryLimits(), new DateTimeOffset(2026, 11, 22, 1, 2, 3, TimeSpan.Zero), aliases);

    private static string AllFilters()
    {
        var text = new StringBuilder();
        foreach (var filter in Filters)
        {
            var scope = Scope(new Dictionary<string, string> { ["@who"] = "'Bàng'", ["@list"] = "('01','02')" });
            var query = new DatasetQuery(scope.Contract, [scope.Columns[0]]) { Predicate = scope.Filter(filter) };
            Add(text, filter, QueryToSql.TranslateCount(query, "t"));
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, string title, SqlText sql)
    {
        text.Append("-- ").Append(title).Append('\n').Append(sql.Text.Replace("SELECT count(*) FROM \"t\".\"main\".\"data\" WHERE ", "", StringComparison.Ordinal)).Append('\n');
        if (sql.Values.Count > 0)
        {
            text.Append("   ").AppendJoin(" | ", sql.Values.Select(Shown)).Append('\n');
        }
    }

    private static string Shown(object? value) => value switch
    {
        null => "null",
        DateTime instant => instant.ToString("O", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("O", CultureInfo.InvariantCulture),
        string { Length: 25 } => "(white space)",
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
