using System.Collections.Concurrent;
using OpenData.Catalogs;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Derivation;

/// <summary>
/// Stored timestamps are UTC; SQL of contracts sees wall time of the column's zone, so that <c>date_trunc('month', …)</c> and casts to
/// a date cut where people do.
/// </summary>
internal static class WallTimeSql
{
    // DuckDB asks the time zone library about every value, at more than a microsecond each. Where a zone has kept one offset since this
    // day (as Việt Nam has since 1975), an addition says the same.
    private static readonly DateTime SteadySince = new(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly ConcurrentDictionary<string, long?> SteadyOffsets = new(StringComparer.Ordinal);

    /// <summary>Appends the column as SQL of contracts sees it, under its own name.</summary>
    public static SqlBuilder Column(SqlBuilder sql, ColumnContract column, DatasetContract contract)
    {
        if (column.Type.Kind != ColumnKind.Timestamp)
        {
            return sql.Name(column.Name);
        }

        var zone = ZoneOf(column, contract);
        Steady(sql, column, zone, " >= TIMESTAMP '1980-01-01' THEN ", sign: 1).Append("timezone(").Literal(zone).Append(", timezone('UTC', ")
            .Name(column.Name).Append("))");
        return sql.Append(SteadySeconds(zone) is null ? " AS " : " END AS ").Name(column.Name);
    }

    /// <summary>Appends the way back: wall time of the column's zone → UTC.</summary>
    public static SqlBuilder ToUtc(SqlBuilder sql, ColumnContract column, DatasetContract contract)
    {
        // One day later: whatever the offset, that wall time is an instant of the steady time.
        var zone = ZoneOf(column, contract);
        Steady(sql, column, zone, " >= TIMESTAMP '1980-01-02' THEN ", sign: -1).Append("timezone('UTC', timezone(").Literal(zone).Append(", ")
            .Name(column.Name).Append("))");
        return SteadySeconds(zone) is null ? sql : sql.Append(" END");
    }

    /// <summary>IANA zone of a timestamp column.</summary>
    public static string ZoneOf(ColumnContract column, DatasetContract contract) => column.TimeZone ?? contract.TimeZone;

    /// <summary>The zone's offset in seconds when it has been the same since 1980 and is to stay; else null.</summary>
    internal static long? SteadySeconds(string zone) => SteadyOffsets.GetOrAdd(zone, static name =>
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found))
        {
            return null;
        }

        var deltas = found.GetAdjustmentRules()
            .Where(r => r.DateEnd >= SteadySince.AddDays(-1))
            .Select(r => (r.BaseUtcOffsetDelta, r.DaylightDelta))
            .Distinct();
        return deltas.Count() > 1 || found.SupportsDaylightSavingTime && deltas.Any(d => d.DaylightDelta != TimeSpan.Zero)
            ? null
            : (long)found.GetUtcOffset(SteadySince).TotalSeconds;
    });

    private static SqlBuilder Steady(SqlBuilder sql, ColumnContract column, string zone, string condition, int sign)
        => SteadySeconds(zone) is { } seconds
            ? sql.Append("CASE WHEN ").Name(column.Name).Append(condition).Name(column.Name).Append(" + to_seconds(").Number(sign * seconds)
                .Append(") ELSE ")
            : sql;
}
