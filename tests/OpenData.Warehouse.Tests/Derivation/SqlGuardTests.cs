using OpenData.Catalogs.Errors;
using OpenData.TestKit;
using OpenData.Warehouse.Derivation;

namespace OpenData.Warehouse.Tests.Derivation;

public sealed class SqlGuardTests : IDisposable
{
    private static readonly ParentTable[] Parents =
    [
        new("cases", ["case_id", "commune", "opened", "fee"]),
        new("units", ["code", "name"]),
    ];

    private readonly SqlGuard _guard = new();

    public void Dispose() => _guard.Dispose();

    [Theory]
    [InlineData("select commune, count(*) as n from cases group by commune")]
    [InlineData("with a as (select commune as c, fee from cases) select a.c, sum(fee) filter (where fee > 0) as s from a join units u on u.code = a.c group by 1 order by 1")]
    [InlineData("select case_id from cases union all select code from units;")]
    [InlineData("select case when fee between 1 and 2 then 'x' else coalesce(commune, '-') end as k from cases where commune like '05%' and fee in (1, 2) -- trailing")]
    [InlineData("select *, row_number() over (partition by commune order by opened desc) as n from cases qualify n = 1")]
    [InlineData("select u.name, (select max(fee) from cases c where c.commune = u.code) as top from units u where exists (select 1 from cases where commune = u.code)")]
    [InlineData("select cast(date_trunc('month', opened) as date) as month, round(avg(fee), 2)::decimal(10,2) as mean, opened + interval 7 day as later from cases group by all")]
    public void Ordinary_SELECTs_pass(string sql) => Assert.NotEmpty(_guard.Query(sql, Parents).Lineage.Columns);

    [Theory]
    [InlineData("drop table cases", "OD2251")]
    [InlineData("select 1; select 2", "OD2251")]
    [InlineData("", "OD2251")]
    [InlineData("select from where", "OD2251")]
    [InlineData("copy cases to 'x.csv'", "OD2251")]
    [InlineData("attach 'x.db'", "OD2251")]
    [InlineData("set threads = 9", "OD2251")]
    [InlineData("pragma database_list", "OD2251")]
    [InlineData("pivot cases on commune using sum(fee)", "OD2251")]
    [InlineData("select * from other", "OD2252")]
    [InlineData("select * from 'file.csv'", "OD2252")]
    [InlineData("select * from duckdb_settings", "OD2252")]
    [InlineData("select * from main.cases", "OD2254")]
    [InlineData("select * from parent_cases.main.data", "OD2254")]
    [InlineData("select * from read_csv('x')", "OD2254")]
    [InlineData("select * from range(10)", "OD2254")]
    [InlineData("select unnest([1, 2]) as x", "OD2253")]
    [InlineData("select random() as r from cases", "OD2253")]
    [InlineData("select now() as r from cases", "OD2253")]
    [InlineData("select current_setting('threads') as r", "OD2253")]
    [InlineData("select getenv('HOME') as r", "OD2253")]
    [InlineData("select repeat('x', 1000000000) as r", "OD2253")]
    [InlineData("select lpad('x', 1000000000, 'y') as r", "OD2253")]
    [InlineData("select string_agg(commune, ',') as r from cases", "OD2253")]
    [InlineData("select any_value(fee) as r from cases", "OD2253")]
    [InlineData("select replace(commune, '0', '00') as r from cases", "OD2255")]
    [InlineData("select replace(commune, '0', commune) as r from cases", "OD2255")]
    [InlineData("select columns('.*') from cases", "OD2254")]
    [InlineData("select fee from cases tablesample 10%", "OD2254")]
    [InlineData("select ? as x from cases", "OD2251")]
    [InlineData("with recursive a as (select 1 as x union all select x + 1 from a) select x from a", "OD2254")]
    [InlineData("select [fee] as x from cases", "OD2253")]
    [InlineData("select fee::json as x from cases", "OD2254")]
    [InlineData("select list_transform([1], x -> x) as y", "OD2253")]
    public void Everything_else_is_refused_with_its_code(string sql, string code)
        => Assert.Equal(code, Assert.Throws<OpenDataException>(() => _guard.Query(sql, Parents)).Code.Code);

