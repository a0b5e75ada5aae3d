using OpenData.Catalogs;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;

namespace OpenData.Benchmarks;

/// <summary>The cases of <see cref="CaseTable"/> as the CSV file that an agency would send.</summary>
internal static class CaseFile
{
    /// <summary>Writes all rows.</summary>
    public static void Write(string folder, string csv, long rows) => Write(folder, csv, rows, new SqlBuilder().Append("SELECT * FROM cases"));

    /// <summary>Writes what a query selects of the table <c>cases</c> with so many rows.</summary>
    public static void Write(string folder, string csv, long rows, SqlBuilder selected)
    {
        var file = Path.Combine(folder, "source.duckdb");
        File.Delete(file);
        using (var engine = DuckDbEngine.File(file, new EngineOptions { QueryTimeout = Timeout.InfiniteTimeSpan, MemoryBytesMax = 4L << 30 }, readOnly: false))
        {
            using var connection = engine.Connect();
            connection.Execute(CaseTable.Create(rows));
            using var reader = connection.Stream(selected.ToSql(), CancellationToken.None);
            using var target = File.Create(csv);
            RowPump.Write(reader, new CsvRows(CaseTable.Columns, CaseTable.TimeZone), target);
        }

        File.Delete(file);
    }

    /// <summary>Appends what the engine itself reads of such a file, with the types that a published table has: <c>columns FROM read_csv(…)</c>.</summary>
    public static SqlBuilder Read(SqlBuilder sql, IReadOnlyList<ColumnContract> columns, string csv)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            sql.Append(i == 0 ? "" : ", ");
            if (columns[i].Type.Kind == ColumnKind.Timestamp)
            {
                sql.Append("timezone('UTC', ").Name(columns[i].Name).Append(") AS ");
            }

            sql.Name(columns[i].Name);
        }

        sql.Append(" FROM read_csv(").Value(csv).Append(", header = true, auto_detect = false, columns = {");
        for (var i = 0; i < columns.Count; i++)
        {
            var type = columns[i].Type.Kind == ColumnKind.Timestamp ? "TIMESTAMPTZ" : DuckDbTypes.SqlOf(columns[i].Type);
            sql.Append(i == 0 ? "" : ", ").Name(columns[i].Name).Append(": '").Append(type).Append("'");
        }

        return sql.Append("})");
    }
}
