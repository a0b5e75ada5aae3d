using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Warehouse.Tests.Query;

public sealed class PinnedKeyTests
{
    [Theory]
    [InlineData("id eq 7", "7")]
    [InlineData("7 eq id", "7")]
    [InlineData("name eq 'a' and (id eq 7 and quarter gt 1)", "7")]
    [InlineData("id eq 7 and id eq 8", "8")]
    [InlineData("id eq -9223372036854775808", "-9223372036854775808")]
    [InlineData("id eq 7.0", "7")]
    [InlineData("id eq 7.5", null)]
    [InlineData("id eq null", null)]
    [InlineData("id ne 7", null)]
    [InlineData("id ge 7", null)]
    [InlineData("id in (7)", null)]
    [InlineData("not (id eq 7)", null)]
    [InlineData("id eq 7 or name eq 'a'", null)]
    [InlineData("id eq quarter", null)]
    [InlineData("id add 1 eq 7", null)]
    [InlineData("quarter eq 7", null)]
    public void A_filter_pins_the_key_when_every_row_of_it_has_that_key(string filter, string? value)
    {
        var scope = QuerySqlTests.Scope();

        Assert.Equal(value is null ? null : [value], PinnedKey.Of(scope.Filter(filter), [scope.Columns[0]])?.Select(v => $"{v.Value}"));
    }

    [Theory]
    [InlineData("code eq '01' and id eq 7", "7 01")]
    [InlineData("id eq 7 and name eq '01'", null)]
    public void All_columns_of_a_key_are_wanted_and_come_in_its_order(string filter, string? values)
    {
        var scope = QuerySqlTests.Scope();
        var key = scope.Columns.Where(c => c.Name is "id" or "code").ToList();

        Assert.Equal(values?.Split(' '), PinnedKey.Of(scope.Filter(filter), key)?.Select(v => $"{v.Value}"));
    }
}
