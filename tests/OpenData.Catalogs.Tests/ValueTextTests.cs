using FsCheck;
using FsCheck.Fluent;
using OpenData.Catalogs.Reading;

namespace OpenData.Catalogs.Tests;

public sealed class ValueTextTests
{
    [Theory]
    [InlineData("PT36H", 36 * 3600)]
    [InlineData("P30D", 30 * 86400)]
    [InlineData("P2W", 14 * 86400)]
    [InlineData("P1DT12H30M0.5S", 131400.5)]
    [InlineData("PT0S", 0)]
    public void Durations_are_read(string text, double seconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Theory]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("36H")]
    [InlineData("-PT1H")]
    [InlineData("PT1,5S")]
    [InlineData("P999999D")]
    [InlineData("P1D\n")]
    public void What_is_no_duration_of_fixed_length_is_refused(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Fact]
    public void A_duration_written_reads_back()
        => Prop.ForAll(Gen.Choose(0, 100_000_000).ToArbitrary(), milliseconds =>
        {
            var duration = TimeSpan.FromMilliseconds(milliseconds);
            return DurationText.TryParse(DurationText.Of(duration), out var back) && back == duration;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("0 30 1 * * ?")]
    [InlineData("0 0/15 8-17 ? * MON-FRI")]
    [InlineData("0 0 6 1,15 * ?")]
    [InlineData("0 0 6 L * ?")]
    [InlineData("0 0 6 L-3 JAN,JUL ? 2026")]
    [InlineData("0 0 6 15W * ?")]
    [InlineData("0 0 6 ? * 6#3")]
    [InlineData("0 0 6 ? * FRIL")]
    [InlineData("0 0 7 5 1/3 ?")]
    public void Good_cron_expressions_pass(string text) => Assert.Null(CronText.Problem(text));

    [Theory]
    [InlineData("* * * * *")]
    [InlineData("60 0 0 * * ?")]
    [InlineData("0 0 0 32 * ?")]
    [InlineData("0 0 0 * 13 ?")]
    [InlineData("0 0 0 ? * 8")]
    [InlineData("0 0 0 ? * MON#6")]
    [InlineData("0 0 0 ? * ?")]
    [InlineData("0 0 0 L-31 * ?")]
    [InlineData("0 0/0 0 * * ?")]
    [InlineData("0 a 0 * * ?")]
    [InlineData("0 1-2-3 0 * * ?")]
    [InlineData("0 0 0 * * ? 1492")]
    public void Bad_cron_expressions_do_not(string text) => Assert.NotNull(CronText.Problem(text));

    [Theory]
    [InlineData("20GB", 20_000_000_000)]
    [InlineData("5 MB", 5_000_000)]
    [InlineData("1B", 1)]
    public void Sizes_are_read(string text, long bytes) => Assert.Equal(bytes, ByteSizeText.Parse(text));

    [Theory]
    [InlineData("0GB")]
    [InlineData("1.5GB")]
    [InlineData("20 gb")]
    [InlineData("")]
    public void What_is_no_size_is_refused(string text) => Assert.Null(ByteSizeText.Parse(text));

    [Theory]
    [InlineData(@"^[0-9]{3}-[0-9]+$")]
    [InlineData(@"^[]a]$")]
    [InlineData(@"^[^]a-]{2,}$")]
    [InlineData(@"^\\Z$")]
    [InlineData(@"^(a|b)*\p{L}$")]
    [InlineData(@"(?i)abc")]
    public void Patterns_of_RE2_pass(string pattern) => Assert.Null(RegexText.Problem(pattern));

    [Theory]
    [InlineData(@"(a)\1")]
    [InlineData(@"a\Z")]
    [InlineData(@"(?<!a)b")]
    [InlineData(@"(?>a)")]
    [InlineData(@"[[:alpha:]-[a]]")]
    [InlineData(@"a{1001}")]
    [InlineData(@"(?#x)a")]
    public void Others_do_not(string pattern) => Assert.NotNull(RegexText.Problem(pattern));

    [Theory]
    [InlineData("licence", "license")]
    [InlineData("titel", "title")]
    [InlineData("xyzzyplugh", null)]
    public void The_nearest_name_is_found(string written, string? meant)
        => Assert.Equal(meant, NearestName.Of(written, ["title", "license", "key"]));

    [Fact]
    public void Words_of_SQL_leave_out_texts_and_comments()
        => Assert.Equal(
            ["select", "Mã", "from", "cases", "where", "a", "=", "and", "b", ">"],
            SqlWords.Of("SELECT \"Mã\" FROM Cases -- citizen_id\n where a = 'citizen_id; x''y' /* phone */ and b > 1").Words.Where(w => w != "1"));
}
