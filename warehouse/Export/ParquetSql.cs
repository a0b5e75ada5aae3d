using System.Text.Json;
using OpenData.Catalogs;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Export;

/// <summary>
/// Pure: the statement that writes rows as Parquet, for whole versions and for results alike. Equal rows give equal bytes. Timestamps are
/// instants (UTC-adjusted), durations are microseconds, geometries are WKB with GeoParquet metadata.
/// </summary>
internal static class ParquetSql
{
    /// <summary>Rows of a row group, unless they are wide.</summary>
    public const int RowGroupRowsMax = 122_880;

    // DuckDB holds a whole row group in memory, several times over; fewer rows than a vector gain nothing.
    private const long RowGroupBytesMax = 32L << 20;
    private const int RowGroupRowsMin = 2_048;

    /// <summary>Rows of a row group of a table, so that wide rows need no more memory than narrow ones.</summary>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="bytes">Bytes that they take as CSV.</param>
    public static int RowGroupRows(long rows, long bytes)
        => (int)Math.Clamp(RowGroupBytesMax / Math.Max(1, bytes / Math.Max(1, rows)), RowGroupRowsMin, RowGroupRowsMax);

    /// <summary>COPY of the rows in their order, which DuckDB keeps without being asked to sort.</summary>
    /// <param name="rows">A query whose first columns are the given ones, under any names; its values stay bound values.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="path">The new file.</param>
    /// <param name="rowGroupRows">Rows of a row group.</param>
    public static SqlText Copy(SqlText rows, IReadOnlyList<ColumnContract> columns, string path, int rowGroupRows = RowGroupRowsMax)
    {
        var sql = new SqlBuilder().Append("COPY (SELECT ");
        for (var i = 0; i < columns.Count; i++)
        {
            Value(sql.Append(i == 0 ? "" : ", "), i, columns[i].Type).Append(" AS ").Name(columns[i].Name);
        }

        sql.Append(" FROM (").Query(rows).Append(") AS r(");
        for (var i = 0; i < columns.Count; i++)
        {
            sql.Append(i == 0 ? "c" : ", c").Number(i);
        }

        sql.Append(")) TO ").Value(path).Append(" (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false, ROW_GROUP_SIZE ").Number(rowGroupRows);
        if (GeoMetadata(columns) is { } geo)
        {
            sql.Append(", KV_METADATA {geo: ").Value(geo).Append("}");
        }

        return sql.Append(")").ToSql();
    }

    // By contract type: a sum of whole numbers is wider than any whole number of Parquet and would be written as a float.
    private static SqlBuilder Value(SqlBuilder sql, int index, ColumnType type)
    {
        if (type.Kind != ColumnKind.Timestamp)
        {
            return sql.Append("CAST(c").Number(index).Append(" AS ").Append(DuckDbTypes.SqlOf(type)).Append(")");
        }

        // timezone alone would do, but it asks a calendar about every value; the microseconds are null for the two infinities only.
        return sql.Append("coalesce(make_timestamptz(epoch_us(CAST(c").Number(index)
            .Append(" AS TIMESTAMP))), timezone('UTC', CAST(c").Number(index).Append(" AS TIMESTAMP)))");
    }

    /// <summary>GeoParquet 1.1 metadata; null without geometry columns.</summary>
    private static string? GeoMetadata(IReadOnlyList<ColumnContract> columns)
    {
        var geometries = columns.Where(c => c.Type.Kind == ColumnKind.Geometry).ToList();
        return geometries.Count == 0
            ? null
            : JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["version"] = "1.1.0",
                ["primary_column"] = geometries[0].Name,
                ["columns"] = geometries.ToDictionary(
                    c => c.Name,
                    c => new Dictionary<string, object>(StringComparer.Ordinal) { ["encoding"] = "WKB", ["geometry_types"] = TypesOf(c.Type.Geometry) },
                    StringComparer.Ordinal),
            });
    }

    private static string[] TypesOf(GeometryKind? kind) => kind switch
    {
        GeometryKind.Point => ["Point"],
        GeometryKind.Line => ["LineString", "MultiLineString"],
        GeometryKind.Polygon => ["Polygon", "MultiPolygon"],
        _ => [],
    };
}
