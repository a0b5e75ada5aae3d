namespace OpenData.Catalogs.Tests;

/// <summary>What a contract may say of a table of a CKAN portal.</summary>
public sealed class CkanContractTests
{
    [Theory]
    [InlineData("url: 'https://ckan.example.vn', resource_id: abc-1", null)]
    [InlineData("url: \"${CKAN_URL}/du-lieu\", resource_id: abc, filters: { 'Mã xã': ['05440', 1], year: 2025 }, size: 32000, auth: { key: \"${KEY}\", header: Authorization }", null)]
    [InlineData("url: 'https://ckan.example.vn'", "OD1004")]
    [InlineData("resource_id: abc", "OD1004")]
    [InlineData("url: 'https://ckan.example.vn/api/3/action/datastore_search?resource_id=1', resource_id: abc", "OD1006")]
    [InlineData("url: 'https://ckan.example.vn', resource_id: 'a&b'", "OD1006")]
    [InlineData("url: 'https://ckan.example.vn', resource_id: abc, size: 32001", "OD1006")]
    [InlineData("url: 'https://ckan.example.vn', resource_id: abc, filters: [a]", "OD1005")]
    [InlineData("url: 'https://ckan.example.vn', resource_id: abc, filters: { a: { b: 1 } }", "OD1006")]
    [InlineData("url: 'https://ckan.example.vn', resource_id: abc, filters: { a: [] }", "OD1006")]
    [InlineData("url: 'https://ckan.example.vn', resource_id: abc, auth: { key: planted, header: Authorization }", "OD1014")]
    public void A_mistake_is_named(string source, string? code)
    {
        var yaml = SampleCatalog.Units.Replace("kind: manual, path: ../data/units.csv", $"kind: ckan, {source}", StringComparison.Ordinal);
        var problems = CatalogReader.ReadContract(yaml, "units.yaml").Problems;
        Assert.Equal(code, problems.Count == 0 ? null : problems[0].Code);
    }

    [Fact]
    public void Filters_and_paging_are_those_of_the_contract()
    {
        var yaml = SampleCatalog.Units.Replace(
            "kind: manual, path: ../data/units.csv", "kind: ckan, url: 'https://x.vn', resource_id: abc, filters: { a: ['01', x], b: 2 }", StringComparison.Ordinal);
        var source = CatalogReader.ReadContract(yaml, "units.yaml").Contract!.Source;
        Assert.Equal(["a=01,x", "b=2"], source.Filters.Select(f => $"{f.Key}={string.Join(',', f.Value)}"));
        Assert.Equal(new PagingBinding("offset") { Parameter = "offset", SizeParameter = "limit", Size = 1000 }, source.Paging);
    }
}
