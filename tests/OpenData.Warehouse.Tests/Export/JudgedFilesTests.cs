using OpenData.Catalogs;
using OpenData.TestKit;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Tests.Export;

/// <summary>Files that other people's readers judge: apache-arrow, hyparquet, csv-parse and SheetJS (tests/clients).</summary>
public sealed class JudgedFilesTests : IDisposable
{
    private static readonly DistributionFormat[] Formats = [DistributionFormat.Arrow, DistributionFormat.ArrowStream, DistributionFormat.Parquet];

    /// <summary>Their readers see cells, whose types only the contract knows.</summary>
    private static readonly DistributionFormat[] Sheets = [DistributionFormat.Csv, DistributionFormat.Tsv, DistributionFormat.Xlsx];

    private readonly ExportRoom _room = new();

    public void Dispose() => _room.Dispose();

    [Fact]
    public async Task Every_type_comes_back_with_its_ends_its_nulls_and_what_usually_breaks()
    {
        var table = ExportTable.OfEveryType();
        var files = new List<string>();
        foreach (var format in Formats)
        {
            files.Add(await _room.WriteAsync(table, format));
        }

        var read = await NodeReader.ReadAsync(files);

        Assert.All(read, t => Same(table.Spelled(), t.Rows));
        Assert.All(read, t => Assert.Equal(table.Columns.Select(c => c.Name), t.Columns.Select(c => c.Name)));
        Golden.Match(string.Join("\n\n", read.Select((t, i) => $"{Formats[i].Name}\n{string.Join('\n', t.Columns.Select(c => $"  {c.Name}: {c.Type}, {c.Nulls} nulls"))}")) + "\n");
        Assert.Equal(
            (IEnumerable<KeyValuePair<string, string>>)[new("dataset", "things"), new("title_en", "Things"), new("title_vi", "Đồ vật"), new("version", "2025-07-01T00-00-00Z-0001")],
            read[0].Metadata.OrderBy(m => m.Key, StringComparer.Ordinal));
        Assert.Equal("VND", read[0].Columns.Single(c => c.Name == "fee").Metadata["unit"]);
        Assert.Equal("Cột fee", read[0].Columns.Single(c => c.Name == "fee").Metadata["title_vi"]);
        var place = read[1].Columns.Single(c => c.Name == "place").Metadata;
        Assert.Equal("geoarrow.wkb", place["ARROW:extension:name"]);
        Assert.Equal("""{"crs":"OGC:CRS84","crs_type":"authority_code"}""", place["ARROW:extension:metadata"]);
        Assert.Equal("""{"version":"1.1.0","primary_column":"place","columns":{"place":{"encoding":"WKB","geometry_types":["Point"]}}}""", read[2].Metadata["geo"]);
    }

    [Fact]
    public async Task Random_tables_come_back_as_they_were()
    {
        var tables = Enumerable.Range(1, 40).Select(seed => ExportTable.Random(new Random(seed))).ToList();
        var files = new List<string>();
        foreach (var table in tables)
        {
            foreach (var format in Formats)
            {
                files.Add(await _room.WriteAsync(table, format));
            }
        }

        var read = await NodeReader.ReadAsync(files);

        for (var i = 0; i < read.Count; i++)
        {
            Same(tables[i / Formats.Length].Spelled(), read[i].Rows);
        }
    }

    [Fact]
    public async Task Random_tables_come_back_from_the_cells_of_text_files_and_workbooks()
    {
        var tables = Enumerable.Range(1, 15).Select(seed => ExportTable.Random(new Random(seed))).Prepend(ExportTable.OfEveryType()).Select(t => Numbered(t.WithTexts())).ToList();
        var files = new List<string>();
        foreach (var table in tables)
        {
            foreach (var format in Sheets)
            {
                files.Add(await _room.WriteAsync(table, format));
            }
        }

        var read = await NodeReader.ReadAsync(files);

        for (var i = 0; i < read.Count; i++)
        {
            var table = tables[i / Sheets.Length];
            Assert.Equal(table.Columns.Select(c => c.Name), read[i].Columns.Select(c => c.Name));
            Same(table.Spelled(), [.. read[i].Rows.Select(r => r.Select((cell, c) => TextValues.Spell($"{table.Columns[c].Type}", cell)).ToArray())]);
        }
    }

