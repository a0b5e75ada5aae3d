using OpenData.Catalogs;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Validation;

/// <summary>
/// Pure: which of several received records with one key stays. Equal ones are duplicates; of differing ones the latest change time
/// wins, then the latest position, and the others are superseded.
/// </summary>
internal static class DedupeSql
{
    /// <summary>The column that says which record is later: the incremental column, else <c>updated_at</c>; null when there is none.</summary>
    public static string? ChangeTime(DatasetContract contract)
        => contract.ChangeTime;

    /// <summary>A table <c>repeated_keys</c> with the keys of more than one record still in the running.</summary>
    public static SqlText RepeatedKeys(DatasetContract contract)
    {
        var sql = new SqlBuilder().Append("CREATE OR REPLACE TABLE repeated_keys AS SELECT ");
        ExpectationSql.Names(sql, contract.Key).Append(" FROM staged WHERE _row NOT IN (SELECT _row FROM dropped) GROUP BY ");
        return ExpectationSql.Names(sql, contract.Key).Append(" HAVING count(*) > 1").ToSql();
    }

    /// <summary>Drops the losers of the repeated keys, with the reason.</summary>
    public static SqlText DropLosers(DatasetContract contract)
    {
        var all = contract.PublicColumns.Select(c => c.Name).Concat(contract.Deletions is null ? [] : [DeletionMark.Column]).ToList();
        var sql = new SqlBuilder().Append("INSERT INTO dropped SELECT _row, CASE WHEN equal > 1 THEN 'duplicate' ELSE 'superseded' END FROM (")
            .Append("SELECT _row, row_number() OVER (PARTITION BY ");
        ExpectationSql.Names(sql, all).Append(" ORDER BY _row DESC) AS equal, row_number() OVER (PARTITION BY ");
        ExpectationSql.Names(sql, contract.Key).Append(" ORDER BY ");
        if (ChangeTime(contract) is { } changed)
        {
            sql.Name(changed).Append(" DESC NULLS LAST, ");
        }

        sql.Append("_row DESC) AS latest FROM staged AS s WHERE _row NOT IN (SELECT _row FROM dropped) AND EXISTS (SELECT 1 FROM repeated_keys AS k WHERE ");
        for (var i = 0; i < contract.Key.Count; i++)
        {
            (i == 0 ? sql : sql.Append(" AND ")).Append("s.").Name(contract.Key[i]).Append(" = k.").Name(contract.Key[i]);
        }

        return sql.Append(")) WHERE latest > 1").ToSql();
    }

    /// <summary>
    /// A relation with <c>_key</c>: a hash of the row's values and the number of its occurrence, so that equal rows keep apart and the
    /// same input gives the same keys.
    /// </summary>
    public static SqlText WithRowKey(DatasetContract contract, string from)
    {
        var columns = contract.PublicColumns;
        var sql = new SqlBuilder().Append("CREATE OR REPLACE TABLE keyed AS SELECT _row");
        foreach (var column in columns)
        {
            sql.Append(", ").Name(column.Name);
        }

        sql.Append(", h || '-' || row_number() OVER (PARTITION BY h ORDER BY _row) AS _key FROM (SELECT *, left(sha256(concat(");
        for (var i = 0; i < columns.Count; i++)
        {
            // Length before text: no two rows run together into the same words.
            var text = columns[i].Type.Kind == ColumnKind.Geometry ? "hex(" : "CAST(";
            var end = columns[i].Type.Kind == ColumnKind.Geometry ? ")" : " AS VARCHAR)";
            (i == 0 ? sql : sql.Append(", ")).Append("coalesce(length(").Append(text).Name(columns[i].Name).Append(end).Append(") || ':' || ")
                .Append(text).Name(columns[i].Name).Append(end).Append(", '~')");
        }

        return sql.Append(")), 32) AS h FROM ").Name(from).Append(")").ToSql();
    }
}
