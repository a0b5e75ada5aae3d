using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;

namespace OpenData.Benchmarks;

/// <summary>The cases of <see cref="CaseTable"/> as the CSV file that an agency would send.</summary>
internal static class CaseFile
{
    public static void Write(string folder, string csv, long rows)
    {
        var file = Path.Combine(folder, "source.duckdb");
        File.Delete(file);
        using (var engine = DuckDbEngine.File(file, new EngineOptions { QueryTimeout = Timeout.InfiniteTimeSpan, MemoryBytesMax = 4L << 30 }, readOnly: false))
        {
            using var connection = engine.Connect();
            connection.Execute(CaseTable.Create(rows));
            using var reader = connection.Stream(new SqlBuilder().Append("SELECT * FROM cases").ToSql(), CancellationToken.None);
            using var target = File.Create(csv);
            RowPump.Write(reader, new CsvRows(CaseTable.Columns, CaseTable.TimeZone), target);
        }

        File.Delete(file);
    }
}
