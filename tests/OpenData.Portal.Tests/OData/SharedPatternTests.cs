using OpenData.Portal.OData;

namespace OpenData.Portal.Tests.OData;

public sealed class SharedPatternTests
{
    [Theory]
    [InlineData("^[0-9]{5}$", "^[0-9]{5}$")]
    [InlineData("[A-Z]{2}-[0-9]+", "^(?:[A-Z]{2}-[0-9]+)$")]
    [InlineData("^a$|^b$", "^(?:^a$|^b$)$")]
    [InlineData(@"^[0-9]+(?:\.[0-9]{1,2})?$", @"^[0-9]+(?:\.[0-9]{1,2})?$")]
    [InlineData(@"^đ\$", @"^(?:^đ\$)$")]
    [InlineData("^(xã|phường) [A-Z]$", "^(?:^(xã|phường) [A-Z]$)$")]
    public void A_pattern_that_all_dialects_read_alike_is_anchored(string matches, string pattern)
        => Assert.Equal(pattern, SharedPattern.Of(matches));

    [Theory]
    [InlineData(null)]
    [InlineData(@"^\d+$")]
    [InlineData("^[^a]$")]
    [InlineData("^a.c$")]
    [InlineData("(?i)abc")]
    [InlineData("(?<name>a)")]
    [InlineData("[a-z-[aeiou]]")]
    [InlineData(@"\p{Lu}")]
    [InlineData(@"\_")]
    [InlineData("a{")]
    [InlineData("a{,3}")]
    public void What_another_dialect_may_read_differently_is_not_promised(string? matches) => Assert.Null(SharedPattern.Of(matches));
}
