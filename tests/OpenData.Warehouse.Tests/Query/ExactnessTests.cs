using System.Globalization;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Tests.Query.Evaluator;

namespace OpenData.Warehouse.Tests.Query;

/// <summary>Where the engine by itself would round, overflow or compare otherwise. Most of these were found by <see cref="RandomQueryTests"/>.</summary>
public sealed class ExactnessTests : IDisposable
{
    private const string Most = "99999999999999999999999999999999999999";

    private const string Least = "0.00000000000000000000000000000000000001";

    private readonly SampleTable _table = new(
    [
        new TreeRow(1)
        {
            Fee = 999_999_999_999.99m, Quarter = 7, Age = long.MaxValue, Name = "e", Note = "\u0323", Alive = true, Code = "01",
            PlantedOn = new DateOnly(1906, 1, 1), SeenAt = new DateTime(1905, 12, 31, 16, 53, 30, DateTimeKind.Utc), Height = -0.0, Tags = ["a"],
        },
    ]);

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData("fee divby 4", "249999999999.997500000000")]
    [InlineData("fee divby 0.03", "33333333333333.000000000000")]
    [InlineData("fee div -7", "-142857142857.141428571429")]
    [InlineData("9223372036854775807 divby 2", "4611686018427387903.500000000000")]
    [InlineData("2 divby 3", "0.666666666667")]
    [InlineData("-0.0000000000005 divby 1", "-0.000000000001")]
    [InlineData("fee divby 0", "")]
    [InlineData("fee divby null", "")]
    public void A_quotient_has_twelve_exact_digits_after_the_point(string expression, string value) => Assert.Equal(value, Value(expression));

    [Theory]
    [InlineData("age div 1", "9223372036854775807")]
    [InlineData("age div 3", "3074457345618258602")]
    [InlineData("age divby -2", "-4611686018427387904")]
    [InlineData("age div 2.5", "3689348814741910323")]
    [InlineData("age div 0", "")]
    public void A_duration_is_divided_to_the_microsecond(string expression, string value) => Assert.Equal(value, Value(expression));

    [Theory]
    [InlineData($"case(alive:fee,true:{Most})", "999999999999.99")]
    [InlineData($"case(not alive:{Most},true:fee)", "999999999999.99")]
    [InlineData("case(alive:quarter,true:0.25)", "7.00")]
    public void A_choice_keeps_every_digit_of_its_values(string expression, string value) => Assert.Equal(value, Value(expression));

    [Theory]
    [InlineData("99999999999999999999999999999999999 mod 0.7", "0.5")]
    [InlineData("-4 mod 0.8", "0.0")]
    [InlineData("(quarter mul 100000000000000000000) mod 0.3", "0.1")]
    [InlineData("fee mod 0", "")]
    public void A_remainder_of_decimals_is_exact(string expression, string value) => Assert.Equal(value, Value(expression));

    [Theory]
    [InlineData("-9223372036854775808 mod (0 sub id)", "0")]
    [InlineData("-9223372036854775808 mod -1", "0")]
    [InlineData("-9223372036854775808 mod (id add 9)", "-8")]
    [InlineData("id mod (id sub id)", "")]
    public void A_remainder_of_whole_numbers_has_no_exception(string expression, string value) => Assert.Equal(value, Value(expression));

    [Theory]
    [InlineData("concat(name,note) eq 'ẹ'")]
    [InlineData("length(concat(name,note)) eq 1")]
    [InlineData("concat(concat(name,note),'\u0302') eq 'ệ'")]
    public void Texts_that_are_joined_are_in_NFC(string filter) => Assert.Equal([1L], _table.Ids(filter));

    [Theory]
    [InlineData($"fee gt {Least}", true)]
    [InlineData($"{Least} lt fee", true)]
    [InlineData($"fee le {Least}", false)]
    [InlineData($"fee eq {Least}", false)]
    [InlineData($"fee ne {Least}", true)]
    [InlineData($"-fee lt -{Least}", true)]
    [InlineData($"fee sub fee ge -{Least}", true)]
    [InlineData($"fee lt {Most}", true)]
    [InlineData($"fee ge -{Most}", true)]
    [InlineData($"fee divby 1 lt {Most}", true)]
    [InlineData($"{Most} lt fee divby 1", false)]
    [InlineData("(quarter mul 10000000000000000000000000000000000000) gt fee divby 1", true)]
    [InlineData("fee divby 1 ge quarter mul 10000000000000000000000000000000000000", false)]
    [InlineData("(quarter mul 10000000000000000000000000000000000000) gt null divby fee", false)]
    [InlineData("(quarter mul 10000000000000000000000000000000000000) ne fee divby 0", true)]
    [InlineData("(quarter mul 10000000000000000000000000000000000000) eq fee divby 0", false)]
    [InlineData("-(quarter mul 10000000000000000000000000000000000000) gt fee divby 1", false)]
    [InlineData("-(quarter mul 10000000000000000000000000000000000000) le fee divby 1", true)]
    [InlineData($"quarter in (1,{Most},{Least},7)", true)]
    [InlineData($"quarter in ({Most},{Least},2.5)", false)]
    [InlineData($"not (quarter in ({Most},{Least}))", true)]
    [InlineData($"height in ({Least},0)", true)]
    public void Numbers_that_no_decimal_holds_together_are_compared_all_the_same(string filter, bool holds)
        => Assert.Equal(holds ? [1L] : [], _table.Ids(filter));

    [Fact]
    public void A_number_too_far_away_is_different_from_a_missing_one()
    {
        using var empty = new SampleTable([new TreeRow(1)]);

        Assert.Empty(empty.Ids($"fee lt {Most}"));
        Assert.Empty(empty.Ids($"fee gt -{Most}"));
        Assert.Equal([1L], empty.Ids($"fee ne {Most}"));
        Assert.Empty(empty.Ids($"fee eq {Most} or fee lt {Least}"));
        Assert.Equal([1L], empty.Ids($"not (fee in ({Most}))"));
    }

    // Clocks in Sài Gòn were 7 hours, 6 minutes and 30 seconds ahead of Greenwich until 1911.
    [Theory]
    [InlineData("seen_at eq 1906-01-01", true)]
    [InlineData("seen_at lt 1906-01-01", false)]
    [InlineData("seen_at eq planted_on", true)]
    [InlineData("date(seen_at) eq planted_on and time(seen_at) eq 00:00:00", true)]
    [InlineData("mindatetime() gt 0001-01-01", true)]
    public void A_day_begins_at_midnight_by_the_clocks_of_its_time_to_the_second(string filter, bool holds)
        => Assert.Equal(holds ? [1L] : [], _table.Ids(filter));

    // On 1 July 1955 they were put back from one o'clock to midnight.
    [Fact]
    public void A_day_whose_midnight_came_twice_begins_at_the_second_as_literal_and_as_column()
    {
        using var table = new SampleTable(
            [new TreeRow(1) { PlantedOn = new DateOnly(1955, 7, 1), SeenAt = new DateTime(1955, 6, 30, 16, 59, 59, DateTimeKind.Utc) }, new TreeRow(2) { PlantedOn = new DateOnly(1955, 7, 1), SeenAt = new DateTime(1955, 6, 30, 17, 0, 0, DateTimeKind.Utc) }]);

        Assert.Equal([2L], table.Ids("seen_at ge 1955-07-01"));
        Assert.Equal([2L], table.Ids("seen_at ge planted_on"));
        Assert.Equal([1L, 2L], table.Ids("date(seen_at) eq 1955-07-01"));
    }

    [Fact]
    public void An_instant_without_a_column_has_the_datasets_zone_whatever_is_added_to_it()
    {
        using var table = new RandomTable(1, extremes: false);
        var scope = RandomTable.Scope();
        scope.Compute("time(1970-01-01T00:00:00Z add (seen sub seen)) as p,time(case(true:seen) add (told sub told)) as q,time(seen) as r");
        var query = new DatasetQuery(scope.Contract, scope.Select("p,q,r")) { Computed = scope.Computed, Predicate = scope.Filter("seen ne null and told ne null") };

        Assert.All(table.Answer(query), row => Assert.Equal((28_800_000_000L, row[2]), (row[0], row[1])));
    }

    private string Value(string expression)
    {
        var scope = QuerySqlTests.Scope();
        scope.Compute($"{expression} as x");
        return Convert.ToString(_table.Rows(new DatasetQuery(scope.Contract, scope.Select("x")) { Computed = scope.Computed })[0][0], CultureInfo.InvariantCulture) ?? "";
    }
}
