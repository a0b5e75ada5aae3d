using System.Globalization;
using System.IO.Compression;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;

namespace OpenData.Benchmarks;

/// <summary>Our writers against DuckDB's own COPY, both to nowhere, from the same table.</summary>
internal static class ExportBench
{
    private static readonly string[] Names = ["export-csv", "export-json", "export-ndjson", "export-xlsx", "export-arrow", "export-parquet"];

    public static IEnumerable<Comparison> Run(string folder, long rows, int rounds, Func<string, bool> wanted)
    {
        if (!Names.Any(wanted))
        {
            yield break;
        }

        var database = Path.Combine(folder, "export.duckdb");
        File.Delete(database);
        using var engine = DuckDbEngine.File(database, new EngineOptions { Threads = 2, MemoryBytesMax = 4L << 30 }, readOnly: false);
        using var connection = engine.Connect();
        connection.Execute(CaseTable.Create(rows));
        connection.Execute(new SqlBuilder().Append("CHECKPOINT").ToSql());

        if (wanted("export-csv"))
        {
            yield return Measure.Compare(
                $"CSV export, {rows:N0} rows × 16 columns",
                "COPY … TO csv",
                0.5,
                rounds,
                () => Pump(connection, new CsvRows(CaseTable.Columns, CaseTable.TimeZone)),
                () => Copy(connection, "csv"));
        }

        if (wanted("export-json"))
        {
            yield return Measure.Compare(
                $"JSON export, {rows:N0} rows × 16 columns",
                "COPY … TO json",
                0.5,
                rounds,
                () => Pump(connection, new JsonRows(CaseTable.Columns, CaseTable.TimeZone)),
                () => Copy(connection, "json"));
        }

        if (wanted("export-ndjson"))
        {
            yield return Measure.Compare(
                $"NDJSON export, {rows:N0} rows × 16 columns",
                "COPY … TO json",
                0.5,
                rounds,
                () => Pump(connection, new NdjsonRows(CaseTable.Columns, CaseTable.TimeZone)),
                () => Copy(connection, "json"));
        }

        if (wanted("export-xlsx"))
        {
            var cells = connection.ReadInt64(CaseTable.CellCount(), CancellationToken.None) ?? 0;
            var comparison = Measure.Compare(
                "",
                "CSV export, gzip at the same level",
                3,
                rounds,
                () => Xlsx(connection),
                () => Gzip(connection));
            var millions = cells / comparison.OursCpu / 1000;
            yield return comparison with
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"XLSX export, {rows:N0} rows × 16 columns: {millions:0.0} M cells/s of CPU (goal ≥ 1.5)"),
            };
        }

        var description = CaseTable.Description();
        var writers = new DistributionWriters(Path.Combine(folder, "spill"), spillBytesMax: 8L << 30);
        if (wanted("export-arrow"))
        {
            yield return Measure.Compare(
                $"Arrow stream, {rows:N0} rows × 16 columns",
                "reading the chunks",
                2,
                rounds,
                () => Write(writers.Of(DistributionFormat.ArrowStream), description, connection),
                () => Drain(connection));
        }

        if (wanted("export-parquet"))
        {
            var file = Path.Combine(folder, "limit.parquet");
            yield return Measure.Compare(
                $"Parquet export, {rows:N0} rows × 16 columns",
                "COPY … TO parquet, zstd",
                1.1,
                rounds,
                () => Write(writers.Of(DistributionFormat.Parquet), description, connection),
                () => connection.Execute(new SqlBuilder().Append("COPY cases TO ").Value(file).Append(" (FORMAT parquet, COMPRESSION zstd)").ToSql()));
            File.Delete(file);
        }
    }

    private static void Xlsx(EngineConnection connection)
    {
        var rows = new RowSet(connection, new SqlBuilder().Append("SELECT * FROM cases").ToSql(), CaseTable.Description());
        new XlsxDistribution().WriteAsync(rows, Stream.Null, CancellationToken.None).GetAwaiter().GetResult();
    }

    private static void Gzip(EngineConnection connection)
    {
        using var gzip = new GZipStream(Stream.Null, CompressionLevel.Fastest);
        using var reader = connection.Stream(new SqlBuilder().Append("SELECT * FROM cases").ToSql(), CancellationToken.None);
        RowPump.Write(reader, new CsvRows(CaseTable.Columns, CaseTable.TimeZone), gzip);
    }

    private static void Pump(EngineConnection connection, IRowWriter writer)
    {
        using var reader = connection.Stream(new SqlBuilder().Append("SELECT * FROM cases").ToSql(), CancellationToken.None);
        RowPump.Write(reader, writer, Stream.Null);
    }

    private static void Write(IDistributionWriter writer, TableDescription table, EngineConnection connection)
    {
        // Stream.Null and files of our own: nothing here waits for a network, so blocking costs nothing.
        var rows = new RowSet(connection, new SqlBuilder().Append("SELECT * FROM cases").ToSql(), table);
        writer.WriteAsync(rows, Stream.Null, CancellationToken.None).GetAwaiter().GetResult();
    }

    private static void Drain(EngineConnection connection)
    {
        using var reader = connection.Stream(new SqlBuilder().Append("SELECT * FROM cases").ToSql(), CancellationToken.None);
        while (reader.Read(out _))
        {
        }
    }

    private static void Copy(EngineConnection connection, string format)
        => connection.Execute(new SqlBuilder().Append("COPY cases TO '/dev/null' (FORMAT ").Append(format).Append(")").ToSql());
}
