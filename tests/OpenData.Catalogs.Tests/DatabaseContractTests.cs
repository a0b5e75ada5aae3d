namespace OpenData.Catalogs.Tests;

/// <summary>What a contract may say of a database.</summary>
public sealed class DatabaseContractTests
{
    [Theory]
    [InlineData("connection: \"${DB}\", table: public.units", null)]
    [InlineData("connection: \"${DB}\", query: 'with x as (select 1) select * from x', counted: false", null)]
    [InlineData("connection: \"Host=x;Password=planted\", table: public.units", "OD1014")]
    [InlineData("connection: \"Host=x;Password=${DB}\", table: public.units", "OD1014")]
    [InlineData("table: public.units", "OD1004")]
    [InlineData("connection: \"${DB}\"", "OD1004")]
    [InlineData("connection: \"${DB}\", table: public.units, query: select 1", "OD1016")]
    [InlineData("connection: \"${DB}\", table: units", "OD1006")]
    [InlineData("connection: \"${DB}\", table: 'public.\"units\"'", "OD1006")]
    [InlineData("connection: \"${DB}\", query: delete from units", "OD1006")]
    [InlineData("connection: \"${DB}\", query: select 1; drop table units", "OD1006")]
    [InlineData("connection: \"${DB}\", table: public.units, incremental: { column: code }", "OD1016")]
    public void A_mistake_is_named_and_a_secret_is_not_repeated(string source, string? code)
    {
        var yaml = SampleCatalog.Units.Replace("kind: manual, path: ../data/units.csv", $"kind: database, {source}", StringComparison.Ordinal);
        var problems = CatalogReader.ReadContract(yaml, "units.yaml").Problems;
        Assert.Equal(code, problems.Count == 0 ? null : problems[0].Code);
        Assert.All(problems, p => Assert.DoesNotContain("planted", p.ToString(), StringComparison.Ordinal));
    }
}
