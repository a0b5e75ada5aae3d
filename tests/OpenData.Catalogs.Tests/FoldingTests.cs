using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OpenData.TestKit;

namespace OpenData.Catalogs.Tests;

public sealed class FoldingTests
{
    [Theory]
    [InlineData("hoà", "hòa")]
    [InlineData("Mỹ Đức", "mi duc")]
    [InlineData("Lý Thường Kiệt", "lí thường kiệt")]
    [InlineData("ĐẠI TỪ", "dai tu")]
    [InlineData("Thái Nguyên", "THAI NGUYEN")]
    [InlineData("thủ tục", "Thu Tuc")]
    [InlineData("Nguyễn", "Nguie\u0302\u0303n")]
    [InlineData("quý", "qui")]
    [InlineData("Ơ Ư ơ ư", "o u O U")]
    [InlineData("Bắc Kạn", "bac kan")]
    public void Words_that_people_mean_to_be_equal_fold_to_the_same(string one, string other) => Culture.Vietnamese(() =>
    {
        Assert.Equal(Folding.Fold(one), Folding.Fold(other));
        Assert.Equal(Folding.Fold(one), Folding.Fold(one.Normalize(NormalizationForm.FormD)));
    });

    [Theory]
    [InlineData("ba", "bà ta")]
    [InlineData("dân", "đêm")]
    public void Other_words_stay_different(string one, string other) => Assert.NotEqual(Folding.Fold(one), Folding.Fold(other));

    [Fact]
    public void Bytes_fold_as_text_does()
    {
        for (var value = 0; value < 0x1F000; value++)
        {
            if (Rune.IsValid(value))
            {
                AssertSame("Hồ" + new Rune(value) + "y");
            }
        }

        AssertSame("");
        Prop.ForAll<NonNull<string>>(text => AssertSame(text.Get)).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

        static void AssertSame(string text)
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            var folded = new byte[Folding.FoldedBytesMax(utf8.Length)];
            Assert.Equal(Folding.Fold(Encoding.UTF8.GetString(utf8)), Encoding.UTF8.GetString(folded, 0, Folding.Fold(utf8, folded)));
        }
    }

    [Fact]
    public void Digits_and_signs_stay() => Assert.Equal("278/2025/nd-cp", Folding.Fold("278/2025/NĐ-CP"));

    [Fact]
    public void Half_a_character_does_not_stop_the_fold() => Assert.Equal("a\uFFFDb", Folding.Fold("A\uD800B"));

    [Fact]
    public void Folding_twice_changes_nothing()
        => Prop.ForAll<string>(text => text is null || Folding.Fold(Folding.Fold(text)) == Folding.Fold(text))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Folding_twice_changes_nothing_for_any_single_character()
    {
        for (var value = 0; value < 0x1F000; value++)
        {
            if (Rune.IsValid(value))
            {
                var once = Folding.Fold(new Rune(value).ToString());
                Assert.Equal(once, Folding.Fold(once));
            }
        }
    }

    [Fact]
    public void The_table_folds_as_the_definition_does()
    {
        const string letters = "aAyYđĐơƯàạẵỳỹÝ 0/.-\u0300\u0309\u031B\u0323ßİıǅΩ中😀\uD800\uFFFE\u0000\u1B44";
        Prop.ForAll(Gen.Choose(0, letters.Length - 1).ArrayOf().ToArbitrary(), places =>
        {
            var text = string.Concat(places.Select(p => letters[p]));
            return Folding.Fold(text) == Folding.FoldLong(text);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void A_long_text_folds_as_a_short_one_does()
        => Assert.Equal(string.Concat(Enumerable.Repeat("hoa ", 1000)), Folding.Fold(string.Concat(Enumerable.Repeat("Hoà ", 1000))));
}
