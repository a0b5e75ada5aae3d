using OpenData.Catalogs.Frameworks;
using OpenData.TestKit;

namespace OpenData.Catalogs.Tests.Frameworks;

public sealed class FrameworkReaderTests
{
    private static readonly string Folder = Repository.File("catalogs/thai-nguyen");

    [Fact]
    public void A_good_framework_is_read_whole() => Culture.Vietnamese(() =>
    {
        var reading = FrameworkReader.ReadOne(SampleFramework.Yaml, "sample.yaml");
        Assert.Empty(reading.Problems);
        var framework = Assert.Single(reading.Frameworks);
        Assert.Equal(("sample", 3, UnitLevel.Commune, 100m), (framework.Id, framework.Version, framework.Level, framework.Total));
        Assert.Equal([60m, 40m, 0m], framework.MainIndices.Select(m => m.Points!.Value));
        Assert.Equal(0.5m, Assert.IsType<Formula.Levels>(framework.Component("1.1")!.Formula).Of.Single(l => l.Name == "deputy").Share);
        Assert.Equal(ZeroRule.NotApplicable, Assert.IsType<Formula.Ratio>(framework.Component("1.2")!.Formula).Zero);
        Assert.Equal(MissingRule.Previous, framework.Component("2.1")!.Missing);
        Assert.True(framework.MainIndices[2].IsMonitored);
        Assert.False(framework.Sourced);
    });

    [Fact]
    public void The_shipped_frameworks_have_no_problem_and_the_official_ones_their_official_structure()
    {
        var reading = FrameworkReader.Read(Folder, CatalogReader.Read(Folder).Catalog);
        Assert.Empty(reading.Problems);
        Assert.Equal(
            ["dti_commune", "dti_department", "dti_province_2020", "dti_province_2022", "dti_province_2025"], reading.Frameworks.Select(f => f.Id));

        var of2022 = reading.Find("dti_province_2022")!;
        Assert.True(of2022.Sourced);
        Assert.Equal([100, 100, 100, 100, 100, 0, 200, 150, 150], of2022.MainIndices.Select(m => (int)m.Points!.Value));
        Assert.Equal([10, 11, 7, 13, 12, 3, 22, 12, 8], of2022.MainIndices.Select(m => m.Components.Count));
        Assert.Equal([700m, 650m, 650m], of2022.Pillars.Select(p => p.Points!.Value));
        Assert.DoesNotContain(of2022.Components, c => c.Sourced);

        Assert.True(reading.Find("dti_province_2020")!.IsStructureOnly);
        Assert.Equal(21, reading.Find("dti_province_2020")!.MainIndices.Count);
        Assert.Equal(8, reading.Find("dti_province_2025")!.MainIndices.Count);
        Assert.All(["dti_department", "dti_commune"], id =>
        {
            var proposal = reading.Find(id)!;
            Assert.False(proposal.Sourced);
            Assert.False(proposal.IsStructureOnly);
            Assert.All(proposal.Components, c => Assert.Equal(c.Formula.Roles, c.Inputs.Select(i => i.Role)));
        });
    }

