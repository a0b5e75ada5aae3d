using OpenData.TestKit;

namespace OpenData.Catalogs.Tests;

/// <summary>The catalogues that this repository ships and tests with.</summary>
public sealed class ShippedCatalogTests
{
    [Fact]
    public void The_catalogue_of_Thai_Nguyen_has_no_problem_and_seventeen_datasets()
    {
        var reading = CatalogReader.Read(Repository.File("catalogs/thai-nguyen"));
        Assert.Empty(reading.Problems.Select(p => p.ToString()));
        Assert.Equal(17, reading.Catalog.Datasets.Count);
    }

    [Fact]
    public void The_contracts_of_the_real_unit_lists_have_no_problem()
    {
        var reading = CatalogReader.Read(Repository.File("tests/OpenData.Journeys.Tests/fixtures/real-units"));
        Assert.Empty(reading.Problems.Select(p => p.ToString()));
        Assert.Equal(6, reading.Catalog.Datasets.Count);
    }

    [Fact]
    public void What_is_made_up_says_so_in_both_languages()
        => Assert.All(
            CatalogReader.Read(Repository.File("catalogs/thai-nguyen")).Catalog.Datasets.Where(d => d.Synthetic),
            d =>
            {
                Assert.StartsWith("Dữ liệu mô phỏng", d.Summary.Vi, StringComparison.Ordinal);
                Assert.StartsWith("Synthetic data", d.Summary.En, StringComparison.Ordinal);
            });

    [Fact]
    public void Nothing_from_the_sample_agencies_passes_as_real()
        => Assert.All(
            CatalogReader.Read(Repository.File("catalogs/thai-nguyen")).Catalog.Datasets.Where(d => d.Source.Url is not null),
            d => Assert.True(d.Synthetic, d.Id));

    [Fact]
    public void No_personal_column_is_public()
        => Assert.All(
            CatalogReader.Read(Repository.File("catalogs/thai-nguyen")).Catalog.Datasets,
            d => Assert.DoesNotContain(d.PublicColumns, c => c.Name.Contains("citizen", StringComparison.Ordinal) || c.Name.Contains("phone", StringComparison.Ordinal)));
}
