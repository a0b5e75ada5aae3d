using FsCheck;
using FsCheck.Fluent;
using OpenData.TestKit;

namespace OpenData.Catalogs.Tests;

/// <summary>However a good contract is damaged, the reader answers with a contract or with located problems, and never throws.</summary>
public sealed class ContractMutationTests
{
    private static readonly string[] Splinters =
    [
        "${X}", "&a ", "*a", "!!int ", "\t", "[", "]", "{", "}", ": ", "- ", "'", "\"", "#", "|", ">", "? ", "---\n", "...\n", "%", "@", "`", "\u0000", "\uFEFF",
        "\uD800", "\u0301", "null", "~", "true", "99999999999999999999", "-1", "1e400", "\\", "\"\\uD800\"", "{{{{{{{{{{{{{{{{{{", "<<: ", "row", "_x", "personal", "citizen_id",
        "\r", "\u2028", "\u0085", "decimal(99,99)", "(a+)+$", "select", ";", "--",
    ];

    [Theory]
    [InlineData(SampleCatalog.Cases)]
    [InlineData(SampleCatalog.Units)]
    public void A_damaged_contract_never_throws(string good)
        => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var damaged = Damage(good, new System.Random(seed));
            CheckAnswer(damaged);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));

    [Fact]
    public void A_contract_cut_off_anywhere_never_throws()
    {
        for (var length = 0; length < SampleCatalog.Cases.Length; length += 7)
        {
            CheckAnswer(SampleCatalog.Cases[..length]);
        }
    }

    [Fact]
    public void Any_text_at_all_never_throws()
        => Prop.ForAll<string>(text => CheckAnswer(text ?? "")).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void A_damaged_catalogue_never_throws() => Culture.Vietnamese(() =>
    {
        using var catalog = new SampleCatalog();
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new System.Random(seed);
            catalog.File("publishers.yaml", Damage(SampleCatalog.Publishers, random));
            catalog.File("licenses.yaml", Damage(SampleCatalog.Licenses, random));
            catalog.Write("one_stop_cases", Damage(SampleCatalog.Cases, random));
            var reading = catalog.Read();
            Assert.All(reading.Problems, p => Assert.True(p.File.Length > 0 && p.Line >= 0 && p.Sentence.Length > 10, p.ToString()));
            Assert.True(reading.Problems.Count > 0 || reading.Catalog.Datasets.Count == 2);
        }
    });

    private static void CheckAnswer(string yaml)
    {
        var lines = yaml.Split('\n').Length;
        var (contract, problems) = CatalogReader.ReadContract(yaml, "x.yaml");
        Assert.Equal(contract is null, problems.Count > 0);
        Assert.All(problems, p =>
        {
            Assert.InRange(p.Line, 1, (lines * 3) + 2);
            Assert.Matches("^OD10[0-9]{2}$", p.Code);
            Assert.True(p.Sentence.Length is > 10 and < 2000, p.Sentence);
        });
    }

    private static string Damage(string text, System.Random random)
    {
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var lines = text.Split('\n').ToList();
            var line = random.Next(lines.Count);
            var at = random.Next(text.Length);
            switch (random.Next(7))
            {
                case 0:
                    lines.RemoveAt(line);
                    break;
                case 1:
                    lines.Insert(line, lines[random.Next(lines.Count)]);
                    break;
                case 2:
                    lines[line] = new string(' ', random.Next(6)) + lines[line].Trim();
                    break;
                case 3:
                    (lines[line], lines[0]) = (lines[0], lines[line]);
                    break;
                case 4:
                    lines = [text.Insert(at, Splinters[random.Next(Splinters.Length)])];
                    break;
                case 5:
                    lines = [text.Remove(at, Math.Min(random.Next(1, 8), text.Length - at))];
                    break;
                default:
                    var splinter = Splinters[random.Next(Splinters.Length)];
                    lines = [string.Concat(text.AsSpan(0, at), splinter, text.AsSpan(Math.Min(text.Length, at + splinter.Length)))];
                    break;
            }

            text = string.Join('\n', lines);
        }

        return text.Length == 0 ? " " : text;
    }
}
