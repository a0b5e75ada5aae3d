using System.Globalization;
using System.Text;
using OpenData.Catalogs.Errors;
using OpenData.TestKit;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Tests.Query;

public sealed class QueryErrorTests
{
    private static readonly string[] BadFilters =
    [
        "",
        "nam eq 'x'",
        "citizen_id eq '012'",
        "_rid gt 1",
        "_key eq 'x'",
        "name eq",
        "name eq 'x",
        "name eq'x'",
        "name equals 'x'",
        "name = 'x'",
        "name eq \"x\"",
        "(name eq 'x'",
        "name eq 'x')",
        "name",
        "code eq 19",
        "planted_on eq '2025-07-01'",
        "uid eq '01234567-89ab-cdef-0123-456789abcdef'",
        "not name eq 'x'",
        "name add 1 eq 2",
        "lenght(name) eq 2",
        "length(name,1) eq 2",
        "length(quarter) eq 2",
        "contains(name)",
        "quarter in 1",
        "quarter in (quarter,id)",
        "name in ('a',1)",
        "planted_on eq 2025-02-30",
        "seen_at gt 2025-07-01T08:30:00",
        "seen_at gt 2025-07-01T08:30:00.1234567Z",
        "quarter eq 1.2.3",
        "quarter eq 12ab",
        "quarter eq 1e99999",
        "fee eq 123456789012345678901234567890123456789",
        "height eq 1e400",
        "age gt duration'P1Y'",
        "matchesPattern(name,'(')",
        "matchesPattern(name,'(a)\\1')",
        "matchesPattern(name,'(?=a)')",
        "matchesPattern(name,code)",
        "location eq location",
        "location lt null",
        "geo.distance(location,geography'Polygon((0 0))') lt 1",
        "geo.intersects(location,location)",
        "tags eq tags",
        "tags gt null",
        "tags eq 'a'",
        "tags in ('a')",
        "'a' in tags",
        "contains(tags,'a')",
        "length(tags) gt 1",
        "tags/any(t:t eq 1)",
        "tags/any(t)",
        "tags/any(:t eq 'a')",
        "tags/any(t:)",
        "tags/any(t:t eq 'a'",
        "tags/all()",
        "tags/any(t:tags/any(t:t eq 'a'))",
        "tags/any(t:t eq 'a') eq t",
        "tags/any(t:t/x eq 'a')",
        "tags/some(t:t eq 'a')",
        "tags/any",
        "tags/$count/x eq 1",
        "name/any(t:t eq 'a')",
        "name/$count eq 1",
        "items/any(x:x eq 1)",
        "items/$count gt 1",
        "cast(name,Edm.Int64) eq 1",
        "name has Sales.Color'Red'",
        "name eq Sales.Color'Red'",
        "$root/x eq 1",
        "[1,2] eq 1",
        "name eq @x and @y",
        "case(quarter:1) eq 1",
        "case(true:1,true:'x') eq 1",
        "name eq 'a\0b'",
        "name eq 'a\ud800b'",
        "quarter eq 1 %",
        "fee mul fee mul fee mul fee mul fee mul fee mul fee mul fee mul fee mul fee mul fee mul fee mul fee mul fee mul fee mul fee mul fee mul fee mul fee mul fee gt 1",
    ];

    [Fact]
    public void Wrong_filters_say_what_is_wrong_where_and_what_would_be_right()
    {
        var text = new StringBuilder();
        foreach (var filter in BadFilters)
        {
            var error = Record.Exception(() => QuerySqlTests.Scope(new Dictionary<string, string> { ["@x"] = "@x" }).Filter(filter));
            var failure = Assert.IsType<OpenDataException>(error);
            text.Append(CultureInfo.InvariantCulture, $"{filter.Replace("\0", "<NUL>", StringComparison.Ordinal).Replace("\ud800", "<D800>", StringComparison.Ordinal)}\n   {failure.Code.Code} at {failure.Position}: {failure.Detail.En}");
            text.Append(failure.Suggestion is null ? "" : " → " + failure.Suggestion).Append('\n');
        }

        Golden.Match(text.ToString());
    }

    [Fact]
    public void Parentheses_nest_to_the_limit_and_no_further()
    {
        var limit = new QueryLimits().DepthMax;
        var inside = new string('(', limit - 2) + "alive" + new string(')', limit - 2);
        Assert.NotNull(QuerySqlTests.Scope().Filter(inside));
        var outside = new string('(', 5_000) + "alive" + new string(')', 5_000);
        Refuses(QueryErrors.TooComplex, outside);
        Refuses(QueryErrors.TooComplex, string.Concat(Enumerable.Repeat("not ", 3_000)) + "alive");
        Refuses(QueryErrors.TooComplex, string.Concat(Enumerable.Repeat("-", 3_000)) + "quarter eq 1");
        Refuses(QueryErrors.TooComplex, "quarter" + string.Concat(Enumerable.Repeat(" add 1", 1_000)) + " eq 1");
        Refuses(QueryErrors.TooComplex, string.Concat(Enumerable.Repeat("tolower(", 1_000)));
    }

    [Fact]
    public void Long_lists_of_alternatives_are_flat()
        => Assert.NotNull(QuerySqlTests.Scope().Filter(string.Join(" or ", Enumerable.Range(0, 400).Select(i => $"quarter eq {i}"))));

