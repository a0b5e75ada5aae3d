using OpenData.Catalogs;
using OpenData.TestKit;
using OpenData.Warehouse.Staging;

namespace OpenData.Warehouse.Tests.Staging;

public sealed class ContractProposalTests
{
    [Fact]
    public void A_csv_sample_becomes_a_contract_to_correct()
    {
        using var folder = new TestFolder();
        var path = folder.Write(
            "Hồ sơ.csv",
            "Báo cáo quý\nMã xã;Số hồ sơ;Lệ phí;Ngày nộp;Kênh;Diện tích;Ghi chú\n00123;1;1.234.567,50;25/07/2025;online;12.5;\n00124;2;5,00;01/07/2025;\"quầy; giấy\";7;x\n");
        Golden.Match(ContractProposal.Propose(path), extension: "yaml");
    }

    [Fact]
    public void A_value_with_a_leading_zero_makes_a_code_and_one_letter_makes_text()
    {
        using var folder = new TestFolder();
        var yaml = ContractProposal.Propose(folder.Write("a.csv", "a,b,c\n0164,1,10\n7,2,20\n8,A3,30\n"));
        Assert.Contains("name: a, type: code", yaml, StringComparison.Ordinal);
        Assert.Contains("name: b, type: text", yaml, StringComparison.Ordinal);
        Assert.Contains("name: c, type: integer", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void Delimiters_inside_quotes_do_not_make_a_title_of_the_header()
    {
        using var folder = new TestFolder();
        var yaml = ContractProposal.Propose(folder.Write("a.csv", "code,formed_from\n00004,\"Phường A, Phường B\"\n00008,\"Phường C, Phường D\"\n"));
        Assert.DoesNotContain("skip_rows", yaml, StringComparison.Ordinal);
        Assert.Contains("name: code, type: code", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_lines_features_and_workbooks_are_recognised()
    {
        using var folder = new TestFolder();
        var json = ContractProposal.Propose(folder.Write("a.json", """{"total":1,"result":{"items":[{"maHoSo":"01","donVi":{"ten":"A"},"co":true,"luc":"2025-07-01T08:00:00"}]}}"""));
        Assert.Contains("kind: http_json", json, StringComparison.Ordinal);
        Assert.Contains("records: \"$.result.items\"", json, StringComparison.Ordinal);
        Assert.Contains("name: ma_ho_so, from: \"maHoSo\", type: code", json, StringComparison.Ordinal);
        Assert.Contains("from: \"donVi.ten\", type: text", json, StringComparison.Ordinal);
        Assert.Contains("name: co, type: boolean", json, StringComparison.Ordinal);
        Assert.Contains("name: luc, type: timestamp", json, StringComparison.Ordinal);
        Assert.Contains("kind: ndjson", ContractProposal.Propose(folder.Write("b.ndjson", "{\"a\":1}\n{\"a\":2}\n")), StringComparison.Ordinal);
        var geo = ContractProposal.Propose(folder.Write(
            "c.geojson", """{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"loai":"x"}}]}"""));
        Assert.Contains("kind: geojson", geo, StringComparison.Ordinal);
        Assert.Contains("type: geometry(any)", geo, StringComparison.Ordinal);
        var sheet = Workbook.Make("S", [[Workbook.Text("Tiêu đề")], [Workbook.Text("Mã"), Workbook.Text("Ngày")], [Workbook.Text("01"), Workbook.Number("45839", 1)]]);
        var xlsx = ContractProposal.Propose(folder.Write("d.xlsx", sheet));
        Assert.Contains("skip_rows: 1", xlsx, StringComparison.Ordinal);
        Assert.Contains("name: ngay, from: \"Ngày\", type: date", xlsx, StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_encoding_is_recognised()
    {
        using var folder = new TestFolder();
        byte[] bytes = [.. "a,b\nTh"u8, 0xB8, .. "i Nguy"u8, 0xAA, .. "n,1\n"u8];
        Assert.Contains("encoding: tcvn3", ContractProposal.Propose(folder.Write("a.csv", bytes)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_completed_proposal_is_a_contract_that_reads_its_sample()
    {
        using var folder = new TestFolder();
        using var stage = new Stage();
        const string Csv = "Mã xã;Số hồ sơ;Ngày nộp\n00123;1;25/07/2025\n00124;2;01/07/2025\n";
        var yaml = ContractProposal.Propose(folder.Write("ho_so.csv", Csv)).Replace("CHANGE_ME", "x", StringComparison.Ordinal);
        var (contract, problems) = CatalogReader.ReadContract(yaml, "ho_so.yaml");
        Assert.Empty(problems);
        Assert.Equal(2, stage.Load(contract!, Csv).Rows);
    }
}
