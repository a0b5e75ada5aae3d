using OpenData.TestKit;

namespace OpenData.Catalogs.Tests;

/// <summary>The catalogues that this repository ships and tests with.</summary>
public sealed class ShippedCatalogTests
{
    private static readonly CatalogReading Shipped = CatalogReader.Read(Repository.File("catalogs/thai-nguyen"));

    [Fact]
    public void The_catalogue_of_Thai_Nguyen_has_no_problem_and_twenty_three_datasets()
    {
        var reading = CatalogReader.Read(Repository.File("catalogs/thai-nguyen"));
        Assert.Empty(reading.Problems.Select(p => p.ToString()));
        Assert.Equal(23, reading.Catalog.Datasets.Count);
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

    [Fact]
    public void Every_dataset_can_be_ordered_and_every_unit_of_government_has_validity_in_its_key()
    {
        var graph = DatasetGraph.Of(Shipped.Catalog.Datasets);
        Assert.Equal(Shipped.Catalog.Datasets.Count, graph.Order.Count);
        Assert.Equal(["code", "level", "valid_from"], Shipped.Catalog.Find("administrative_units")!.Key);
    }

    [Fact]
    public void Contracts_are_read_the_same_under_a_Vietnamese_culture() => Culture.Vietnamese(() =>
    {
        var again = CatalogReader.Read(Repository.File("catalogs/thai-nguyen"));
        Assert.Empty(again.Problems);
        Assert.Equal(Shipped.Catalog.Datasets.Select(ContractHash.OfDataPart), again.Catalog.Datasets.Select(ContractHash.OfDataPart));
    });

    [Fact]
    public void A_contract_kept_with_a_version_reads_back_as_the_same_contract()
        => Assert.All(Shipped.Catalog.Datasets, d =>
        {
            var (kept, problems) = CatalogReader.ReadContract(d.Yaml, d.File);
            Assert.Empty(problems);
            Assert.Equal(ContractHash.OfDataPart(d), ContractHash.OfDataPart(kept!));
        });
}
