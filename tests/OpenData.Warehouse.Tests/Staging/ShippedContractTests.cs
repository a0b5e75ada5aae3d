using OpenData.Catalogs;
using OpenData.TestKit;

namespace OpenData.Warehouse.Tests.Staging;

public sealed class ShippedContractTests
{
    [Fact]
    public void Data_shipped_with_the_catalogue_is_staged_without_a_refusal()
    {
        var folder = Repository.File("catalogs/thai-nguyen");
        var manual = CatalogReader.Read(folder).Catalog.Datasets.Where(d => d.Source.Kind == "manual").ToList();
        Assert.NotEmpty(manual);
        using var stage = new Stage();
        foreach (var contract in manual)
        {
            var table = stage.LoadFile(contract, Path.Combine(folder, "datasets", contract.Source.Path!));
            Assert.True(table.Rows > 0, contract.Id);
            Assert.Equal(0, table.Quarantined);
            Assert.Empty(table.NewColumns);
        }
    }

    [Fact]
    public void Units_of_all_times_are_there_with_their_codes()
    {
        var folder = Repository.File("catalogs/thai-nguyen");
        var contract = CatalogReader.Read(folder).Catalog.Find("administrative_units")!;
        using var stage = new Stage();
        var table = stage.LoadFile(contract, Path.Combine(folder, "datasets", contract.Source.Path!));

        // 34 provinces and 3,321 communes now; 63, 696 and 10,035 units before 1 July 2025.
        Assert.Equal(34 + 3321 + 63 + 696 + 10_035, table.Rows);
        Assert.Equal([["0"]], Stage.Read(table, "SELECT count(*) FROM staged WHERE length(code) NOT IN (2, 3, 5)"));
    }
}
