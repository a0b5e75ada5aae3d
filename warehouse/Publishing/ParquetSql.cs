using System.Text.Json;
using OpenData.Catalogs;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Validation;

namespace OpenData.Warehouse.Publishing;

/// <summary>
/// Pure: the statement that writes a version as Parquet. Equal rows give equal bytes. Timestamps are instants (UTC-adjusted), durations
/// are microseconds, geometries are WKB with GeoParquet metadata.
/// </summary>
internal static class ParquetSql
{
    private const int RowGroupRows = 122_880;

    /// <summary>COPY of the public columns in physical order, which DuckDB keeps without being asked to sort.</summary>
    public static SqlText Copy(DatasetContract contract, string alias, string path)
    {
        var sql = new SqlBuilder().Append("COPY (SELECT ");
        for (var i = 0; i < contract.PublicColumns.Count; i++)
        {
            var column = contract.PublicColumns[i];
            sql.Append(i == 0 ? "" : ", ");
            if (column.Type.Kind == ColumnKind.Timestamp)
            {
                sql.Append("timezone('UTC', ").Name(column.Name).Append(") AS ").Name(column.Name);
            }
            else
            {
                sql.Name(column.Name);
            }
        }

        sql.Append(" FROM ");
        ExpectationSql.PublishedTable(sql, alias).Append(") TO ").Literal(path)
            .Append(" (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ").Number(RowGroupRows);
        if (GeoMetadata(contract) is { } geo)
        {
            sql.Append(", KV_METADATA {geo: ").Literal(geo).Append("}");
        }

        return sql.Append(")").ToSql();
    }

    /// <summary>GeoParquet 1.1 metadata; null without geometry columns.</summary>
    private static string? GeoMetadata(DatasetContract contract)
    {
        var geometries = contract.PublicColumns.Where(c => c.Type.Kind == ColumnKind.Geometry).ToList();
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
