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
    public void Several_sheets_are_read_as_one_each_with_its_own_header_and_footer()
    {
        var contract = Stage.Contract(new SourceBinding("xlsx") { Sheets = "Quý ?", SkipRows = 1, Footer = "Tổng" }, Stage.Column("a"), Stage.Column("b"));
        IReadOnlyList<string>[] Rows(string a, string b) => [[Text("BÁO CÁO")], [Text(a), Text(b)], [Text("1" + a), Text("1" + b)], [Text("2" + a), Text("2" + b)], [Text("Tổng")], [Text("ký")]];
        using var stage = new Stage();
        var table = stage.Load(contract, Make(is1904: false, Sheet("Hướng dẫn", [[Text("x")]]), Sheet("Quý 1", Rows("a", "b")), Sheet("Quý 10", [[Text("x")]]), Sheet("Quý 2", Rows("b", "a"))));
        Assert.Equal((4, 4), (table.Received, table.Counted));
        Assert.Equal(["1a1b", "2a2b", "1a1b", "2a2b"], Stage.Rows(table).Select(r => string.Concat(r)));
        Assert.Equal("OD2115", stage.Fails(contract with { Source = contract.Source with { Sheets = "Tháng *" } }, Make(is1904: false, Sheet("Quý 1", Rows("a", "b")))));
        Assert.Equal("OD2105", stage.Fails(contract, Make(is1904: false, Sheet("Quý 1", Rows("a", "b")), Sheet("Quý 2", Rows("a", "c")))));
    }

    [Fact]
    public void Dates_of_the_1904_system_are_the_days_that_people_see()
    {
        using var stage = new Stage();
        var contract = Stage.Contract(new SourceBinding("xlsx"), Stage.Column("day", ColumnKind.Date));
        // 1 July 2025 is 45839 days after 30 December 1899 and 44377 after 1 January 1904.
        IReadOnlyList<string>[] Day(string number) => [[Text("day")], [Number(number, 1)]];
        Assert.Equal("2025-07-01", Stage.Rows(stage.Load(contract, Make(is1904: false, Sheet("a", Day("45839")))))[0][0]);
        using var other = new Stage();
        Assert.Equal("2025-07-01", Stage.Rows(other.Load(contract, Make(is1904: true, Sheet("a", Day("44377")))))[0][0]);
    }

    [Fact]
    public void Hidden_rows_are_rows_and_a_formula_without_a_result_is_refused()
    {
        using var stage = new Stage();
        var contract = Stage.Contract(new SourceBinding("xlsx"), Stage.Column("name"), Stage.Column("sum", ColumnKind.Integer));
        var table = stage.Load(contract, Make(
            "a", [[Text("name"), Text("sum")], [Hidden, Text("hidden"), Number("1")], [Text("worked out"), Formula("3")], [Text("not"), Formula(null)], [Empty, Formula(null)], [Text("error"), "<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>"]]));
        Assert.Equal((5, 5), (table.Received, table.Counted));
        Assert.Equal(["hidden1", "worked out3"], Stage.Rows(table).Select(r => string.Concat(r)));
        Assert.Equal(["formula_without_value", "formula_without_value", "error_cell"], Stage.Rules(table));
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
