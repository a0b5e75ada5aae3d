using System.Text;
using OpenData.Catalogs;
using OpenData.TestKit;
using OpenData.Warehouse.Staging;

namespace OpenData.Warehouse.Tests.Staging;

public sealed class CsvStagingTests
{
    private static readonly ColumnContract[] Columns =
    [
        Stage.Column("code", ColumnKind.Code),
        Stage.Column("name"),
        Stage.Column("people", ColumnKind.Integer),
    ];

    [Fact]
    public void Columns_are_found_by_name_whatever_their_order()
    {
        using var stage = new Stage();
        var table = stage.Load(Stage.Contract("csv", Columns), "people,code,name\n5,00123,Ba Đình\n6,00124,Ngọc Hà\n");
        Assert.Equal(2, table.Received);
        Assert.Equal(2, table.Counted);
        Assert.Equal(["00123", "Ba Đình", "5"], Stage.Rows(table)[0]);
    }

    [Fact]
    public void Byte_order_mark_empty_lines_and_mixed_line_ends_are_no_records()
    {
        using var stage = new Stage();
        var table = stage.Load(Stage.Contract("csv", Columns), "\uFEFFcode,name,people\r\n\r\n01,a,1\r02,b,2\n\n03,c,3");
        Assert.Equal(3, table.Received);
        Assert.Equal(["03", "c", "3"], Stage.Rows(table)[2]);
    }

    [Fact]
    public void Quoted_line_breaks_delimiters_and_quotes_belong_to_the_value()
    {
        using var stage = new Stage();
        var table = stage.Load(Stage.Contract("csv", Columns), "code,name,people\n01,\"a,\n\"\"b\"\"\",1\n");
        Assert.Equal("a,\n\"b\"", Stage.Rows(table)[0][1]);
    }

    [Fact]
    public void Ragged_rows_and_misplaced_quotes_go_to_quarantine_with_their_place()
    {
        using var stage = new Stage();
        var table = stage.Load(
            Stage.Contract("csv", Columns), "code,name,people\n01,a\n02,b,2\n03,c,3,4\n04,d\"d,4\n05,\"e\"e,5\n06,f,6\n");
        Assert.Equal(6, table.Received);
        Assert.Equal(4, table.Quarantined);
        Assert.Equal(["ragged", "ragged", "stray_quote", "text_after_quote"], Stage.Rules(table));
        Assert.Equal(["1", null, "ragged", "01,a"], Stage.Quarantine(table)[0]);
        Assert.Equal(["17"], Stage.Read(table, "SELECT byte_offset FROM quarantine WHERE \"row\" = 1")[0]);
        Assert.Equal(["2", "6"], Stage.Read(table, "SELECT _row FROM staged ORDER BY _row").Select(r => r[0]));
    }

    [Fact]
    public void Memory_does_not_grow_with_rows()
    {
        // Values that differ, since equal ones are kept as one: ten row groups of 60 columns hold back 150 MiB until their transaction ends.
        using var stage = new Stage();
        var columns = Enumerable.Range(0, 60).Select(i => Stage.Column(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"c{i}"), ColumnKind.Integer)).ToArray();
        var head = Encoding.UTF8.GetBytes(string.Join(',', columns.Select(c => c.Name)) + "\n");
        const int rows = 1_300_000;
        const int digits = 3;
        var line = columns.Length * (digits + 1);
        var bytes = new byte[head.Length + (line * rows)];
        head.CopyTo(bytes, 0);
        var random = new Random(20261126);
        random.GetItems("123456789"u8, bytes.AsSpan(head.Length));
        for (var at = head.Length + digits; at < bytes.Length; at += digits + 1)
        {
            bytes[at] = (at - head.Length + 1) % line == 0 ? (byte)'\n' : (byte)',';
        }

        var contract = Stage.Contract("csv", columns);
        var table = StagingLoader.Load(contract, [stage.Land(contract, bytes)], stage.Options() with { EngineMemoryMiB = 192 }, CancellationToken.None);

