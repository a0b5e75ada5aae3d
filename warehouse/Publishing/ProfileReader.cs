using System.Globalization;
using OpenData.Catalogs;
using OpenData.Warehouse.Derivation;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Validation;

namespace OpenData.Warehouse.Publishing;

/// <summary>Computes the column profiles of a version from the published table itself.</summary>
internal static class ProfileReader
{
    private const int TopMax = 10;
    private const int TopTextLengthMax = 200;

    /// <summary>More distinct values than this are names, not kinds: no list of the most frequent.</summary>
    private const long TopDistinctMax = 10_000;

    /// <summary>Profiles of all public columns, in order.</summary>
    public static IReadOnlyList<ColumnProfile> Read(EngineConnection connection, string alias, DatasetContract contract, CancellationToken token)
        => [.. contract.PublicColumns.Select(c => Column(connection, alias, contract, c, token))];

    private static ColumnProfile Column(EngineConnection connection, string alias, DatasetContract contract, ColumnContract column, CancellationToken token)
    {
        // The values of a key of one column are known to differ: counting them apart is the dearest count of all.
        var isKey = !contract.HasRowKey && contract.Key is [var only] && only == column.Name;
        var sql = new SqlBuilder().Append("SELECT count(*) - count(").Name(column.Name).Append("), count(").Append(isKey ? "" : "DISTINCT ")
            .Name(column.Name).Append(")");
        var hasOrder = column.Type.Kind is not (ColumnKind.Geometry or ColumnKind.Json or ColumnKind.List);
        if (hasOrder)
        {
            sql.Append(", ");
            Text(sql, column, "min").Append(", ");
            Text(sql, column, "max");
        }

        sql.Append(" FROM ");
        var facts = connection.Rows(ExpectationSql.PublishedTable(sql, alias).ToSql(), token)[0];
        var (nulls, distinct) = ((long)facts[0]!, (long)facts[1]!); // counts are never null
        var offsets = new ZoneOffsets(TimeZoneInfo.FindSystemTimeZoneById(WallTimeSql.ZoneOf(column, contract)));
        return new ColumnProfile(
            column.Name,
            nulls,
            distinct,
            hasOrder ? Shown(facts[2], column, offsets) : null,
            hasOrder ? Shown(facts[3], column, offsets) : null,
            hasOrder && !isKey && distinct is > 0 and <= TopDistinctMax ? Top(connection, alias, column, offsets, token) : []);
    }

    private static List<TopValue> Top(EngineConnection connection, string alias, ColumnContract column, ZoneOffsets offsets, CancellationToken token)
    {
        var sql = new SqlBuilder().Append("SELECT ");
        Text(sql, column, "").Append(", n FROM (SELECT ").Name(column.Name).Append(", count(*) AS n FROM ");
        ExpectationSql.PublishedTable(sql, alias).Append(" WHERE ").Name(column.Name).Append(" IS NOT NULL GROUP BY ALL HAVING count(*) > 1 ORDER BY n DESC, ")
            .Name(column.Name).Append(" LIMIT ").Number(TopMax).Append(") ORDER BY n DESC, ").Name(column.Name);
        return connection.Rows(sql.ToSql(), token)
            .ConvertAll(r => new TopValue(Shown(r[0], column, offsets) ?? "", (long)r[1]!)); // a count is never null
    }

    // Timestamps come as microseconds and get their offset here; everything else has one text in DuckDB.
    private static SqlBuilder Text(SqlBuilder sql, ColumnContract column, string function)
    {
        sql.Append(column.Type.Kind == ColumnKind.Timestamp ? "epoch_us(" : "CAST(").Append(function).Append("(").Name(column.Name).Append(")");
        return column.Type.Kind == ColumnKind.Timestamp ? sql.Append(")") : sql.Append(" AS VARCHAR)");
    }

    private static string? Shown(object? value, ColumnContract column, ZoneOffsets offsets)
    {
        if (value is not long micros || column.Type.Kind != ColumnKind.Timestamp)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture);
            return value is null ? null : text is { Length: > TopTextLengthMax } ? text[..TopTextLengthMax] : text;
        }

        Span<byte> bytes = stackalloc byte[ValueText.LengthMax];
        var length = ValueText.Timestamp(bytes, micros, offsets.MinutesAt(micros));
        return System.Text.Encoding.ASCII.GetString(bytes[..length]);
    }
}