    [Theory]
    [InlineData("points: 60", "points: 70", "add up to 60 points; its maximum is 70")]
    [InlineData("total: 100", "total: 1000", "the main indices add up to 100 points; `total` is 1000")]
    [InlineData("component_count: 2", "component_count: 3", "`component_count` says 3")]
    [InlineData("main: [\"1\", \"2\"]", "main: [\"1\", \"9\"]", "names main index `9`")]
    [InlineData("points: 100, main", "points: 90, main", "pillar `DG` add up to 100 points; it says 90")]
    [InlineData("code: \"2.1\"", "code: \"1.2\"", "component `1.2` stands 2 times")]
    [InlineData("role: b", "role: c", "formula ratio takes `a`, `b`")]
    [InlineData("role: b", "role: a", "`inputs` names `a` twice")]
    [InlineData("kind: count_capped, full: 3", "kind: count_capped, full: 0", "must be greater than 0")]
    [InlineData("kind: count_capped, full: 3", "kind: count_caped, full: 3", "no kind of formula; did you mean `count_capped`?")]
    [InlineData("deputy: 0.5", "deputy: 1.5", "needs a share from 0 to 1")]
    [InlineData("zero: not_applicable", "zero: nothing", "`zero` is `nothing`")]
    [InlineData("level: commune", "level: comune", "did you mean `commune`?")]
    [InlineData("framework: sample", "framework: other", "name it other.yaml")]
    [InlineData("total: 100", "total: 1e2", "write a number with a point")]
    [InlineData("missing: previous", "mising: previous", "has no field `mising`")]
    [InlineData("{ code: \"3.1\"", "{ codes: \"3.1\"", "has no field `codes`")]
    [InlineData("version: 3", "version: 3\nsourced: true", "names its `sources`")]
    [InlineData("version: 3", "version: 3\nfrom: 2025-02-01\nto: 2025-01-01", "`to` is before `from`")]
    public void A_mistake_is_named_with_its_line(string good, string bad, string sentence)
    {
        var yaml = SampleFramework.Yaml;
        var at = yaml.IndexOf(good, StringComparison.Ordinal);
        Assert.True(at >= 0, good);
        var reading = FrameworkReader.ReadOne(string.Concat(yaml.AsSpan(0, at), bad, yaml.AsSpan(at + good.Length)), "sample.yaml");
        Assert.Empty(reading.Frameworks);
        var problem = reading.Problems.First(p => p.Sentence.Contains(sentence, StringComparison.Ordinal));
        Assert.True(problem.Line > 0);
        Assert.StartsWith("OD10", problem.Code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dataset: nowhere, unit: commune, measure: count", "no dataset `nowhere`")]
    [InlineData("dataset: network_inventory, unit: agency_code, measure: count", "is not open")]
    [InlineData("dataset: cashless_markets, unit: comune, measure: count", "did you mean `commune`?")]
    [InlineData("dataset: cashless_markets, unit: commune, measure: sum", "needs a `column`")]
    [InlineData("dataset: cashless_markets, unit: commune, measure: count, column: stalls", "`count` counts rows")]
    [InlineData("dataset: cashless_markets, unit: commune, measure: sum, column: market", "no exact number")]
    [InlineData("dataset: cashless_markets, unit: commune, measure: sum, column: stalls, period: stalls", "no moment")]
    [InlineData("dataset: cashless_markets, unit: commune, measure: count, filter: [{ column: marke, equals: a }]", "did you mean `market`?")]
    [InlineData("dataset: cashless_markets, unit: commune, measure: count, filter: [{ column: stalls, equals: many }]", "`many` is no value of `stalls` (integer)")]
    [InlineData("dataset: cashless_markets, unit: commune, measure: count, filter: [{ column: market, in: [] }]", "has 1 to 100 values")]
    [InlineData("dataset: cashless_markets, unit: commune, measure: count, filter: [{ column: market, equals: a, in: [b] }]", "either `equals` or `in`")]
    [InlineData("dataset: cashless_markets, unit: stalls_qr, measure: count, filter: [{ column: month, in: [2025-07-01, 2025-7-1] }]", "`2025-7-1` is no value of `month` (date)")]
    [InlineData("dataset: cashless_markets, unit: value_million, measure: count", "names no unit")]
    public void An_automatic_input_is_held_to_the_contract_of_its_dataset(string query, string sentence)
    {
        using var folder = new TestFolder();
        folder.Write("frameworks/sample.yaml", SampleFramework.Yaml.Replace(
            "formula: { kind: count_capped, full: 3 }", $"formula: {{ kind: count_capped, full: 3 }}, automatic: [ {{ role: n, {query} }} ]", StringComparison.Ordinal));
        var reading = FrameworkReader.Read(folder.Path, CatalogReader.Read(Folder).Catalog);
        Assert.Empty(reading.Frameworks);
        Assert.Contains(sentence, Assert.Single(reading.Problems).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Rubbish_of_any_kind_is_a_problem_and_no_crash()
    {
        var random = new Random(20261127);
        for (var i = 0; i < 400; i++)
        {
            var text = SampleFramework.Yaml.ToCharArray();
            for (var change = 0; change < 3; change++)
            {
                text[random.Next(text.Length)] = "{}[]:,\"'- \n#0aé"[random.Next(15)];
            }

            var reading = FrameworkReader.ReadOne(new string(text), "sample.yaml");
            Assert.True(reading.Frameworks.Count == 1 || reading.Problems.Count > 0);
        }
    }

    [Fact]
    public void A_difference_between_two_frameworks_is_named_and_nothing_else()
    {
        var before = FrameworkReader.ReadOne(SampleFramework.Yaml, "sample.yaml").Frameworks.Single();
        var after = FrameworkReader.ReadOne(
            SampleFramework.Yaml.Replace("full: 3", "full: 5", StringComparison.Ordinal).Replace(", missing: previous", "", StringComparison.Ordinal), "sample.yaml").Frameworks.Single();
        Assert.Equal(
            [new FrameworkChange("components/2.1/formula", "count_capped 3", "count_capped 5"), new FrameworkChange("components/2.1/missing", "Previous", "Zero")],
            FrameworkFacts.Compare(before, after));
        Assert.Empty(FrameworkFacts.Compare(before, before));
    }

    [Fact]
    public void A_hash_changes_with_what_a_framework_says_and_not_with_how_its_file_is_written()
    {
        var hash = Hash(SampleFramework.Yaml);
        Assert.Equal(hash, Hash(SampleFramework.Yaml.Replace("points: 60", "points: 60.00", StringComparison.Ordinal) + "\n# a remark"));
        Assert.NotEqual(hash, Hash(SampleFramework.Yaml.Replace("deputy: 0.5", "deputy: 0.6", StringComparison.Ordinal)));
        Assert.NotEqual(hash, Hash(SampleFramework.Yaml.Replace("zero: not_applicable", "zero: full", StringComparison.Ordinal)));

        var automatic = SampleFramework.Yaml.Replace("full: 3 }", "full: 3 }, automatic: [ { role: n, dataset: d, unit: u, measure: count, filter: [{ column: c, in: [x, y] }] } ]", StringComparison.Ordinal);
        Assert.NotEqual(hash, Hash(automatic));
        Assert.NotEqual(Hash(automatic), Hash(automatic.Replace("[x, y]", "[x]", StringComparison.Ordinal)));
        Assert.Equal(Hash(automatic.Replace("in: [x, y]", "in: [x]", StringComparison.Ordinal)), Hash(automatic.Replace("in: [x, y]", "equals: x", StringComparison.Ordinal)));

        static string Hash(string yaml) => FrameworkFacts.Hash(FrameworkReader.ReadOne(yaml, "sample.yaml").Frameworks.Single());
    }
}
