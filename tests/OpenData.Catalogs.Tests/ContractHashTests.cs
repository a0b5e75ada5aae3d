using System.Text.Json;
using OpenData.TestKit;

namespace OpenData.Catalogs.Tests;

public sealed class ContractHashTests
{
    private static readonly DatasetContract Cases = CatalogReader.ReadContract(SampleCatalog.Cases, "x").Contract!;

    [Fact]
    public void The_data_part_is_canonical_JSON_without_personal_columns() => Culture.Vietnamese(() =>
    {
        var json = ContractHash.DataPartJson(Cases);
        Golden.Match(json, extension: "json");
        using var document = JsonDocument.Parse(json);
        Assert.Equal(7, document.RootElement.GetProperty("columns").GetArrayLength());
        Assert.DoesNotContain("citizen_id", json, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("Hồ sơ một cửa", "Hồ sơ")]
    [InlineData("en: Commune }", "en: Ward }")]
    [InlineData("0 30 1 * * ?", "0 30 2 * * ?")]
    [InlineData("data@example.vn", "dulieu@example.vn")]
    [InlineData("shrink_max: 0.2", "shrink_max: 0.3")]
    [InlineData("null_texts: [\"-\"]", "null_texts: [\"?\"]")]
    [InlineData("from: kenh", "from: kenhNop")]
    [InlineData("versions: 24", "versions: 25")]
    public void Words_and_rules_do_not_change_the_hash(string right, string other)
        => Assert.Equal(ContractHash.OfDataPart(Cases), Changed(right, other));

    [Theory]
    [InlineData("name: channel", "name: way")]
    [InlineData("decimal(14,0)", "decimal(14,2)")]
    [InlineData("unit: VND", "unit: kVND")]
    [InlineData("order: [submitted_at, case_id]", "order: [case_id]")]
    [InlineData("key: [case_id]", "key: [case_id, commune]")]
    [InlineData("access: open", "time_zone: UTC")]
    [InlineData("from: maXa, type: code", "from: maXa, type: code, search: true")]
    public void What_makes_bytes_changes_the_hash(string right, string other)
        => Assert.NotEqual(ContractHash.OfDataPart(Cases), Changed(right, other));

    private static string Changed(string right, string other)
    {
        Assert.Contains(right, SampleCatalog.Cases, StringComparison.Ordinal);
        var (contract, problems) = CatalogReader.ReadContract(SampleCatalog.Cases.Replace(right, other, StringComparison.Ordinal), "x");
        Assert.Empty(problems);
        return ContractHash.OfDataPart(contract!);
    }
}
