using System.IO.Compression;
using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.TestKit;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Tests.Engine;
using OpenData.Warehouse.Tests.Staging;

namespace OpenData.Warehouse.Tests.Export;

public sealed class XlsxDistributionTests
{
    [Fact]
    public void Texts_and_codes_come_back_as_they_are()
    {
        string?[] texts =
        [
            null, "", "0012", "1e5", "=1+1", "+84", "-1", "@x", "'x", "say \"x\"", "a,b;c\td", "LF\nLF", "CR\rCR", "CRLF\r\nCRLF", " outer ", "\n", "\t",
            "\u0001\u0008\u000B\u001F", "_x0041_", "_x0041_x0042_", "a_b", "</t>&amp;]]>", "Thái Nguyên", "e\u0302\u0301", "😀👩‍👩‍👧", "\uFFFE\uFFFF", "TRUE", "2025-07-01", "NaN",
        ];
        using var rig = new BookRig([.. texts.Select(t => new[] { t, t })], Stage.Column("t"), Stage.Column("c", ColumnKind.Code));
        var book = rig.Read();

        Assert.Equal(texts, book.Texts(0));
        Assert.Equal(texts, book.Texts(1));
        Assert.All(book.Column(0).Concat(book.Column(1)), c => Assert.True(c is null or { Type: "inlineStr", Format: "@" }));
    }

    [Fact]
    public void Numbers_of_15_digits_are_numbers_and_longer_ones_text_in_the_whole_column()
        => Culture.Vietnamese(() =>
        {
            using var rig = new BookRig(
                """
                SELECT * FROM (VALUES
                  (1::BIGINT, 9223372036854775807::BIGINT, 12.50::DECIMAL(14,2), 99999999999999999999999999999999999999::DECIMAL(38,0), 0.1::DOUBLE),
                  (-999999999999999, 1, -0.05, -1, '-0.0'::DOUBLE),
                  (NULL, NULL, NULL, NULL, 'NaN'::DOUBLE),
                  (0, -9223372036854775808, 0, 12, '-Infinity'::DOUBLE),
                  (0, 0, 1234567.89, 0, 1e300),
                  (0, 0, 0, 0, 5e-324),
                  (0, 0, 0, 0, 1.7976931348623157e308)) v(short, long, fee, wide, real)
                """,
                Stage.Column("short", ColumnKind.Integer) with { Unit = "person" },
                Stage.Column("long", ColumnKind.Integer),
                Stage.Decimal("fee", 14, 2),
                Stage.Decimal("wide", 38, 0),
                Stage.Column("real", ColumnKind.Float));
            var book = rig.Read();

            Assert.Equal(["1", "-999999999999999", null, "0", "0", "0", "0"], book.Texts(0));
            Assert.Equal(["9223372036854775807", "1", null, "-9223372036854775808", "0", "0", "0"], book.Texts(1));
            Assert.Equal(["12.50", "-0.05", null, "0.00", "1234567.89", "0.00", "0.00"], book.Texts(2));
            Assert.Equal(["99999999999999999999999999999999999999", "-1", null, "12", "0", "0", "0"], book.Texts(3));
            Assert.Equal(["0.1", "-0", "NaN", "-INF", "1E+300", "5E-324", "1.7976931348623157E+308"], book.Texts(4));
            Assert.Equal([("n", "#,##0"), ("inlineStr", "@"), ("n", "#,##0.00"), ("inlineStr", "@"), ("n", "General")], book.Rows("data")[1].Select(c => (c!.Type, c.Format)));
            Assert.Equal(["n", "n", "inlineStr", "inlineStr", "n", "inlineStr", "inlineStr"], book.Column(4).Select(c => c!.Type));
        });

