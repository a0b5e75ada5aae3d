using OpenData.Catalogs;
using static OpenData.Warehouse.Tests.Staging.Workbook;

namespace OpenData.Warehouse.Tests.Staging;

public sealed class XlsxStagingTests
{
    private static readonly ColumnContract[] Columns =
    [
        Stage.Column("commune", ColumnKind.Code) with { From = "Xã / Mã" },
        Stage.Column("name") with { From = "Xã / Tên" },
        Stage.Decimal("stations", 10, 2) with { From = "Số trạm" },
        Stage.Column("day", ColumnKind.Date) with { From = "Ngày" },
    ];

    private static readonly SourceBinding Source = new("xlsx") { SkipRows = 1, HeaderRows = 2, Footer = "Tổng cộng", Sheet = "Quý 1" };

    private static byte[] Quarter(params IReadOnlyList<string>[] records) => Make(
        "Quý 1",
        [
            [Text("BÁO CÁO TRẠM BTS")],
            [Text("Xã"), Empty, Text("Số trạm"), Text("Ngày")],
            [Text("Mã"), Text("Tên"), Empty, Empty],
            .. records,
            [Text("Tổng cộng"), Empty, Number("99")],
            [Text("Người lập biểu")],
        ],
        "A2:B2", "C2:C3", "D2:D3");

    [Fact]
    public void Title_merged_heads_footer_and_dates_are_read()
    {
        using var stage = new Stage();
        var table = stage.Load(
            Stage.Contract(Source, Columns),
            Quarter([Text("00123"), Text("Ba Đình"), Number("12.5"), Number("45839", 1)], [], [Text("00124"), Text("X"), Number("29.670000000000002"), Empty]));
        Assert.Equal(2, table.Received);
        Assert.Equal(2, table.Counted);
        Assert.Equal(["00123", "Ba Đình", "12.50", "2025-07-01"], Stage.Rows(table)[0]);
        Assert.Equal(["00124", "X", "29.67", null], Stage.Rows(table)[1]);
    }

    [Fact]
    public void A_number_in_a_code_column_is_refused_unless_its_format_shows_the_zeros()
    {
        using var stage = new Stage();
        var table = stage.Load(
            Stage.Contract(Source, Columns),
            Quarter([Number("123"), Text("a"), Empty, Empty], [Number("123", 2), Text("b"), Empty, Empty], [Number("123", 1), Text("c"), Empty, Empty]));
        Assert.Equal(["code_as_number", "type"], Stage.Rules(table));
        Assert.Equal("00123", Stage.Rows(table)[0][0]);
    }

    [Fact]
    public void A_date_with_a_time_is_no_date_and_a_number_is_no_date()
    {
        using var stage = new Stage();
        var table = stage.Load(
            Stage.Contract(Source, Columns),
            Quarter([Text("1"), Text("a"), Empty, Number("45839.5", 3)], [Text("2"), Text("b"), Empty, Number("45839")], [Text("3"), Text("c"), Empty, Text("2025-07-01")]));
        Assert.Equal(["type", "type"], Stage.Rules(table));
        Assert.Equal("2025-07-01", Stage.Rows(table)[0][3]);
    }

    [Fact]
    public void A_duration_is_read_to_the_nearest_microsecond()
    {
        using var stage = new Stage();
        var contract = Stage.Contract(new SourceBinding("xlsx"), Stage.Column("took", ColumnKind.Duration));
        Assert.Equal("97500000", Stage.Rows(stage.Load(contract, Make("a", [[Text("took")], [Number("0.0011284722222222221", 4)]])))[0][0]);
    }

    [Fact]
    public void An_error_cell_is_refused()
    {
        using var stage = new Stage();
        var table = stage.Load(
            Stage.Contract(Source, Columns), Quarter([Text("1"), Text("a"), "<c t=\"e\"><v>#DIV/0!</v></c>", Empty], [], [Text("2"), Text("b"), Number("1"), Empty], ["<c t=\"e\"><v>#N/A</v></c>"]));
        Assert.Equal(3, table.Received);
        Assert.Equal(["1", "stations", "error_cell", null], Stage.Quarantine(table)[0]);
        Assert.Equal(["3", "commune", "error_cell", null], Stage.Quarantine(table)[1]);
    }

    [Fact]
    public void Broken_workbooks_have_names()
    {
        using var stage = new Stage();
        var contract = Stage.Contract(Source, Columns);
        Assert.Equal("OD2101", stage.Fails(contract, ""));
        Assert.Equal("OD2102", stage.Fails(contract, "<!doctype html><title>Login</title>"));
        Assert.Equal("OD2113", stage.Fails(contract, "ma,ten\n"));
        Assert.Equal("OD2113", stage.Fails(contract, Zip(("a.txt", "b"))));
        var good = Quarter([Text("1"), Text("a"), Empty, Empty]);
        Assert.Equal("OD2113", stage.Fails(contract, good[..(good.Length / 2)]));
        Assert.Equal("OD2115", stage.Fails(contract with { Source = Source with { Sheet = "Quý 2" } }, good));
        Assert.Equal("OD2106", stage.Fails(contract with { Source = Source with { HeaderRows = 1 } }, good));
        Assert.Equal("OD2114", stage.Fails(contract, Zip(("xl/workbook.xml", new string(' ', 20_000_000)))));
    }
}
