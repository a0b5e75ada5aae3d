using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OpenData.SampleAgencies.Systems;
using OpenData.TestKit;

namespace OpenData.SampleAgencies.Tests;

public sealed class Windows1258Tests(AgenciesFixture agencies) : IClassFixture<AgenciesFixture>
{
    private const string Letters = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY";
    private const string Tones = "\u0300\u0301\u0303\u0309\u0323";

    private static readonly Encoding CodePage = CodePagesEncodingProvider.Instance.GetEncoding(1258)!; // part of the runtime

    [Fact]
    public async Task The_served_list_decodes_to_the_text_that_was_meant()
    {
        var bytes = await agencies.BytesAsync("/public-services/services.csv");
        Assert.Equal(new PublicServices(new World(20251001)).Text(), CodePage.GetString(bytes).Normalize());
        Assert.Throws<DecoderFallbackException>(() => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
    }

    [Fact]
    public void Every_vowel_with_every_tone_comes_back()
    {
        var vowels = Letters.SelectMany(l => Tones.Select(t => $"{l}{t}".Normalize())).Concat(["đ", "Đ"]).ToList();
        var words = Gen.Elements(vowels.AsEnumerable()).ListOf().Select(list => string.Concat(list));
        Prop.ForAll(words.ToArbitrary(), text => CodePage.GetString(Windows1258.Encode(text)).Normalize() == text).QuickCheckThrowOnFailure();
        Assert.All(vowels, v => Assert.Equal(v, CodePage.GetString(Windows1258.Encode(v)).Normalize()));
    }

    [Fact]
    public void A_letter_that_the_code_page_lacks_is_refused()
        => Assert.Throws<EncoderFallbackException>(() => Windows1258.Encode("漢"));

    [Fact]
    public void Numbers_are_written_the_Vietnamese_way_whatever_the_culture() => Culture.Vietnamese(() =>
    {
        Assert.Equal("1.234.567", World.Grouped(1_234_567));
        Assert.Equal("1.234,05", World.Hundredths(1_234_05));
    });
}
