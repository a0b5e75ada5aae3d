using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Landing;

namespace OpenData.Warehouse.Tests.Staging;

public sealed class PersonalLandingTests
{
    private const string Planted = "038099000001";

    private static readonly ColumnContract[] Columns =
    [
        Stage.Column("code", ColumnKind.Code) with { From = "ma" },
        Stage.Column("citizen") with { From = "cccd", Personal = true },
        Stage.Column("fee", ColumnKind.Integer) with { From = "phi" },
    ];

    public static TheoryData<string, string> Inputs => new()
    {
        { "csv", $"phi,cccd,ma\n1,{Planted},01\nx,{Planted},02\n3,{Planted},03,{Planted}\n4,{Planted}\"q,04\n,,05\n" },
        { "http_json", $$"""[{"ma":"01","cccd":"{{Planted}}","phi":1},{"ma":"02","cccd":["{{Planted}}"],"phi":"x"},"{{Planted}}",{"ma":"03","ma":"{{Planted}}"},{"ma":"05","{{Planted}}":1}]""" },
        { "odata", $$"""[{"ma":"01","cccd@note":"{{Planted}}","cccd":"{{Planted}}","phi":1},{"ma":"02","cccd":["{{Planted}}"],"phi":"x"},"{{Planted}}",{"ma":"03","ma":"{{Planted}}"},{"ma":"05","@{{Planted}}":1}]""" },
        { "ndjson", $"{{\"ma\":\"01\",\"cccd\":\"{Planted}\",\"phi\":1}}\n{{\"ma\":\"02\",\"cccd\":\"{Planted}\",\"phi\":\"x\"}}\n{{\"cccd\":\"{Planted}\",}}\n\"{Planted}\"\n{{\"ma\":\"05\"}}\n" },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Personal_text_is_in_no_file_after_landing_and_staging(string kind, string text)
    {
        using var stage = new Stage();
        var contract = Stage.Contract(kind, Columns);
        var table = stage.Load(contract, text.Replace("\"ma\":\"" + Planted, "\"ma\":\"04", StringComparison.Ordinal));
        Assert.Equal(5, table.Received);
        Assert.Equal(5, table.Counted);
        Assert.Equal(3, table.Quarantined);
        Assert.Equal(["01", "1"], Stage.Rows(table)[0]);
        Assert.Equal(["05", null], Stage.Rows(table)[1]);
        Assert.True(table.Files[0].IsCleaned);
        Assert.NotEqual(table.Files[0].Sha256, table.Files[0].OriginalSha256);
        var planted = Encoding.UTF8.GetBytes(Planted);
        foreach (var file in Directory.EnumerateFiles(stage.DataFolder, "*", SearchOption.AllDirectories))
        {
            Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(planted) < 0, file);
        }
    }

    [Fact]
    public void Messages_about_such_a_dataset_repeat_no_header_name()
    {
        using var stage = new Stage();
        var contract = Stage.Contract("csv", Columns) with { Drift = new DriftPolicy("block", "block", "quarantine") };
        var failure = Assert.Throws<OpenDataException>(() => stage.Load(contract, $"ma,phi,cccd,{Planted}\n"));
        Assert.Equal("OD2107", failure.Code.Code);
        Assert.DoesNotContain(Planted, failure.ToString(), StringComparison.Ordinal);
        failure = Assert.Throws<OpenDataException>(() => stage.Load(contract, $"ma,phi,{Planted},{Planted}\n"));
        Assert.DoesNotContain(Planted, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_keeps_its_dates_numbers_and_codes_when_personal_columns_are_dropped()
    {
        using var stage = new Stage();
        ColumnContract[] columns =
        [
            Stage.Column("code", ColumnKind.Code), Stage.Column("citizen") with { Personal = true },
            Stage.Column("day", ColumnKind.Date) with { Format = "dd/MM/yyyy" }, Stage.Decimal("fee", 10, 2),
        ];
        var workbook = Workbook.Make(
            "S",
            [
                [.. columns.Select(c => Workbook.Text(c.Name))],
                [Workbook.Number("12", 2), Workbook.Text(Planted), Workbook.Number("45839", 1), Workbook.Number("1.5")],
                [Workbook.Number("13"), Workbook.Text(Planted), Workbook.Text("02/07/2025"), Workbook.Number("2")],
                [Workbook.Text("14"), Workbook.Text(Planted), Workbook.Text("02/07/2025"), "<c t=\"e\"><v>#N/A</v></c>"],
            ]);
        var table = stage.Load(Stage.Contract("xlsx", columns), workbook);
        Assert.Equal(["00012", "2025-07-01", "1.50"], Stage.Rows(table)[0]);
        Assert.Equal(["code_as_number", "error_cell"], Stage.Rules(table));
        var planted = Encoding.UTF8.GetBytes(Planted);
        Assert.All(
            Directory.EnumerateFiles(stage.DataFolder, "*", SearchOption.AllDirectories),
            f => Assert.True(File.ReadAllBytes(f).AsSpan().IndexOf(planted) < 0, f));
    }

    [Fact]
    public void A_public_column_cannot_carry_a_personal_one_inside()
    {
        using var stage = new Stage();
        var contract = Stage.Contract(
            "http_json",
            Stage.Column("sender", ColumnKind.Json) with { From = "nguoi" },
            Stage.Column("citizen") with { From = "nguoi.cccd", Personal = true });
        Assert.Equal("OD2116", stage.Fails(contract, "[]"));
    }

    [Fact]
    public void Landing_the_same_bytes_twice_gives_the_same_file()
    {
        using var stage = new Stage();
        var contract = Stage.Contract("csv", Stage.Column("a"));
        var first = stage.Land(contract, "a\n1\n"u8.ToArray());
        var second = stage.Land(contract, "a\n1\n"u8.ToArray());
        Assert.Equal(first.Path, second.Path);
        Assert.Equal(4, first.Length);
        Assert.EndsWith(Path.Combine("landing", first.Sha256[..2], first.Sha256), first.Path, StringComparison.Ordinal);
        Assert.True(LandingStore.IsIntact(first));
        File.AppendAllText(first.Path, "x");
        Assert.False(LandingStore.IsIntact(first));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(stage.DataFolder, "*", SearchOption.AllDirectories),
            f => Path.GetFileName(f).StartsWith("spool", StringComparison.Ordinal));
    }

    [Fact]
    public void A_landed_file_that_is_gone_or_changed_is_an_error()
    {
        using var stage = new Stage();
        var contract = Stage.Contract("csv", Stage.Column("a"));
        var file = stage.Land(contract, "a\n1\n"u8.ToArray());
        File.AppendAllText(file.Path, "x");
        var failure = Assert.Throws<OpenDataException>(
            () => OpenData.Warehouse.Staging.StagingLoader.Load(contract, [file], stage.Options(), CancellationToken.None));
        Assert.Equal("OD2118", failure.Code.Code);
    }
}
