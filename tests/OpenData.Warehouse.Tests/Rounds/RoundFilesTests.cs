using OpenData.Catalogs.Errors;
using OpenData.TestKit;
using OpenData.Warehouse.Rounds;
using OpenData.Warehouse.Scoring;
using static OpenData.Warehouse.Tests.Rounds.RoundSample;

namespace OpenData.Warehouse.Tests.Rounds;

public sealed class RoundFilesTests
{
    [Fact]
    public void Files_of_units_and_answers_are_read() => Culture.Vietnamese(() =>
    {
        var units = RoundFiles.Units("\uFEFFcode,name,league,ranked,predecessors\r\nu1,Phường Một,ward,,\r\nu2,\"Xã \"\"Hai\"\", mới\",commune,false,u1 u3\r\n");
        Assert.Equal(("u1", "Phường Một", "ward", true), (units[0].Code, units[0].Name, units[0].League, units[0].IsRanked));
        Assert.Equal(("Xã \"Hai\", mới", false, "u1|u3"), (units[1].Name, units[1].IsRanked, string.Join('|', units[1].Predecessors)));

        var answers = RoundFiles.Answers(
            """
            unit,component,role,value,kind,explanation,reason
            u1,1.1,level,head,,,
            u1,1.2,a,3.5,self,Theo sổ,
            u1,1.2,b,4,self,,
            u1,2.2,,not_applicable,,Không có,
            u1,1.2,share,0.5,council,,Xét thêm

            """,
            Framework());
        Assert.Equal(4, answers.Count);
        Assert.Equal((EntryKind.Verified, "head"), (answers[0].Kind, answers[0].Answer.Level));
        Assert.Equal((EntryKind.Self, 3.5m, 4m, "Theo sổ"), (answers[1].Kind, answers[1].Answer.Numbers["a"], answers[1].Answer.Numbers["b"], answers[1].Explanation));
        Assert.Equal(AnswerKind.NotApplicable, answers[2].Answer.Kind);
        Assert.Equal((0.5m, "Xét thêm"), (answers[3].Answer.SetShare, answers[3].Reason));
    });

    [Theory]
    [InlineData("", "empty")]
    [InlineData("code\nu1", "column `name` is missing")]
    [InlineData("code,name,nam\nu1,a,b", "no column is named `nam`")]
    [InlineData("code,name,name\nu1,a,b", "stands twice")]
    [InlineData("code,name\nu1", "row 2: has 1 cells; the header has 2")]
    [InlineData("code,name,ranked\nu1,a,yes", "row 2: `ranked` is true or false")]
    public void A_broken_file_of_units_is_refused_with_the_row(string csv, string sentence) => Refused(() => RoundFiles.Units(csv), sentence);

    [Theory]
    [InlineData("u1,9.9,a,1,", "row 2: the framework has no component `9.9`")]
    [InlineData("u1,1.2,a,\"3,5\",", "`3,5` is no number")]
    [InlineData("u1,1.2,a,1e5,", "is no number")]
    [InlineData("u1,1.2,a,1,\nu1,1.2,a,2,", "row 3: input `a` stands twice")]
    [InlineData("u1,1.1,level,head,\nu1,1.1,level,head,", "the level stands twice")]
    [InlineData("u1,1.2,,answered,", "a row without `role` stands alone")]
    [InlineData("u1,1.2,,missing,\nu1,1.2,a,1,", "both a value and the state")]
    [InlineData("u1,1.2,a,1,automatic", "`kind` is self, verified or council")]
    [InlineData("u1,1.2,a,1,2", "`kind` is self, verified or council")]
    public void A_broken_file_of_answers_is_refused_with_the_row(string rows, string sentence)
        => Refused(() => RoundFiles.Answers("unit,component,role,value,kind\n" + rows, Framework()), sentence);

    [Fact]
    public void Rubbish_is_refused_and_never_crashes()
    {
        const string Good = "unit,component,role,value,kind\nu1,1.2,a,3,self\nu1,1.1,level,\"head\",\n";
        var random = new Random(20261127);
        for (var i = 0; i < 500; i++)
        {
            var text = Good.ToCharArray();
            for (var change = 0; change < 4; change++)
            {
                text[random.Next(text.Length)] = "\",\n\r;\0\uD800é1 "[random.Next(10)];
            }

            try
            {
                RoundFiles.Answers(new string(text), Framework());
                RoundFiles.Units(new string(text));
            }
            catch (OpenDataException refused)
            {
                Assert.Equal(RoundErrors.BadFile, refused.Code);
            }
        }
    }

    private static void Refused(Func<object> read, string sentence)
    {
        var e = Assert.Throws<OpenDataException>(read);
        Assert.Equal(RoundErrors.BadFile, e.Code);
        Assert.Contains(sentence, e.Detail.En, StringComparison.Ordinal);
    }
}