    [Fact]
    public async Task Many_rows_come_in_batches_of_65536_with_the_right_nulls_in_each()
    {
        var sql = new SqlBuilder().Append("SELECT i, CASE WHEN i % 7 = 0 THEN NULL ELSE 'row ' || i END AS label, i % 3 = 0 AS flag FROM range(150000) r(i)").ToSql();
        var table = ExportTable.Description([ExportTable.Column("i", new(ColumnKind.Integer)), ExportTable.Column("label", new(ColumnKind.Text)), ExportTable.Column("flag", new(ColumnKind.Boolean))]);
        var files = new List<string>();
        foreach (var format in Formats)
        {
            files.Add((await _room.WriteAsync(sql, table, format)).Path);
        }

        var read = await NodeReader.ReadAsync(files);

        Assert.Equal([65_536, 65_536, 18_928], read[0].Batches);
        Assert.Equal([65_536, 65_536, 18_928], read[1].Batches);
        Assert.Equal([122_880, 27_120], read[2].Batches);
        Assert.All(read, t => Assert.Equal(21_429, t.Columns[1].Nulls));
        var expected = Enumerable.Range(0, 150_000).Select(i => (string?[])[$"{i}", i % 7 == 0 ? null : $"row {i}", i % 3 == 0 ? "true" : "false"]).ToList();
        Assert.All(read, t => Same(expected, t.Rows));
    }

    [Fact]
    public async Task An_empty_table_is_a_valid_file_with_all_its_columns()
    {
        var empty = ExportTable.OfEveryType() with { Rows = [] };
        var files = new List<string>();
        foreach (var format in Formats)
        {
            files.Add(await _room.WriteAsync(empty, format));
        }

        foreach (var read in await NodeReader.ReadAsync(files))
        {
            Assert.Empty(read.Rows);
            Assert.Equal(empty.Columns.Select(c => c.Name), read.Columns.Select(c => c.Name));
        }
    }

    [Fact]
    public async Task The_number_of_a_row_stands_behind_its_columns_and_is_not_written()
    {
        var sql = new SqlBuilder().Append("SELECT i * 2 AS twice, i AS _rid FROM range(3) r(i)").ToSql();
        var table = ExportTable.Description([ExportTable.Column("double", new(ColumnKind.Integer))]);
        var files = new List<string>();
        foreach (var format in Formats)
        {
            files.Add((await _room.WriteAsync(sql, table, format, isNumbered: true)).Path);
        }

        foreach (var read in await NodeReader.ReadAsync(files))
        {
            Assert.Equal(["double"], read.Columns.Select(c => c.Name));
            Same([["0"], ["2"], ["4"]], read.Rows);
        }
    }

    [Fact]
    public async Task Values_that_the_contract_does_not_list_are_kept_in_whatever_batch_they_first_appear()
    {
        // The second batch brings one value that nobody listed, the third brings forty.
        var sql = new SqlBuilder().Append(
            "SELECT CASE WHEN i = 70000 THEN 'fax' WHEN i > 140000 THEN 'old ' || (i % 40) WHEN i % 5 = 0 THEN NULL ELSE ['online', 'post'][1 + i % 2] END AS channel FROM range(150000) r(i)").ToSql();
        var table = ExportTable.Description([ExportTable.Column("channel", new(ColumnKind.Text)) with { OneOf = ["post", "online"] }]);
        var file = (await _room.WriteAsync(sql, table, DistributionFormat.Arrow)).Path;
        var stream = (await _room.WriteAsync(sql, table, DistributionFormat.ArrowStream)).Path;

        foreach (var read in await NodeReader.ReadAsync(file, stream))
        {
            Assert.Equal("Dictionary<Int16, Utf8>", read.Columns[0].Type);
            Same([.. Enumerable.Range(0, 150_000).Select(i => (string?[])[Value(i)])], read.Rows);
        }

        static string? Value(int i)
            => i == 70_000 ? "fax" : i > 140_000 ? $"old {i % 40}" : i % 5 == 0 ? null : i % 2 == 0 ? "online" : "post";
    }

    // Readers of workbooks pass over rows at the end that have no cells.
    private static ExportTable Numbered(ExportTable table)
        => new([ExportTable.Column("row", new(ColumnKind.Integer)), .. table.Columns], [.. table.Rows.Select((row, i) => (object?[])[(long)i, .. row])]);

    // Assert.Equal over a million cells takes longer than everything else here.
    private static void Same(IReadOnlyList<string?[]> expected, IReadOnlyList<string?[]> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var row = 0; row < expected.Count; row++)
        {
            if (!expected[row].AsSpan().SequenceEqual(actual[row], StringComparer.Ordinal))
            {
                Assert.Equal(expected[row], actual[row]);
            }
        }
    }
}
