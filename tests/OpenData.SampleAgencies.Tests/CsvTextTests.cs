using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace OpenData.SampleAgencies.Tests;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    public void What_is_written_is_read_again(char delimiter)
    {
        var cell = Gen.Elements("", "a", "01", "a,b", "a;b", "\"", "a\nb", "a\r\nb", "đ", " ", "x\"y\"").ListOf().Select(parts => string.Concat(parts));
        var record = cell.NonEmptyListOf().Where(cells => cells.Count > 1 || cells[0].Length > 0);
        Prop.ForAll(record.ListOf().ToArbitrary(), records =>
        {
            var text = new StringBuilder();
            foreach (var one in records)
            {
                CsvText.Append(text, [.. one], delimiter);
            }

            return CsvText.Read(text.ToString(), delimiter).Select(r => string.Join('|', r)).SequenceEqual(records.Select(r => string.Join('|', r)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_quote_that_does_not_end_is_an_error() => Assert.Throws<FormatException>(() => CsvText.Read("a,\"b\n"));
}
