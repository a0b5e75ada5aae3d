using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.TestKit;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;

namespace OpenData.Warehouse.Tests.Export;

/// <summary>CSV, TSV, JSON, NDJSON and GeoJSON, read back by readers that know nothing of our writers.</summary>
public sealed class TextFilesTests : IDisposable
{
    private static readonly DistributionFormat[] Formats =
        [DistributionFormat.Csv, DistributionFormat.Tsv, DistributionFormat.Json, DistributionFormat.Ndjson];

    private readonly ExportRoom _room = new();

    public static TheoryData<string> Words => [.. Formats.Select(f => f.Word)];

    public void Dispose() => _room.Dispose();

    [Theory]
    [MemberData(nameof(Words))]
    public async Task Every_type_comes_back_with_its_ends_its_nulls_and_what_usually_breaks(string format)
    {
        var table = ExportTable.OfEveryType().WithTexts();

        Same(table, Read(await WriteAsync(table, format), format, table));
    }

    [Fact]
    public async Task Random_tables_come_back_as_they_were_whatever_the_machine_speaks()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var table = ExportTable.Random(new Random(seed)).WithTexts();
            var format = Formats[seed % Formats.Length].Word;
            var culture = CultureInfo.CurrentCulture;
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(seed % 2 == 0 ? "vi-VN" : "de-DE");
            try
            {
                Same(table, Read(await WriteAsync(table, format), format, table));
            }
            finally
            {
                CultureInfo.CurrentCulture = culture;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Words))]
    public async Task An_empty_table_keeps_its_head(string format)
    {
        var empty = ExportTable.OfEveryType() with { Rows = [] };

        Assert.Empty(Read(await WriteAsync(empty, format), format, empty));
    }

    [Fact]
    public async Task Cells_that_a_spreadsheet_would_calculate_are_neutralised_for_Excel_and_nowhere_else()
    {
        string[] texts = ["=HYPERLINK(1)", "+84912345678", "-1", "@x", "\tx", "\rx", " =1", "＝1", "a=1", "", "'x", "=a,\"b\""];
        var table = new ExportTable(
            [ExportTable.Column("t", new(ColumnKind.Text)), ExportTable.Column("n", new(ColumnKind.Integer))],
            [.. texts.Select(t => new object?[] { t, -1L })]);
        var excel = await WriteAsync(table, "csv_excel");
        var cells = TextValues.Cells(excel[1..].Replace("\r\n", "\n", StringComparison.Ordinal), ',').Skip(1).ToList();
        var plain = TextValues.Cells(await WriteAsync(table, "csv"), ',').Skip(1).Select(r => r[0]).ToList();

        Assert.Equal('\uFEFF', excel[0]);
        Assert.Equal(
            ["'=HYPERLINK(1)", "'+84912345678", "'-1", "'@x", "'\tx", "'\rx", "' =1", "'＝1", "a=1", "", "'x", "'=a,\"b\""],
            cells.Select(r => r[0]));
        Assert.All(cells, r => Assert.Equal("-1", r[1]));
        Assert.Equal(texts, plain);
    }

    [Fact]
    public async Task GeoJSON_is_one_collection_of_features_with_ids_geometries_and_all_other_columns()
    {
        var table = ExportTable.OfEveryType().WithTexts();
        using var json = JsonDocument.Parse(await WriteAsync(table, "geojson"));
        var features = json.RootElement.GetProperty("features").EnumerateArray().ToList();
        var plain = JsonDocument.Parse(await WriteAsync(table, "json")).RootElement.EnumerateArray().ToList();

        Assert.Equal("FeatureCollection", json.RootElement.GetProperty("type").GetString());
        Assert.Equal(table.Rows.Count, features.Count);
        Assert.Equal("""{"type":"Point","coordinates":[100,-21.5]}""", features[0].GetProperty("geometry").GetRawText());
        Assert.Equal(JsonValueKind.Null, features[1].GetProperty("geometry").ValueKind);
        for (var row = 0; row < features.Count; row++)
        {
            Assert.Equal("Feature", features[row].GetProperty("type").GetString());
            Assert.Equal(
                plain[row].EnumerateObject().Where(p => p.Name != "place").Select(p => (p.Name, p.Value.GetRawText())),
                features[row].GetProperty("properties").EnumerateObject().Select(p => (p.Name, p.Value.GetRawText())));
        }
    }

    [Theory]
    [MemberData(nameof(Words))]
    public async Task An_instant_whose_clock_shows_year_10000_is_refused_by_name(string format)
    {
        var table = new ExportTable(
            [ExportTable.Column("seen", new(ColumnKind.Timestamp))], [[EngineTime.Micros(DateTime.MaxValue)]]);
        var refused = await Assert.ThrowsAsync<OpenDataException>(() => WriteAsync(table, format));

        Assert.Equal(ExportErrors.DayOutsideCalendar, refused.Code);
    }

    private static void Same(ExportTable table, IReadOnlyList<string?[]> read)
    {
        var expected = table.Spelled();
        Assert.Equal(expected.Count, read.Count);
        for (var row = 0; row < read.Count; row++)
        {
            Assert.Equal(expected[row], read[row]);
        }
    }

    private static IReadOnlyList<string?[]> Read(string text, string format, ExportTable table)
    {
        if (format is "csv" or "tsv")
        {
            var cells = TextValues.Cells(text, format == "csv" ? ',' : '\t');
            Assert.Equal(table.Columns.Select(c => c.Name), cells[0]);
            return [.. cells.Skip(1).Select(r => r.Select((cell, i) => TextValues.Spell(table.Columns[i].Type.ToString(), cell)).ToArray())];
        }

        using var json = JsonDocument.Parse(format == "json" ? text : $"[{string.Join(',', text.Split('\n', StringSplitOptions.RemoveEmptyEntries))}]");
        return
        [
            .. json.RootElement.EnumerateArray().Select(o => o.EnumerateObject().Select((p, i) =>
            {
                Assert.Equal(table.Columns[i].Name, p.Name);
                return TextValues.Spell(table.Columns[i].Type.ToString(), p.Value.ValueKind switch
                {
                    JsonValueKind.Null => null,
                    JsonValueKind.String => p.Value.GetString(),
                    _ => p.Value.GetRawText(),
                });
            }).ToArray()),
        ];
    }

    private async Task<string> WriteAsync(ExportTable table, string format)
        => await File.ReadAllTextAsync(await _room.WriteAsync(table, DistributionFormat.OfWord(format)!), new UTF8Encoding(false)) is var text && format == "csv_excel" && text[0] != '\uFEFF'
            ? '\uFEFF' + text
            : text;
}
