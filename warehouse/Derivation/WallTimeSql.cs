using OpenData.Catalogs;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Derivation;

/// <summary>
/// Stored timestamps are UTC; SQL of contracts sees wall time of the column's zone, so that <c>date_trunc('month', …)</c> and casts to
/// a date cut where people do.
/// </summary>
internal static class WallTimeSql
{
    /// <summary>Appends the column as SQL of contracts sees it, under its own name.</summary>
    public static SqlBuilder Column(SqlBuilder sql, ColumnContract column, DatasetContract contract)
        => column.Type.Kind == ColumnKind.Timestamp
            ? sql.Append("timezone(").Literal(ZoneOf(column, contract)).Append(", timezone('UTC', ").Name(column.Name)
                .Append(")) AS ").Name(column.Name)
            : sql.Name(column.Name);

    /// <summary>Appends the way back: wall time of the column's zone → UTC.</summary>
    public static SqlBuilder ToUtc(SqlBuilder sql, ColumnContract column, DatasetContract contract)
        => sql.Append("timezone('UTC', timezone(").Literal(ZoneOf(column, contract)).Append(", ")
            .Name(column.Name).Append("))");

    /// <summary>IANA zone of a timestamp column.</summary>
    public static string ZoneOf(ColumnContract column, DatasetContract contract) => column.TimeZone ?? contract.TimeZone;
}