    [Fact]
    public void Days_times_instants_and_the_rest_have_their_kinds()
        => Culture.Vietnamese(() =>
        {
            using var rig = new BookRig(
                """
                SELECT true AS b, DATE '2025-07-01' AS d, DATE '1899-12-31' AS old, TIME '08:30:00' AS t, TIMESTAMP '2025-07-01 01:30:00' AS at, TIMESTAMP '1889-01-01 00:00:00' AS past,
                  129600000000::BIGINT AS span, -1::BIGINT AS back, '00000000-0000-0000-0000-00000000000a'::UUID AS u, '{"a": 1}' AS j, unhex('0101000000000000000000F03F0000000000000040') AS g
                UNION ALL SELECT false, DATE '9999-12-31', DATE '2025-07-01', TIME '23:59:59.999999', TIMESTAMP '2025-07-01 01:30:00.000001', TIMESTAMP '2025-07-01 01:30:00', 0, 0, NULL, NULL, NULL
                """,
                Stage.Column("b", ColumnKind.Boolean),
                Stage.Column("d", ColumnKind.Date),
                Stage.Column("old", ColumnKind.Date),
                Stage.Column("t", ColumnKind.Time),
                Stage.Column("at", ColumnKind.Timestamp),
                Stage.Column("past", ColumnKind.Timestamp),
                Stage.Column("span", ColumnKind.Duration),
                Stage.Column("back", ColumnKind.Duration),
                Stage.Column("u", ColumnKind.Uuid),
                Stage.Column("j", ColumnKind.Json),
                Stage.Column("g", ColumnKind.Geometry));
            var rows = rig.Read().Rows("data");

            Assert.Equal(["b", "d", "old", "t", "at (Asia/Ho_Chi_Minh)", "past", "span", "back", "u", "j", "g"], rows[0].Select(c => c!.Text));
            Assert.Equal(
                [
                    new("b", "General", "1"), new("n", "yyyy-mm-dd", "45839"), new("inlineStr", "@", "1899-12-31"), new("n", "hh:mm:ss.000", "0.3541666666666667"),
                    new("n", "yyyy-mm-dd hh:mm:ss.000", "45839.354166666664"), new("inlineStr", "@", "1889-01-01T07:06:00+07:06"), new("n", "[h]:mm:ss", "1.5"), new("inlineStr", "@", "-PT0.000001S"),
                    new("inlineStr", "@", "00000000-0000-0000-0000-00000000000a"), new("inlineStr", "@", "{\"a\": 1}"), new BookCell("inlineStr", "@", "POINT (1 2)"),
                ],
                rows[1]);
            Assert.Equal(["0", "2958465", "2025-07-01", "0.9999999999884259", "45839.35416666668", "2025-07-01T08:30:00+07:00", "0", "PT0S"], rows[2].Select(c => c!.Text));
        });

