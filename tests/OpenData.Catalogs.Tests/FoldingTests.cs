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
}
