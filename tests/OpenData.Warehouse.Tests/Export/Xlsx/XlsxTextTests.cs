using System.Text;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using OpenData.Warehouse.Export;

namespace OpenData.Warehouse.Tests.Export;

public sealed class XlsxTextTests
{
    // What is easily lost, over and over: parts of escapes, characters that XML forbids or changes, pairs of UTF-16, combining marks.
    private static readonly string[] Pieces =
        ["_", "x", "X", "0041", "00", "D", "d", "\r", "\n", "\t", "\0", "\u0001", "\u001F", "\uFFFE", "\uFFFF", "\uFFFD", "\uFE0F", " ", "&", "<", ">", "]]>", "\"", "'", "=", "ế", "e\u0302\u0301", "😀", "a"];

    [Fact]
    public void Every_text_comes_back()
    {
        var gen = Gen.Elements(Pieces).ListOf().Select(string.Concat);
        Prop.ForAll(gen.ToArbitrary(), text => Read(Written(text)) == text).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Theory]
    [InlineData("_x0041_", "_x005F_x0041_")]
    [InlineData("_x0041_x0042_", "_x005F_x0041_x005F_x0042_")]
    [InlineData("_x0041\r", "_x005F_x0041_x000D_")]
    [InlineData("_x00_ _y0041_ A_B", "_x00_ _y0041_ A_B")]
    [InlineData("a\r\nb", "a_x000D_\nb")]
    [InlineData("\0\u001F\uFFFE", "_x0000__x001F__xFFFE_")]
    [InlineData("a < b && c > d", "a &lt; b &amp;&amp; c &gt; d")]
    [InlineData("=SUM(A1)", "=SUM(A1)")]
    public void Escapes_are_written_where_they_are_needed_and_nowhere_else(string text, string written) => Assert.Equal(written, Written(text));

    [Fact]
    public void A_cell_holds_32767_units_of_UTF_16()
    {
        Assert.True(XlsxText.Fits(Encoding.UTF8.GetBytes(new string('ế', 32_767))));
        Assert.False(XlsxText.Fits(Encoding.UTF8.GetBytes(new string('ế', 32_768))));
        Assert.False(XlsxText.Fits(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("😀", 16_384)))));
        Assert.True(XlsxText.Fits(Encoding.UTF8.GetBytes(new string('a', 32_767))));
        Assert.False(XlsxText.Fits(Encoding.UTF8.GetBytes(new string('a', 32_768))));
    }

    private static string Written(string text)
    {
        using var buffer = new Utf8Buffer();
        XlsxText.Write(text, buffer);
        return Encoding.UTF8.GetString(buffer.Written.Span);
    }

    private static string Read(string written)
        => BookText.Unescaped(XElement.Parse($"<t xml:space=\"preserve\">{written}</t>", LoadOptions.PreserveWhitespace).Value);
}