    [Fact]
    public void More_rows_than_a_sheet_holds_go_on_further_sheets_with_their_heads()
    {
        using var rig = new BookRig("SELECT i FROM range(25) r(i)", Stage.Column("i", ColumnKind.Integer)) { SheetRowsMax = 11 };
        var book = new BookText(rig.Write(out var count));

        Assert.Equal(25, count);
        Assert.Equal(["data", "data (2)", "data (3)", XlsxAbout.Name], book.Sheets);
        Assert.All(book.Sheets, s => Assert.Matches(@"^[^\[\]:*?/\\]{1,31}$", s));
        Assert.Equal([11, 11, 6], book.Sheets.Take(3).Select(s => book.Rows(s).Count));
        Assert.All(book.Sheets.Take(3), s => Assert.Equal("i", book.Rows(s)[0][0]!.Text));
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"{i}"), book.Sheets.Take(3).SelectMany(s => book.Rows(s).Skip(1)).Select(r => r[0]!.Text));
        Assert.Equal(["'data'!$A$1:$A$11", "'data (2)'!$A$1:$A$11", "'data (3)'!$A$1:$A$6"], book.Parts["xl/workbook.xml"].Descendants().Where(e => e.Name.LocalName == "definedName").Select(e => e.Value));
        Assert.Contains("data, data (2), data (3)", book.Rows(XlsxAbout.Name).Select(r => r.ElementAtOrDefault(1)?.Text));
    }

    [Fact]
    public void A_full_sheet_is_not_followed_by_an_empty_one()
    {
        using var rig = new BookRig("SELECT i FROM range(10) r(i)", Stage.Column("i", ColumnKind.Integer)) { SheetRowsMax = 11 };
        Assert.Equal(["data", XlsxAbout.Name], rig.Read().Sheets);
    }

    [Fact]
    public void No_rows_are_a_sheet_with_its_head()
    {
        using var rig = new BookRig("SELECT 'x' AS t WHERE false", Stage.Column("t"));
        var book = new BookText(rig.Write(out var count));
        Assert.Equal(0, count);
        Assert.Equal("t", Assert.Single(book.Rows("data"))[0]!.Text);
    }

    [Fact]
    public void Equal_rows_give_equal_bytes()
    {
        using var rig = new BookRig("SELECT i, md5(i::VARCHAR) AS t FROM range(5000) r(i)", Stage.Column("i", ColumnKind.Integer), Stage.Column("t"));
        Assert.Equal(rig.Write(), rig.Write());
    }

    [Fact]
    public void A_text_that_no_cell_holds_is_named_in_its_place_and_on_the_information_sheet()
    {
        using var rig = new BookRig("SELECT * FROM (VALUES (repeat('ế', 32767)), (repeat('ế', 32768)), ('short')) v(t)", Stage.Column("t"));
        var book = rig.Read();

        Assert.Equal(new string('ế', 32_767), book.Texts()[0]);
        Assert.StartsWith("[Giá trị dài 32768 ký tự, ô Excel chỉ chứa 32767: xem tệp CSV.", book.Texts()[1], StringComparison.Ordinal);
        Assert.Equal("short", book.Texts()[2]);
        var note = Assert.Single(book.Rows(XlsxAbout.Name), r => r.ElementAtOrDefault(0)?.Text == "Không ghi được - Not written");
        Assert.Equal("Column t: 1 values have more than 32767 characters, which no Excel cell holds; their cells say so, and the CSV file has the values.", note[2]!.Text);
    }

    [Fact]
    public void A_value_outside_of_the_recorded_range_is_a_named_error_and_no_workbook()
    {
        using var rig = new BookRig("SELECT 1::BIGINT AS n, DATE '2025-07-01' AS d", Stage.Column("n", ColumnKind.Integer), Stage.Column("d", ColumnKind.Date));
        foreach (var (n, d) in new[] { ("1000000000000000", "2025-07-01"), ("1", "1900-02-28") })
        {
            rig.Sql = EngineFixture.Sql($"SELECT {n}::BIGINT, DATE '{d}'");
            Unreadable(rig.Fails<OpenDataException>(out var failure));
            Assert.Equal("OD1321", failure.Code.Code);
        }
    }

    [Fact]
    public void A_query_that_fails_on_the_way_leaves_no_workbook()
    {
        using var rig = new BookRig("SELECT i, CASE WHEN i = 49999 THEN 'x' ELSE '1' END AS t FROM range(50000) r(i)", Stage.Column("i", ColumnKind.Integer), Stage.Column("t"));
        rig.Sql = EngineFixture.Sql("SELECT i, md5(i::VARCHAR) || t::INTEGER FROM data");
        var left = rig.Fails<OpenDataException>(out _);
        Assert.True(left.Length > 100_000);
        Unreadable(left);
    }

    [Fact]
    public void A_cancelled_writing_leaves_no_workbook()
    {
        using var rig = new BookRig("SELECT i, md5(i::VARCHAR) AS t FROM range(200000) r(i)", Stage.Column("i", ColumnKind.Integer), Stage.Column("t"));
        using var cancel = new CancellationTokenSource();
        using var bytes = new MemoryStream();
        using var target = new OneWayStream(bytes) { Before = at => { if (at > 100_000) { cancel.Cancel(); } } };
        Assert.ThrowsAny<OperationCanceledException>(
            () => new XlsxDistribution().WriteAsync(new RowSet(rig.Connection, rig.Sql, rig.Table), target, cancel.Token).GetAwaiter().GetResult());
        Unreadable(bytes.ToArray());

        // The connection serves the next answer.
        Assert.Equal(200_000, rig.Connection.ReadInt64(EngineFixture.Sql("SELECT count(*) FROM data"), CancellationToken.None));
    }

    [Fact]
    public void A_reader_that_leaves_ends_the_writing()
    {
        using var rig = new BookRig("SELECT i, md5(i::VARCHAR) AS t FROM range(50000) r(i)", Stage.Column("i", ColumnKind.Integer), Stage.Column("t"));
        using var bytes = new MemoryStream();
        using var target = new OneWayStream(bytes) { Before = at => { if (at > 100_000) { throw new IOException("gone"); } } };
        Assert.Throws<IOException>(() => new XlsxDistribution().WriteAsync(new RowSet(rig.Connection, rig.Sql, rig.Table), target, CancellationToken.None).GetAwaiter().GetResult());
        Unreadable(bytes.ToArray());
    }

    [Fact]
    public void The_information_sheet_and_the_parts_around_the_rows_are_these()
    {
        using var rig = new BookRig(
            "SELECT '0012' AS code, 12.50::DECIMAL(14,2) AS fee, 9007199254740993::BIGINT AS serial, TIMESTAMP '2025-07-01 01:30:00' AS at",
            Stage.Column("code", ColumnKind.Code) with { Title = new LocalText("Mã", "Code") },
            Stage.Decimal("fee", 14, 2) with { Unit = "VND", Description = new LocalText("Phí & lệ phí", "Fees & charges") },
            Stage.Column("serial", ColumnKind.Integer),
            Stage.Column("at", ColumnKind.Timestamp));
        rig.Table = rig.Table with
        {
            Contract = rig.Table.Contract with { Synthetic = true },
            Version = "20250701T013000000Z-1a2b3c4d",
            PublishedAt = new DateTimeOffset(2025, 7, 1, 1, 30, 0, TimeSpan.Zero),
            Publisher = new Publisher("p", new LocalText("Sở Nội vụ", "Department of Home Affairs"), null, null, null),
            License = new License(
                "l", new LocalText("Giấy phép", "Licence"), new LocalText("Điều khoản", "Terms"), "https://example.org/l",
                new LocalText("Nguồn: {publisher}, {title}, phiên bản {version}", "Source: {publisher}, {title}, version {version}"), new DateOnly(2025, 7, 1)),
            Address = new Uri("https://example.org/datasets/test_set/versions/20250701T013000000Z-1a2b3c4d"),
        };
        var book = rig.Read();
        var text = new StringBuilder();
        foreach (var row in book.Rows(XlsxAbout.Name))
        {
            text.Append(string.Join(" | ", row.Select(c => c?.Text ?? ""))).Append('\n');
        }

        foreach (var name in new[] { "docProps/core.xml", "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml" })
        {
            text.Append("\n--- ").Append(name).Append('\n').Append(book.Parts[name].Root!.ToString(System.Xml.Linq.SaveOptions.None).ReplaceLineEndings("\n")).Append('\n');
        }

        Golden.Match(text.ToString());
    }

    [Fact]
    public void The_register_has_it() => Assert.IsType<XlsxDistribution>(new DistributionWriters(Path.GetTempPath(), spillBytesMax: 1).Of(DistributionFormat.Xlsx));

    private static void Unreadable(byte[] bytes)
        => Assert.Throws<InvalidDataException>(() => new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read).Entries.Count);
}
