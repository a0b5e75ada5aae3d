using OpenData.Catalogs;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Validation;

/// <summary>
/// Pure: the disclosure rule as SQL over a relation with <c>_row</c> and the public columns. Small counts lose their cells; then, in
/// every group with a published total, a lone hidden cell gets a companion, until no group has a lone one. The cells are emptied in
/// the rows themselves, so every output, count and profile says the same.
/// </summary>
internal static class Suppression
{
    /// <summary>The reason written into a companion column.</summary>
    public const string Reason = "suppressed";

    /// <summary>
    /// The groupings with a published total: each column of <c>within</c> alone, and all of them together. A grouping by nothing
    /// (the table's grand total) comes first when <c>within</c> is empty.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<string>> Groupings(SuppressionRule rule)
        => rule.Within.Count <= 1
            ? [rule.Within]
            : [.. rule.Within.Select(column => (IReadOnlyList<string>)[column]), rule.Within];

    /// <summary>A table <c>hidden(_row)</c> with the small counts.</summary>
    public static SqlText Primary(SuppressionRule rule, string from)
        => new SqlBuilder().Append("CREATE OR REPLACE TABLE hidden AS SELECT _row FROM ").Name(from).Append(" WHERE ").Name(rule.CountColumn)
            .Append(" BETWEEN 1 AND ").Number(rule.CountBelow - 1).ToSql();

    /// <summary>
    /// Adds a companion to every group that has exactly one hidden cell and others to choose from: the smallest count that is not
    /// zero, else a zero; ties by the key. Run over all groupings until it adds nothing.
    /// </summary>
    public static SqlText Complementary(SuppressionRule rule, IReadOnlyList<string> grouping, IReadOnlyList<string> key, string from)
    {
        var sql = new SqlBuilder().Append("INSERT INTO hidden SELECT _row FROM (SELECT _row, is_hidden, count(*) FILTER (is_hidden) OVER (");
        Partition(sql, grouping).Append(") AS lone, row_number() OVER (");
        Partition(sql, grouping, "is_hidden").Append(" ORDER BY (").Name(rule.CountColumn).Append(" = 0), ").Name(rule.CountColumn);
        foreach (var column in key)
        {
            sql.Append(", ").Name(column);
        }

        return sql.Append(", _row) AS n FROM (SELECT *, _row IN (SELECT _row FROM hidden) AS is_hidden FROM ").Name(from).Append(" WHERE ")
            .Name(rule.CountColumn).Append(" IS NOT NULL)) WHERE lone = 1 AND NOT is_hidden AND n = 1").ToSql();
    }

    /// <summary>A table <c>suppressed</c>: the relation with the listed cells of hidden rows emptied and their reason columns filled.</summary>
    public static SqlText Apply(SuppressionRule rule, DatasetContract contract, string from)
    {
        var emptied = rule.Columns.Append(rule.CountColumn).ToHashSet(StringComparer.Ordinal);
        var reasons = contract.PublicColumns
            .Where(c => emptied.Contains(c.Name) && c.NullReason is not null)
            .Select(c => c.NullReason!) // the filter above
            .ToHashSet(StringComparer.Ordinal);
        var sql = new SqlBuilder().Append("CREATE OR REPLACE TABLE suppressed AS SELECT _row");
        foreach (var column in contract.PublicColumns)
        {
            sql.Append(", ");
            if (emptied.Contains(column.Name))
            {
                sql.Append("CASE WHEN _row IN (SELECT _row FROM hidden) THEN NULL ELSE ").Name(column.Name).Append(" END AS ").Name(column.Name);
            }
            else if (reasons.Contains(column.Name))
            {
                sql.Append("CASE WHEN _row IN (SELECT _row FROM hidden) THEN ").Value(Reason).Append(" ELSE ").Name(column.Name)
                    .Append(" END AS ").Name(column.Name);
            }
            else
            {
                sql.Name(column.Name);
            }
        }

        return sql.Append(" FROM ").Name(from).ToSql();
    }

    private static SqlBuilder Partition(SqlBuilder sql, IReadOnlyList<string> grouping, string? also = null)
    {
        var first = true;
        foreach (var column in grouping)
        {
            sql.Append(first ? "PARTITION BY " : ", ").Name(column);
            first = false;
        }

        return also is null ? sql : sql.Append(first ? "PARTITION BY " : ", ").Name(also);
    }
}
