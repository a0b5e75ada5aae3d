using OpenData.Catalogs;
using OpenData.Warehouse.Derivation;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Validation;

namespace OpenData.Warehouse.Publishing;

/// <summary>
/// Counts rows per day of the change time in a version and in a full reading of its source, and tells the days that differ. What the next
/// incremental reading would have brought is no difference: rows of the source from the lower bound on stay out, and so do the published
/// rows that they change or delete.
/// </summary>
public static class DayComparison
{
    private const string PublishedAlias = "published_version";

    /// <summary>True when the contract has a change time that falls on days; a growing number does not.</summary>
    public static bool Serves(DatasetContract contract)
        => contract.ChangeTime is { } name && contract.Column(name)?.Type.Kind is ColumnKind.Timestamp or ColumnKind.Date;

    /// <summary>The days that differ, in order; at most one more than <paramref name="daysMax"/>.</summary>
    /// <param name="validated">A reading of everything, under the contract of the version.</param>
    /// <param name="published">The version.</param>
    /// <param name="bound">Where the next incremental reading would have begun.</param>
    /// <param name="engineOptions">Limits of the engine.</param>
    /// <param name="daysMax">How many days are wanted.</param>
    /// <param name="token">Stops the query.</param>
    public static IReadOnlyList<DayCount> Differences(
        ValidatedTable validated, Snapshot published, DateTimeOffset bound, EngineOptions engineOptions, int daysMax, CancellationToken token)
    {
        var spill = Path.Combine(Path.GetDirectoryName(validated.Staged.DatabaseFile)!, "spill");
        Directory.CreateDirectory(spill);
        var options = engineOptions with { QueryTimeout = Timeout.InfiniteTimeSpan, TempFolder = spill };
        using var engine = DuckDbEngine.File(validated.Staged.DatabaseFile, options, readOnly: true);
        engine.AttachReadOnly(published.DataFile, PublishedAlias);
        using var connection = engine.Connect();
        return [.. connection.Rows(Sql(validated.Contract, bound, daysMax), token).Select(r => new DayCount((string)r[0]!, (long)r[1]!, (long)r[2]!))]; // none is null
    }

    /// <summary>Pure: the comparison over the stage database.</summary>
    internal static SqlText Sql(DatasetContract contract, DateTimeOffset bound, int daysMax)
    {
        var column = contract.Column(contract.ChangeTime!)!; // Serves looked
        var key = PhysicalOrder.KeyOf(contract);
        var sql = new SqlBuilder().Append("WITH news AS (");
        News(sql, contract, key, ValidatedTable.GoodRelation, bound);
        if (contract.Deletions is not null)
        {
            News(sql.Append(" UNION ALL "), contract, key, DeletionSql.Relation, bound);
        }

        Days(sql.Append("), at_source AS ("), contract, column).Append("main.").Name(ValidatedTable.GoodRelation).Append(" AS r WHERE ");
        Bound(sql, contract, column, " < ", bound).Append(") GROUP BY 1), published AS (");
        ExpectationSql.PublishedTable(Days(sql, contract, column), PublishedAlias).Append(" AS r WHERE ");
        Bound(sql, contract, column, " < ", bound).Append(" AND NOT EXISTS (SELECT 1 FROM news AS w WHERE true");
        foreach (var name in key)
        {
            sql.Append(" AND w.").Name(name).Append(" = r.").Name(name);
        }

        return sql.Append(")) GROUP BY 1) SELECT coalesce(p.day, s.day), coalesce(p.n, 0), coalesce(s.n, 0) FROM published AS p FULL JOIN at_source AS s ON p.day = s.day")
            .Append(" WHERE coalesce(p.n, 0) <> coalesce(s.n, 0) ORDER BY 1 LIMIT ").Number(daysMax + 1L).ToSql();
    }

    private static void News(SqlBuilder sql, DatasetContract contract, IReadOnlyList<string> key, string relation, DateTimeOffset bound)
    {
        ExpectationSql.Names(sql.Append("SELECT "), key).Append(" FROM main.").Name(relation).Append(" AS r WHERE ");
        Bound(sql, contract, contract.Column(contract.ChangeTime!)!, " >= ", bound); // Serves looked
    }

    private static SqlBuilder Days(SqlBuilder sql, DatasetContract contract, ColumnContract column)
        => WallTimeSql.Column(
                sql.Append("SELECT CAST(CAST(").Name(column.Name).Append(" AS DATE) AS VARCHAR) AS day, count(*) AS n FROM (SELECT "), column, contract)
            .Append(" FROM ");

    // Timestamps rest in UTC; a day begins at its midnight in the contract's zone.
    private static SqlBuilder Bound(SqlBuilder sql, DatasetContract contract, ColumnContract column, string comparison, DateTimeOffset bound)
        => sql.Append("r.").Name(column.Name).Append(comparison).Value(column.Type.Kind == ColumnKind.Timestamp
            ? DateTime.SpecifyKind(bound.UtcDateTime, DateTimeKind.Unspecified)
            : DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(bound, TimeZoneInfo.FindSystemTimeZoneById(contract.TimeZone)).DateTime));
}