        Assert.Equal(rows, table.Received);
        Assert.Equal([$"{rows}"], Stage.Read(table, "SELECT count(c59) FROM staged")[0]);
    }

    [Fact]
    public void A_bad_value_refuses_its_record_only()
    {
        using var stage = new Stage();
        var table = stage.Load(Stage.Contract("csv", Columns), "code,name,people\n01,a,x\n02,b,2\n");
        Assert.Equal(["1", "people", "type", "x"], Stage.Quarantine(table)[0]);
        Assert.Equal(1, table.Rows);
    }

    [Fact]
    public void Files_run_on_as_one_input()
    {
        using var stage = new Stage();
        var table = stage.Load(Stage.Contract("csv", Columns), "code,name,people\n01,a,1\n", "people,name,code\n2,b,02\n");
        Assert.Equal(["1", "2"], Stage.Read(table, "SELECT _row FROM staged ORDER BY _row").Select(r => r[0]));
        Assert.Equal(["02", "b", "2"], Stage.Rows(table)[1]);
    }

    [Fact]
    public void Skipped_rows_and_footer_are_passed_over()
    {
        using var stage = new Stage();
        var source = new SourceBinding("csv") { SkipRows = 2, Footer = "Tổng cộng", Delimiter = ';' };
        var text = "Báo cáo;;\n\"Quý 1\";;\ncode;name;people\n01;a;1\nTổng cộng: 1;;1\nNgười lập\n";
        var table = stage.Load(Stage.Contract(source, Columns), text.Normalize(NormalizationForm.FormD));
        Assert.Equal(1, table.Received);
        Assert.Equal(1, table.Counted);
        Assert.Equal(["01", "a", "1"], Stage.Rows(table)[0]);
    }

    [Fact]
    public void Whole_file_failures_have_names()
    {
        using var stage = new Stage();
        var contract = Stage.Contract("csv", Columns);
        Assert.Equal("OD2101", stage.Fails(contract, ""));
        Assert.Equal("OD2101", stage.Fails(contract, " \r\n\n"));
        Assert.Equal("OD2102", stage.Fails(contract, "\n<!DOCTYPE html><html><body>Đăng nhập</body></html>"));
        Assert.Equal("OD2104", stage.Fails(contract, "code,name,people\n01,a\0,1\n"));
        Assert.Equal("OD2105", stage.Fails(contract, "code,name\n01,a\n"));
        Assert.Equal("OD2105", stage.Fails(contract, "code;name;people\n01;a;1\n"));
        Assert.Equal("OD2106", stage.Fails(contract, "code,name,people,name\n01,a,1,b\n"));
        Assert.Equal("OD2106", stage.Fails(contract, "code,na\"me,people\n01,a,1\n"));
        Assert.Equal("OD2108", stage.Fails(contract, "code,name,people\n01,\"a,1\n02,b,2\n"));
        Assert.Equal("OD2109", stage.Fails(contract, "code,name,people\n01," + new string('a', 17 * 1024 * 1024) + ",1\n"));
    }

    [Fact]
    public void A_wrong_byte_is_named_with_byte_row_and_column()
    {
        using var stage = new Stage();
        var bytes = Encoding.UTF8.GetBytes("code,name,people\n01,a,1\n02,bX,2\n");
        bytes[Array.IndexOf(bytes, (byte)'X')] = 0xE0;
        var failure = Assert.Throws<OpenData.Catalogs.Errors.OpenDataException>(() => stage.Load(Stage.Contract("csv", Columns), bytes));
        Assert.Equal("OD2103", failure.Code.Code);
        Assert.Equal("At byte 28, line 3, column 2: byte 0xE0 is not UTF-8.", failure.Detail.En);
    }

    [Fact]
    public void New_columns_follow_the_drift_policy()
    {
        using var stage = new Stage();
        var contract = Stage.Contract("csv", Columns);
        var text = "code,name,people,extra\n01,a,1,z\n";
        Assert.Equal(["extra"], stage.Load(contract, text).NewColumns);
        Assert.Empty(stage.Load(contract with { Drift = new DriftPolicy("ignore", "block", "quarantine") }, text).NewColumns);
        Assert.Equal("OD2107", stage.Fails(contract with { Drift = new DriftPolicy("block", "block", "quarantine") }, text));
    }

    [Fact]
    public void A_missing_column_may_become_null_where_the_contract_says_so()
    {
        using var stage = new Stage();
        var contract = Stage.Contract("csv", Columns) with { Drift = new DriftPolicy("propose", "null", "quarantine") };
        var table = stage.Load(contract, "code,name\n01,a\n");
        Assert.Equal(["people"], table.MissingColumns);
        Assert.Equal(["01", "a", null], Stage.Rows(table)[0]);
        var required = contract with { Columns = [.. Columns.Select(c => c with { Required = true })] };
        Assert.Equal("OD2105", stage.Fails(required, "code,name\n01,a\n"));
    }

    [Fact]
    public void Another_type_may_block()
    {
        using var stage = new Stage();
        var contract = Stage.Contract("csv", Columns) with { Drift = new DriftPolicy("propose", "block", "block") };
        Assert.Equal("OD2117", stage.Fails(contract, "code,name,people\n01,a,x\n"));
    }

    [Fact]
    public void A_header_alone_is_an_input_of_no_records()
    {
        using var stage = new Stage();
        Assert.Equal(0, stage.Load(Stage.Contract("csv", Columns), "code,name,people\n").Received);
    }

    [Theory]
    [InlineData("communes_2025.csv", 3321, "commune_code")]
    [InlineData("communes_pre2025.csv", 10035, "commune_code")]
    [InlineData("districts_pre2025.csv", 696, "district_code")]
    [InlineData("provinces_2025.csv", 34, "province_code")]
    [InlineData("provinces_pre2025.csv", 63, "province_code")]
    [InlineData("mapping_old_to_new_2025-07-01.csv", 10667, "old_code")]
    public void Real_files_are_staged_row_by_row(string file, long rows, string code)
    {
        var path = new[] { Repository.File("../../shared/data/admin-units/" + file), Repository.File("../shared/data/admin-units/" + file) }
            .FirstOrDefault(File.Exists);
        if (path is null)
        {
            return;
        }

        using var stage = new Stage();
        var header = File.ReadLines(path).First().Split(',');
        var columns = header.Select(h => Stage.Column(h, h == code ? ColumnKind.Code : ColumnKind.Text)).ToArray();
        var table = stage.LoadFile(Stage.Contract("csv", columns), path);
        Assert.Equal(rows, table.Received);
        Assert.Equal(0, table.Quarantined);
        Assert.Equal(rows, table.Counted);
        Assert.All(Stage.Rows(table), r => Assert.All(r, v => Assert.True(v is null || v.IsNormalized(NormalizationForm.FormC))));
        Assert.Contains(Stage.Rows(table), r => r[Array.IndexOf(header, code)]!.StartsWith('0'));
    }
}
