using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using ExcelDataReader;
using OpenData.Catalogs;
using OpenData.Warehouse.Tests.Engine;
using OpenData.Warehouse.Tests.Staging;

namespace OpenData.Warehouse.Tests.Export;

/// <summary>Judges that know nothing of our writer: Microsoft's validator, ExcelDataReader, our own reader of agencies' workbooks.</summary>
public sealed class XlsxReadersTests
{
    private static readonly ColumnContract[] Columns =
    [
        Stage.Column("code", ColumnKind.Code) with { Required = true },
        Stage.Column("note"),
        Stage.Column("people", ColumnKind.Integer) with { Unit = "person" },
        Stage.Column("serial", ColumnKind.Integer),
        Stage.Decimal("fee", 14, 2),
        Stage.Decimal("wide", 38, 4),
        Stage.Column("lon", ColumnKind.Float),
        Stage.Column("open", ColumnKind.Boolean),
        Stage.Column("day", ColumnKind.Date),
        Stage.Column("born", ColumnKind.Date),
        Stage.Column("opens", ColumnKind.Time),
        Stage.Column("submitted_at", ColumnKind.Timestamp),
        Stage.Column("took", ColumnKind.Duration),
        Stage.Column("id", ColumnKind.Uuid),
        Stage.Column("extra", ColumnKind.Json),
        Stage.Column("place", ColumnKind.Geometry),
    ];

    private const string Select =
        """
        SELECT lpad(i::VARCHAR, 4, '0') AS code,
          CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN '=HYPERLINK("x")' WHEN 2 THEN E'hai\ndòng, "trích"' ELSE 'Đường _x0041_ & <b>' END AS note,
          (i * 37)::BIGINT AS people, (9007199254740993 + i)::BIGINT AS serial, (i * 1.25)::DECIMAL(14,2) AS fee, (i || '00000000000000000000.0001')::DECIMAL(38,4) AS wide,
          105.8 + i / 1000000.0::DOUBLE AS lon, i % 2 = 0 AS open, DATE '2025-07-01' + i::INTEGER AS day, DATE '1890-01-01' + i::INTEGER AS born,
          TIME '08:30:00' + to_seconds(i) AS opens, TIMESTAMP '2025-07-01 01:30:00.125' + to_minutes(i) AS submitted_at, (i * 1500000)::BIGINT AS took,
          ('00000000-0000-0000-0000-' || lpad(i::VARCHAR, 12, '0'))::UUID AS id, '{"a":' || i || '}' AS extra,
          unhex('0101000000000000000000F03F0000000000000040') AS place
        FROM range(300) r(i)
        """;

    [Fact]
    public void Microsofts_validator_finds_nothing()
    {
        using var rig = new BookRig(Select, Columns) { SheetRowsMax = 200 };
        rig.Table = rig.Table with { Version = "v", PublishedAt = DateTimeOffset.UnixEpoch, Address = new Uri("https://example.org/?a=1&b=2") };
        using var stream = new MemoryStream(rig.Write());
        using var book = SpreadsheetDocument.Open(stream, isEditable: false);

        Assert.Equal(3, book.WorkbookPart!.WorksheetParts.Count());
        Assert.Equal("Thử - Test", book.PackageProperties.Title);
        Assert.Equal("p", book.PackageProperties.Creator);
        Assert.All(
            [FileFormatVersions.Office2007, FileFormatVersions.Office2021],
            v => Assert.Empty(new OpenXmlValidator(v).Validate(book).Select(e => $"{e.Path?.XPath}: {e.Description}")));
    }

    [Fact]
    public void ExcelDataReader_reads_the_values()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var rig = new BookRig(Select, Columns);
        using var stream = new MemoryStream(rig.Write());
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream);

        Assert.Equal("data", reader.Name);
        Assert.Equal(2, reader.ResultsCount);
        Assert.True(reader.Read());
        for (var i = 0; i < 4; i++)
        {
            Assert.True(reader.Read());
        }

        Assert.Equal(
            [
                "0003", "Đường _x0041_ & <b>", 111.0, "9007199254740996", 3.75, "300000000000000000000.0001", 105.800003, false, new DateTime(2025, 7, 4), "1890-01-04",
                new DateTime(1899, 12, 31, 8, 30, 3), new DateTime(2025, 7, 1, 8, 33, 0, 125), TimeSpan.FromSeconds(4.5), "00000000-0000-0000-0000-000000000003", "{\"a\":3}", "POINT (1 2)",
            ],
            Enumerable.Range(0, Columns.Length).Select(reader.GetValue));
        Assert.Equal("@", reader.GetNumberFormatString(0));
    }

    [Fact]
    public void Our_own_reader_of_workbooks_gives_the_table_back()
    {
        using var rig = new BookRig(Select, Columns);
        using var stage = new Stage();
        var source = new SourceBinding("xlsx") { Sheet = "data" };
        var table = stage.Load(
            Stage.Contract(source, [.. Columns.Select(c => c.Name == "submitted_at" ? c with { From = "submitted_at (Asia/Ho_Chi_Minh)" } : c)]),
            rig.Write());

        Assert.Empty(Stage.Quarantine(table));
        var rows = rig.Connection.Rows(EngineFixture.Sql("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM data"));
        Assert.Equal(rows.SelectMany(r => r.Cast<string?>()), Stage.Rows(table).SelectMany(r => r.Take(Columns.Length)));
    }
}
