using System.Globalization;
using OpenData.Portal.Assessments;

namespace OpenData.Portal.Tests;

/// <summary>Numbers as people type them.</summary>
public sealed class TypedNumberTests
{
    [Theory]
    [InlineData("1250", "1250")]
    [InlineData(" 12,5 ", "12.5")]
    [InlineData("12.5", "12.5")]
    [InlineData("0,125", "0.125")]
    [InlineData("-3", "-3")]
    [InlineData("1,2340", "1.234")]
    [InlineData("1234,567", "1234.567")]
    public void One_comma_or_one_point_is_a_decimal_mark(string text, string expected)
        => Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), TypedNumber.Parse(text).Number);

    [Theory]
    [InlineData("1.234")]
    [InlineData("1,234")]
    [InlineData("-123.456")]
    [InlineData("1.234.567")]
    [InlineData("1.234,5")]
    [InlineData("mười")]
    [InlineData("1e5")]
    [InlineData("")]
    [InlineData("１２")]
    [InlineData("99999999999999999999999999999999999")]
    [InlineData("00000000000000000000000000000000000000000000000000000000001")]
    public void What_can_be_read_in_two_ways_or_not_at_all_is_asked_again(string text)
    {
        var (number, problem) = TypedNumber.Parse(text);
        Assert.Null(number);
        Assert.NotNull(problem);
    }
}
