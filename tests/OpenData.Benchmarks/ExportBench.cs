using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;

namespace OpenData.Benchmarks;

/// <summary>Our writers against DuckDB's own COPY, both to nowhere, from the same table.</summary>
internal static class ExportBench
{
    public static IEnumerable<Comparison> Run(string folder, long rows, int rounds, Func<string, bool> wanted)
    {
        var file = Path.Combine(folder, "export.duckdb");
        File.Delete(file);
        using var engine = DuckDbEngine.File(file, new EngineOptions { Threads = 2, MemoryBytesMax = 4L << 30 }, readOnly: false);
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
    }

    private static void Pump(EngineConnection connection, IRowWriter writer)
    {
        using var reader = connection.Stream(new SqlBuilder().Append("SELECT * FROM cases").ToSql(), CancellationToken.None);
        RowPump.Write(reader, writer, Stream.Null);
    }

    private static void Copy(EngineConnection connection, string format)
        => connection.Execute(new SqlBuilder().Append("COPY cases TO '/dev/null' (FORMAT ").Append(format).Append(")").ToSql());
}
