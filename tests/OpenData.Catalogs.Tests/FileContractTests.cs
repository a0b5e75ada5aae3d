namespace OpenData.Catalogs.Tests;

/// <summary>What a contract may say of files in a folder and sheets of a workbook.</summary>
public sealed class FileContractTests
{
    [Theory]
    [InlineData("kind: csv, path: /in, pattern: 'bao-cao-*.csv', pick: newest_name", null)]
    [InlineData("kind: xlsx, path: \"${IN}\", pick: newest_time, sheets: 'Quý ?'", null)]
    [InlineData("kind: csv, path: /in, pattern: '../*.csv'", "OD1006")]
    [InlineData("kind: csv, path: /in, pick: newest", "OD1006")]
    [InlineData("kind: csv, url: 'https://x.vn/a', pattern: '*.csv'", "OD1016")]
    [InlineData("kind: csv, url: 'https://x.vn/a', pick: newest_name", "OD1016")]
    [InlineData("kind: xlsx, path: /in, sheet: A, sheets: 'A*'", "OD1016")]
    [InlineData("kind: csv, path: /in, sheets: 'A*'", "OD1003")]
    public void A_mistake_is_named(string source, string? code)
    {
        var yaml = SampleCatalog.Units.Replace("kind: manual, path: ../data/units.csv", source, StringComparison.Ordinal);
        var problems = CatalogReader.ReadContract(yaml, "units.yaml").Problems;
        Assert.Equal(code, problems.Count == 0 ? null : problems[0].Code);
    }
}
