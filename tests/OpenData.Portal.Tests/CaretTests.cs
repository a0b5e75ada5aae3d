using OpenData.Portal.Errors;

namespace OpenData.Portal.Tests;

public sealed class CaretTests
{
    [Theory]
    [InlineData("nam eq 1", 0, "nam eq 1", "^")]
    [InlineData("name eq", 7, "name eq", "       ^")]
    [InlineData("name eq", 99, "name eq", "       ^")]
    [InlineData("", 0, "", "^")]
    [InlineData("a\tb\nc", 4, "a b c", "    ^")]
    [InlineData("cho\u031B\u0323 x", 6, "cho\u031B\u0323 x", "    ^")]
    [InlineData("'漢字' x", 5, "'漢字' x", " \u3000\u3000  ^")]
    [InlineData("'😀' x", 5, "'😀' x", " \u3000  ^")]
    [InlineData("'😀' x", 2, "'😀' x", " ^")]
    [InlineData("a\u202Eb", 2, "a b", "  ^")]
    public void A_caret_stands_under_the_place(string text, int position, string piece, string line)
        => Assert.Equal((piece, line), Caret.Under(text, position));

    [Fact]
    public void Half_a_character_is_shown_as_one_that_is_not_known() => Assert.Equal(("a\uFFFDb", "  ^"), Caret.Under("a\ud800b", 2));

    [Fact]
    public void A_long_text_is_cut_around_the_place()
    {
        var text = new string('a', 300) + "b" + new string('c', 300);
        var (piece, line) = Caret.Under(text, 300);

        Assert.Equal("…" + new string('a', 40) + "b" + new string('c', 37) + "…", piece);
        Assert.Equal(new string(' ', 41) + "^", line);
        Assert.Equal(new string('c', 40), Caret.Under(text, 601).Piece[1..]);
    }
}
