namespace OpenData.Catalogs.Tests;

/// <summary>What a contract may say of published assessments.</summary>
public sealed class ScoresContractTests
{
    [Theory]
    [InlineData("table: ranks", null)]
    [InlineData("table: component_scores", null)]
    [InlineData("table: drafts", "OD1006")]
    [InlineData("table: 'scores; drop table rounds'", "OD1006")]
    [InlineData("table: [scores]", "OD1005")]
    [InlineData("query: select 1", "OD1003")]
    [InlineData("table: ranks, url: 'https://x.vn'", "OD1003")]
    public void A_table_of_the_list_and_nothing_else(string source, string? code)
    {
        var yaml = SampleCatalog.Units.Replace("kind: manual, path: ../data/units.csv", $"kind: scores, {source}", StringComparison.Ordinal);
        var reading = CatalogReader.ReadContract(yaml, "administrative_units.yaml");
        Assert.Equal(code, reading.Problems.Count == 0 ? null : reading.Problems[0].Code);
        Assert.Equal(code is null, reading.Contract is not null);
    }

    [Fact]
    public void Without_a_table_it_is_refused()
    {
        var yaml = SampleCatalog.Units.Replace("kind: manual, path: ../data/units.csv", "kind: scores", StringComparison.Ordinal);
        Assert.Equal("OD1004", Assert.Single(CatalogReader.ReadContract(yaml, "administrative_units.yaml").Problems).Code);
    }
}
