using System.Globalization;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Tests.Query;

/// <summary>Transformations on the real engine, against calculations by hand. <see cref="RandomQueryTests"/> has random ones.</summary>
public sealed class ApplyTests : IDisposable
{
    private static readonly IReadOnlyList<TreeRow> Rows = MakeRows();

    private readonly SampleTable _table = new(Rows);

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData("identity/aggregate($count as n)", "200")]
    [InlineData("filter(id le 3)/aggregate($count as n,id with sum as s,id with average as a,id with min as lo,id with max as hi)", "3|6|2|1|3")]
    [InlineData("filter(id gt 1000)/aggregate($count as n,fee with sum as s,fee with average as a,name with max as hi,name with countdistinct as d)", "0|||" + "|0")]
    [InlineData("filter(id gt 1000)/groupby((quarter),aggregate($count as n))", "")]
    [InlineData("groupby((quarter),aggregate($count as n))/filter(n lt 0)", "")]
    [InlineData("filter(id le 4)/groupby((id))", "1;2;3;4")]
    [InlineData("filter(id le 4)/groupby((id,id))/aggregate(id with max as m)", "4")]
    [InlineData("filter(id le 4)/compute(id mul id as sq)/aggregate(sq with sum as s)", "30")]
    [InlineData("filter(id le 4)/topcount(2,id)/aggregate(id with sum as s)", "7")]
    [InlineData("filter(id le 4)/bottomcount(2,id)/aggregate(id with sum as s)", "3")]
    [InlineData("filter(id le 4)/topcount(0,id)/aggregate($count as n)", "0")]
    [InlineData("filter(id le 4)/compute(id mod 2 as odd)/groupby((odd),aggregate(id with sum as s))/topcount(1,s)", "0|6")]
    [InlineData("filter(id le 2)/compute(9223372036854775807 as big)/aggregate(big with sum as s)", "18446744073709551614")]
    [InlineData("compute(99999999999999999999999999999999999999 as big)/aggregate(big with average as a)", "1E+38")]
    [InlineData("filter(id le 4)/orderby(id desc)/top(2)", "4;3", "id")]
    [InlineData("filter(id le 4)/orderby(id desc)/skip(1)/top(2)/orderby(id)", "2;3", "id")]
    [InlineData("skip(198)", "199;200", "id")]
    [InlineData("filter(id le 6)/compute(id mod 2 as odd)/groupby((odd),topcount(1,id))/orderby(id)", "5;6", "id")]
    [InlineData("filter(id le 6)/compute(id mod 2 as odd)/groupby((odd),orderby(id desc)/skip(1)/top(1))/orderby(id)", "3;4", "id")]
    [InlineData("filter(id le 6)/compute(id mod 2 as odd)/groupby((odd),bottomcount(2,id)/aggregate(id with sum as s))", "0|6;1|4")]
    [InlineData("filter(id le 6)/compute(id mod 2 as odd,id mod 3 as three)/groupby((odd),groupby((three),aggregate(id with sum as s))/topcount(1,s))", "0|0|6;1|2|5")]
    [InlineData("filter(id le 4)/topsum(5,id)", "3;4", "id")]
    [InlineData("filter(id le 4)/topsum(4,id)", "4", "id")]
    [InlineData("filter(id le 4)/topsum(0,id)", "", "id")]
    [InlineData("filter(id le 4)/topsum(100,id)", "1;2;3;4", "id")]
    [InlineData("filter(id le 4)/bottomsum(3,id)", "1;2", "id")]
    [InlineData("filter(id le 4)/bottomsum(3.5,id)", "1;2;3", "id")]
    [InlineData("filter(id le 4)/toppercent(40,id)", "4", "id")]
    [InlineData("filter(id le 4)/toppercent(41,id)", "3;4", "id")]
    [InlineData("filter(id le 4)/bottompercent(10,id)", "1", "id")]
    [InlineData("filter(id le 4)/bottompercent(100,id)", "1;2;3;4", "id")]
    [InlineData("filter(id le 4)/toppercent(50,id div 4)", "4", "id")]
    [InlineData("filter(id le 6)/compute(id mod 2 as odd)/groupby((odd),topsum(7,id))/orderby(id)", "3;4;5;6", "id")]
    [InlineData("filter(id le 6)/compute(id mod 2 as odd)/groupby((odd),toppercent(50,id))/orderby(id)", "5;6", "id")]
    [InlineData("filter(id le 4)/compute(id mod 2 as odd)/groupby((rollup(odd,id)),aggregate(id with sum as s))", "0|2|2;0|4|4;0||6;1|1|1;1|3|3;1||4")]
    [InlineData("filter(id le 4)/compute(id mod 2 as odd,1 as one)/groupby((rollup(one,odd)))", "1|0;1|1;1|")]
    [InlineData("filter(id le 4)/concat(aggregate(id with sum as s),groupby((id))/topcount(1,id))", "10|;|4")]
    [InlineData("filter(id le 2)/concat(identity,identity)", "1;2;1;2", "id")]
    [InlineData("filter(id le 2)/concat(aggregate($count as n),concat(aggregate($count as n),identity)/aggregate(id with max as m))", "2|;|2")]
    [InlineData("filter(id le 4)/compute(id mod 2 as odd)/groupby((odd),concat(topcount(1,id),aggregate(id with sum as s)))/orderby(odd,s)", "0|4|;0||6;1|3|;1||4", "odd,id,s")]
    [InlineData("FILTER(id le 4)/GroupBy((id),Aggregate($Count AS n))/AGGREGATE(n WITH Sum AS m)", "4")]
    public void Transformations_give_what_a_calculation_by_hand_gives(string apply, string expected, string? columns = null)
        => Assert.Equal(expected, string.Join(';', Values(apply, columns).Select(r => string.Join('|', r.Select(Text)))));

    [Fact]
    public void Not_a_number_is_one_group_and_the_greatest_and_zeros_of_both_signs_are_one()
    {
        using var table = new SampleTable([.. new double?[] { double.NaN, -0.0, null, 0.0, double.PositiveInfinity, double.NaN, -1 }.Select((h, i) => new TreeRow(i + 1) { Height = h })]);
        string Answer(string apply) => string.Join(' ', Values(apply, table: table).Select(r => string.Join('|', r.Select(Text))));

        Assert.Equal("|1 -1|1 0|2 Infinity|1 NaN|2", Answer("groupby((height),aggregate($count as n))"));
        Assert.Equal("4|-1|NaN", Answer("aggregate(height with countdistinct as n,height with min as lo,height with max as hi)"));
        Assert.Equal("Infinity Infinity Infinity", Answer("filter(height eq 0)/groupby((height),aggregate(height with min as lo,height with max as hi))/compute(1 divby height as x,1 divby lo as y,1 divby hi as z)/groupby((x,y,z))").Replace('|', ' '));
        Assert.Equal("1|NaN 6|NaN", Answer("topcount(2,height)/groupby((id,height))"));
    }

    [Fact]
    public void Groups_come_in_the_order_of_their_columns_with_numbers_of_their_own_and_pages_of_them_fit_together()
    {
        var scope = QuerySqlTests.Scope();
        var apply = scope.Apply("groupby((quarter,alive),aggregate($count as n))");
        var query = new DatasetQuery(scope.Contract, scope.Columns) { Apply = apply, IncludeRid = true };
        var whole = _table.Rows(query).Select(r => string.Join('|', r.Select(Text))).ToList();
        var pages = Enumerable.Range(0, whole.Count).SelectMany(i => _table.Rows(query with { AfterRid = i - 1, Top = 1 })).Select(r => string.Join('|', r.Select(Text)));

        Assert.Equal(Enumerable.Range(0, whole.Count).Select(i => $"|{i}"), whole.Select(r => r[r.LastIndexOf('|')..]));
        Assert.Equal(whole, pages);
        Assert.Equal(Rows.Select(r => (r.Quarter, r.Alive)).Distinct().OrderBy(g => g.Quarter).ThenBy(g => g.Alive).Select(g => $"{Text(g.Quarter)}|{Text(g.Alive)}"), whole.Select(r => string.Join('|', r.Split('|').Take(2))));
    }

    [Theory]
    [InlineData("", "OD1201", 0)]
    [InlineData("sum(fee)", "OD1201", 0)]
    [InlineData("groupbi((id))", "OD1201", 0)]
    [InlineData("identity/", "OD1201", 9)]
    [InlineData("identity identity", "OD1201", 9)]
    [InlineData("aggregate(fee)", "OD1201", 13)]
    [InlineData("aggregate(fee with sum)", "OD1201", 22)]
    [InlineData("aggregate(fee with total as x)", "OD1201", 19)]
    [InlineData("aggregate(fee with sum as x", "OD1201", 27)]
    [InlineData("aggregate($count as n,$count as N)", "OD1224", 32)]
    [InlineData("compute(1 as x,2 as X)", "OD1224", 20)]
    [InlineData("compute(1 as x,x add 1 as y)", "OD1202", 15)]
    [InlineData("compute(1 as x)/compute(2 as x)", "OD1224", 29)]
    [InlineData("aggregate($count as fee)", "OD1224", 20)]
    [InlineData("groupby((id),aggregate($count as name))", "OD1224", 33)]
    [InlineData("groupby((id),aggregate($count as n))/compute(1 as name)", "OD1224", 50)]
    [InlineData("aggregate(name with sum as x)", "OD1204", 10)]
    [InlineData("aggregate(name with average as x)", "OD1204", 10)]
    [InlineData("aggregate(tags with max as x)", "OD1204", 10)]
    [InlineData("aggregate(location with countdistinct as x)", "OD1204", 10)]
    [InlineData("groupby((tags))", "OD1204", 9)]
    [InlineData("groupby((id,idd))", "OD1202", 12)]
    [InlineData("groupby((citizen_id))", "OD1202", 9)]
    [InlineData("groupby((id))/filter(name eq 'x')", "OD1202", 21)]
    [InlineData("groupby((id),filter(id gt 1)/aggregate($count as n))", "OD1205", 29)]
    [InlineData("groupby((id),filter(id gt 1)/concat(aggregate($count as n),identity))", "OD1205", 36)]
    [InlineData("groupby((id),concat(filter(id gt 1),top(0))/aggregate($count as n))", "OD1205", 44)]
    [InlineData("groupby((rollup(id)))", "OD1201", 18)]
    [InlineData("groupby((rollup(id,id)))", "OD1201", 19)]
    [InlineData("groupby((id,rollup(name,id)))", "OD1201", 24)]
    [InlineData("groupby((rollup(id,name),rollup(quarter,code)))", "OD1205", 31)]
    [InlineData("groupby((rollup(id,name)),topcount(1,fee))", "OD1205", 26)]
    [InlineData("groupby((rollup(id,name)),aggregate($count as n)/identity)", "OD1205", 48)]
    [InlineData("concat(identity)", "OD1201", 15)]
    [InlineData("concat(aggregate($count as x),aggregate(fee with sum as x))", "OD1204", 7)]
    [InlineData("concat(aggregate($count as x),aggregate($count as X))", "OD1204", 7)]
    [InlineData("concat(compute(1 as x),identity)/filter(x add y eq 1)", "OD1202", 46)]
    [InlineData("topsum('a',fee)", "OD1201", 7)]
    [InlineData("topsum(1,name)", "OD1204", 9)]
    [InlineData("orderby(tags)", "OD1204", 8)]
    [InlineData("top(x)", "OD1201", 4)]
    [InlineData("search(a)", "OD1205", 7)]
    [InlineData("groupby((name))/search(a)", "OD1205", 23)]
    [InlineData("aggregate(fee with sum from id with max as x)", "OD1205", 23)]
    [InlineData("join(tags as t)", "OD1205", 0)]
    [InlineData("topcount(id,fee)", "OD1201", 9)]
    [InlineData("topcount(-1,fee)", "OD1201", 9)]
    [InlineData("topcount(1,tags)", "OD1204", 11)]
    [InlineData("topcount(1,null)", "OD1204", 11)]
    [InlineData("groupby(('a'))", "OD1201", 9)]
    [InlineData("filter(fee)", "OD1204", 7)]
    public void A_wrong_transformation_says_what_is_wrong_and_where(string apply, string code, int position)
    {
        var failed = Assert.Throws<OpenDataException>(() => QuerySqlTests.Scope().Apply(apply));

        Assert.Equal((code, position), (failed.Code.Code, failed.Position));
    }

    [Fact]
    public void Long_chains_end_at_the_bound()
    {
        var chain = string.Join('/', Enumerable.Repeat("filter(id gt 1)", 21));

        Assert.Equal(QueryErrors.TooComplex, Assert.Throws<OpenDataException>(() => QuerySqlTests.Scope().Apply(chain)).Code);
    }

    [Theory]
    [InlineData("concat(")]
    [InlineData("groupby((id),")]
    public void Steps_inside_steps_end_at_the_same_bound(string open)
    {
        var nested = string.Concat(Enumerable.Repeat(open, 1_000));

        Assert.Equal(QueryErrors.TooComplex, Assert.Throws<OpenDataException>(() => QuerySqlTests.Scope().Apply(nested)).Code);
    }

    [Fact]
    public void Text_that_grows_from_step_to_step_ends_at_the_bound()
    {
        const string eight = "concat(concat(concat(a,a),concat(a,a)),concat(concat(a,a),concat(a,a)))";
        string Chain(int steps) => "compute(name as a0)" + string.Concat(Enumerable.Range(0, steps).Select(i => $"/compute({eight.Replace("a,", $"a{i},", StringComparison.Ordinal).Replace("a)", $"a{i})", StringComparison.Ordinal)} as a{i + 1})"));

        Assert.Equal(2, QuerySqlTests.Scope().Apply(Chain(1)).Count);
        Assert.Equal(QueryErrors.TooComplex, Assert.Throws<OpenDataException>(() => QuerySqlTests.Scope().Apply(Chain(8))).Code);
        Assert.Equal(QueryErrors.TooComplex, Assert.Throws<OpenDataException>(() => QuerySqlTests.Scope().Apply(Chain(3))).Code);
        Assert.Equal(
            QueryErrors.TooComplex,
            Assert.Throws<OpenDataException>(() => QuerySqlTests.Scope().Apply($"compute('{new string('x', 10_000)}' as a)/aggregate(concat(concat(concat(concat(a,a),a),a),a) with max as m)")).Code);
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        decimal exact => exact.ToString("0.############", CultureInfo.InvariantCulture),
        double number => (number == 0 ? 0.0 : number).ToString("R", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        DecimalValue exact => decimal.Parse(exact.ToString(), CultureInfo.InvariantCulture).ToString("0.############", CultureInfo.InvariantCulture),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture)!,
    };

    private static List<TreeRow> MakeRows()
    {
        var random = new Random(3);
        string?[] names = [null, "", "Bàng", "bàng", "Phượng"];
        return [.. Enumerable.Range(1, 200).Select(id => new TreeRow(id)
        {
            Name = names[random.Next(names.Length)],
            Quarter = random.Next(5) is var q && q == 0 ? null : q,
            Fee = random.Next(4) == 0 ? null : random.Next(-500, 500) / 100m,
            Alive = random.Next(3) switch { 0 => null, 1 => true, _ => false },
            PlantedOn = random.Next(4) == 0 ? null : new DateOnly(2025, 6, 28).AddDays(random.Next(4)),
        })];
    }

    private IReadOnlyList<object?[]> Values(string apply, string? columns = null, SampleTable? table = null)
    {
        var scope = QuerySqlTests.Scope();
        var steps = scope.Apply(apply);
        return (table ?? _table).Rows(new DatasetQuery(scope.Contract, columns is null ? scope.Columns : scope.SelectAsNamed(columns)) { Apply = steps });
    }
}