    [Fact]
    public void Text_and_nesting_are_bounded()
    {
        var deep = string.Concat(Enumerable.Repeat("select * from (", 12)) + "select fee from cases" + string.Concat(Enumerable.Repeat(")", 12));
        var many = "select " + string.Join(" || ", Enumerable.Repeat("commune", 80)) + " as x from cases";
        var longText = "select fee from cases where commune = '" + new string('x', SqlGuard.TextLengthMax) + "'";

        foreach (var sql in (string[])[deep, many, longText])
        {
            Assert.Equal(DerivationErrors.OverBudget, Assert.Throws<OpenDataException>(() => _guard.Query(sql, Parents)).Code);
        }
    }

    [Theory]
    [InlineData("fee >= 0")]
    [InlineData("commune is null or length(commune) = 5")]
    [InlineData("length(commune) = case when fee > 1 then 2 else 3 end -- note")]
    public void A_boolean_expression_passes_as_a_rule(string check)
        => Assert.Equal(check, _guard.Rule(check, Parents[0].Columns).Text);

    [Theory]
    [InlineData("fee > (select max(fee) from the_row)", "OD2254")]
    [InlineData("true) as x, (false", "OD2251")]
    [InlineData("true) from the_row where (true", "OD2251")]
    [InlineData("true from the_row --", "OD2251")]
    [InlineData("count(*) > 1", "OD2253")]
    [InlineData("row_number() over () > 1", "OD2254")]
    [InlineData("fee > 1; drop table staged", "OD2251")]
    [InlineData("unknown_column > 1", "OD2259")]
    [InlineData("_rid > 1", "OD2259")]
    public void A_rule_cannot_leave_its_brackets_or_its_row(string check, string code)
        => Assert.Equal(code, Assert.Throws<OpenDataException>(() => _guard.Rule(check, Parents[0].Columns)).Code.Code);

    [Fact]
    public void Lineage_names_the_parents_columns_through_aliases_subqueries_unions_and_stars()
    {
        var lineage = _guard.Query(
            """
            with per_commune as (select commune as c, sum(fee) as fees, count(*) as n from cases group by 1)
            select p.*, u.name || ' ' || p.c as label, (select max(opened) from cases where commune = p.c) as last, p.fees / p.n as mean, 1 as one
            from per_commune p left join units as u on u.code = p.c
            union all
            select code, 0, 0, name, null, 0, 2 from units
            """,
            Parents).Lineage;

        Assert.Equal(
            [
                "c: cases.commune, units.code",
                "fees: cases.fee",
                "n: ",
                "label: cases.commune, units.name",
                "last: cases.opened",
                "mean: cases.fee",
                "one: ",
            ],
            lineage.Columns.Select(c => $"{c.Name}: {string.Join(", ", c.Sources)}"));
    }

    [Fact]
    public void The_documented_functions_are_the_allowed_ones()
    {
        var text = File.ReadAllText(Repository.File("docs/contracts-sql.md"));
        var documented = System.Text.RegularExpressions.Regex.Matches(text[text.IndexOf("## Functions", StringComparison.Ordinal)..text.IndexOf("## The result", StringComparison.Ordinal)], "`([^`]+)`", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1))
            .Select(m => m.Groups[1].Value)
            .Except(["like", "not like", "ilike", "not ilike", "coalesce", "cast"]);
        var allowed = SqlFunctions.Operators.Concat(SqlFunctions.Scalars).Concat(SqlFunctions.Aggregates).Concat(SqlFunctions.Windows).Concat(SqlFunctions.CastTypes);

        Assert.Equal(allowed.Order(StringComparer.Ordinal), documented.Distinct().Order(StringComparer.Ordinal));
    }
}
