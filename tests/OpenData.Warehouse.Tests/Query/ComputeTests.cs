using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Tests.Query;

public sealed class ComputeTests
{
    [Theory]
    [InlineData("id add 1 as x", "integer")]
    [InlineData("fee mul 2 as x", "decimal(33,2)")]
    [InlineData("height as x", "float")]
    [InlineData("id eq 1 as x", "boolean")]
    [InlineData("concat(name,code) as x", "text")]
    [InlineData("date(seen_at) as x", "date")]
    [InlineData("time(seen_at) as x", "time")]
    [InlineData("seen_at sub age as x", "timestamp")]
    [InlineData("seen_at sub seen_at as x", "duration")]
    [InlineData("uid as x", "uuid")]
    [InlineData("case(alive:1,true:2) as x", "integer")]
    [InlineData("year(planted_on) AS y,y mul 2 as x", "integer")]
    [InlineData("(id as x)", null)]
    public void A_computed_column_has_the_type_of_its_expression(string text, string? type)
    {
        var scope = QuerySqlTests.Scope();
        if (type is null)
        {
            Assert.Equal(QueryErrors.Malformed, Assert.Throws<OpenDataException>(() => scope.Compute(text)).Code);
            return;
        }

        scope.Compute(text);

        Assert.Equal((type, "x"), (scope.Computed[^1].Column.Type.ToString(), scope.Columns[^1].Name));
    }

    [Theory]
    [InlineData("id", "OD1201", 2)]
    [InlineData("id as", "OD1201", 5)]
    [InlineData("id as 7", "OD1201", 6)]
    [InlineData("id as x,", "OD1201", 8)]
    [InlineData("id x", "OD1201", 3)]
    [InlineData("idd as x", "OD1202", 0)]
    [InlineData("x as y,id as x", "OD1202", 0)]
    [InlineData("id as x,id as X", "OD1224", 14)]
    [InlineData("id as Name", "OD1224", 6)]
    [InlineData("id as _rid", "OD1224", 6)]
    [InlineData("id as tổng", "OD1224", 6)]
    [InlineData("null as x", "OD1204", 0)]
    [InlineData("tags as x", "OD1204", 0)]
    [InlineData("location as x", "OD1204", 0)]
    [InlineData("citizen_id as x", "OD1202", 0)]
    public void A_wrong_computation_says_what_is_wrong_and_where(string text, string code, int position)
    {
        var failed = Assert.Throws<OpenDataException>(() => QuerySqlTests.Scope().Compute(text));

        Assert.Equal((code, position), (failed.Code.Code, failed.Position));
    }

    [Fact]
    public void Columns_that_double_each_other_end_at_the_bound_and_not_in_an_endless_query()
    {
        var doubling = "id as x0," + string.Join(',', Enumerable.Range(1, 15).Select(i => $"x{i - 1} add x{i - 1} as x{i}"));
        var many = string.Join(',', Enumerable.Range(0, 21).Select(i => $"id as x{i}"));

        Assert.Equal(QueryErrors.TooComplex, Assert.Throws<OpenDataException>(() => QuerySqlTests.Scope().Compute(doubling)).Code);
        Assert.Equal(QueryErrors.TooComplex, Assert.Throws<OpenDataException>(() => QuerySqlTests.Scope().Compute(many)).Code);
    }

    [Fact]
    public void A_filter_builds_no_more_text_than_the_bound_either()
    {
        var scope = QuerySqlTests.Scope(new Dictionary<string, string> { ["@a"] = $"'{new string('x', 10_000)}'" });
        var doubled = "@a";
        for (var i = 0; i < 6; i++)
        {
            doubled = $"concat({doubled},{doubled})";
        }

        Assert.Equal(QueryErrors.TooComplex, Assert.Throws<OpenDataException>(() => scope.Filter($"length({doubled}) gt 1")).Code);
    }

    [Fact]
    public void As_many_searches_in_lower_case_as_a_filter_has_room_for_are_no_text_too_much()
    {
        var filter = string.Join(" or ", Enumerable.Range(0, 390).Select(i => $"contains(tolower(name),'b{i}')"));
        using var table = new SampleTable([new TreeRow(1) { Name = "Cây B17" }]);

        Assert.Equal([1L], table.Ids(filter));
    }

    [Theory]
    [InlineData("fee mul fee mul fee", "1371742108367626890.260631")]
    [InlineData("fee mul fee", "1234567898765.4321")]
    [InlineData("fee add fee", "2222222.22")]
    [InlineData("99999999999999.99 add 99999999999999.99", "199999999999999.98")]
    [InlineData("999999999999999.99 mul 999999999999999.99", "999999999999999980000000000000.0001")]
    public void Products_and_sums_have_all_their_digits(string expression, string value)
    {
        using var table = new SampleTable([new TreeRow(1) { Fee = 1111111.11m }]);
        var scope = QuerySqlTests.Scope();
        scope.Compute($"{expression} as x");

        Assert.Equal(value, $"{table.Rows(new DatasetQuery(scope.Contract, scope.Select("x")) { Computed = scope.Computed })[0][0]}");
    }

    [Fact]
    public void The_name_of_a_computed_column_is_no_part_of_the_sql()
    {
        var scope = QuerySqlTests.Scope();
        scope.Compute("fee mul 2 as secret_name");
        var query = new DatasetQuery(scope.Contract, scope.Columns) { Computed = scope.Computed, OrderBy = scope.OrderBy("secret_name"), Predicate = scope.Filter("secret_name gt 1") };

        Assert.DoesNotContain("secret_name", QueryToSql.Translate(query, "memory").Text, StringComparison.Ordinal);
        Assert.Equal(ColumnKind.Decimal, scope.Columns[^1].Type.Kind);
    }
}