    [Fact]
    public void Lists_and_nodes_and_texts_have_limits()
    {
        Refuses(QueryErrors.TooComplex, $"quarter in ({string.Join(',', Enumerable.Range(0, 1_001))})");
        Refuses(QueryErrors.TooComplex, string.Join(" or ", Enumerable.Repeat("alive", 2_100)));
        Refuses(QueryErrors.TooComplex, $"name eq '{new string('a', 20_000)}'");
        Refuses(QueryErrors.TooComplex, $"matchesPattern(name,'{new string('a', 600)}')");
    }

    [Fact]
    public void Aliases_that_unfold_without_end_are_refused()
    {
        var aliases = new Dictionary<string, string> { ["@a0"] = "quarter" };
        for (var i = 1; i < 40; i++)
        {
            aliases[$"@a{i}"] = $"@a{i - 1} add @a{i - 1}";
        }

        var error = Assert.Throws<OpenDataException>(() => QuerySqlTests.Scope(aliases).Filter("@a39 gt 1"));
        Assert.Equal(QueryErrors.TooComplex, error.Code);
    }

    [Fact]
    public void An_alias_that_nobody_uses_is_an_error()
    {
        var scope = QuerySqlTests.Scope(new Dictionary<string, string> { ["@x"] = "1", ["@y"] = "2" });
        scope.Filter("quarter eq @x");
        Assert.Equal(QueryErrors.BadAlias, Assert.Throws<OpenDataException>(scope.RequireAliasesUsed).Code);
    }

    [Fact]
    public void Select_and_order_name_known_columns_only()
    {
        var scope = QuerySqlTests.Scope();
        Assert.Equal(["id", "name"], scope.Select("name,ID,name").Select(c => c.Name));
        Assert.Equal(scope.Contract.PublicColumns.Count, scope.Select("*").Count);
        Assert.Equal(QueryErrors.UnknownColumn, Assert.Throws<OpenDataException>(() => scope.Select("citizen_id")).Code);
        Assert.Equal(QueryErrors.NotSupported, Assert.Throws<OpenDataException>(() => scope.Select("name/x")).Code);
        Assert.Equal(QueryErrors.Malformed, Assert.Throws<OpenDataException>(() => scope.Select("name,,id")).Code);
        Assert.Equal(QueryErrors.WrongType, Assert.Throws<OpenDataException>(() => scope.OrderBy("location")).Code);
        Assert.Equal(QueryErrors.WrongType, Assert.Throws<OpenDataException>(() => scope.OrderBy("tags")).Code);
        Assert.NotNull(scope.Filter("tags ne null"));
        Assert.Equal(QueryErrors.Malformed, Assert.Throws<OpenDataException>(() => scope.OrderBy("name up")).Code);
        Assert.Empty(scope.OrderBy("1,'x' desc"));
    }

    [Fact]
    public void Garbage_never_gives_anything_but_a_named_error()
    {
        var random = new Random(20_261_122);
        string[] seeds =
        [
            "name eq 'Bàng' and (quarter in (1,2,null) or not contains(tolower(note),'%_\\''x'))",
            "seen_at ge 2025-07-01T08:30:00.5+07:00 and age lt duration'P1DT2H3.5S' and uid ne 01234567-89ab-cdef-0123-456789abcdef",
            "case(fee add -1.5e3 gt 12:round(fee),true:null) eq 3 and geo.distance(location,geography'Point(105 21)') lt 10",
            "substring(name,-1,2) eq \"x\" or matchesPattern(code,'^[0-9]{2}$') or opens lt 12:30:01.25 and @p",
        ];
        const string alphabet = "()[]{},:/'\"-+*=%.@$ \t\0é\u0301đ😀0129eEaTZnotandinN";
        for (var round = 0; round < 5_000; round++)
        {
            var text = new StringBuilder(seeds[random.Next(seeds.Length)]);
            for (var change = random.Next(1, 8); change > 0; change--)
            {
                var at = random.Next(text.Length);
                switch (random.Next(4))
                {
                    case 0: text.Remove(at, Math.Min(random.Next(1, 6), text.Length - at)); break;
                    case 1: text.Insert(at, alphabet[random.Next(alphabet.Length)]); break;
                    case 2: text[at] = alphabet[random.Next(alphabet.Length)]; break;
                    default: text.Insert(at, text.ToString(random.Next(at + 1), Math.Min(5, text.Length - at))); break;
                }

                if (text.Length == 0)
                {
                    text.Append('x');
                }
            }

            var scope = QuerySqlTests.Scope(new Dictionary<string, string> { ["@p"] = "name eq @p2", ["@p2"] = "@p" });
            var error = Record.Exception(() =>
            {
                var query = new DatasetQuery(scope.Contract, scope.Columns)
                {
                    Predicate = round % 3 == 0 ? null : scope.Filter(text.ToString()),
                    OrderBy = round % 3 == 0 ? scope.OrderBy(text.ToString()) : [],
                };
                return QueryToSql.Translate(query, "a");
            });
            Assert.True(error is null or OpenDataException, $"{text}\n{error}");
        }
    }

    [Fact]
    public void Patterns_that_explode_cost_nothing_to_refuse_or_take()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Record.Exception(() => QuerySqlTests.Scope().Filter("matchesPattern(name,'((((a{1000}){1000}){1000}){1000})')"));
        Record.Exception(() => QuerySqlTests.Scope().Filter($"matchesPattern(name,'{string.Concat(Enumerable.Repeat("(x+x+)+", 60))}y')"));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5));
    }

    private static void Refuses(ErrorCode code, string filter)
        => Assert.Equal(code, Assert.Throws<OpenDataException>(() => QuerySqlTests.Scope().Filter(filter)).Code);
}
