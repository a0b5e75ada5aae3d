using OpenData.Catalogs;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Changes;

/// <summary>
/// Pure: what of two attached versions is compared → SQL. Values are equal when they are exactly the same: null equals null, NaN equals
/// NaN, minus zero does not equal zero, texts and geometries are their bytes.
/// </summary>
/// <param name="tables">What is compared.</param>
/// <param name="older">Alias of the older version.</param>
/// <param name="newer">Alias of the newer version.</param>
internal sealed class ChangesToSql(ComparedTables tables, string older, string newer)
{
    /// <summary>Value of <see cref="Rows"/>'s first column for a row before its change.</summary>
    public const string From = "changed_from";

    /// <summary>Value of <see cref="Rows"/>'s first column for a row after its change.</summary>
    public const string To = "changed_to";

    /// <summary>Name of that first column.</summary>
    public const string ChangeColumn = "_change";

    /// <summary>A temporary table for pairs of row numbers; null stands for a row that is not there.</summary>
    public static SqlText CreatePairs() => Fixed("CREATE TEMP TABLE change_pairs (older BIGINT, newer BIGINT)");

    /// <summary>Adds the pairs that differ. A part of the keys at a time, so that memory does not grow with the tables.</summary>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">How many there are.</param>
    public SqlText InsertPairs(long part, long parts)
    {
        var sql = new SqlBuilder().Append("INSERT INTO change_pairs SELECT o._rid, n._rid FROM ");
        Source(sql, older, part, parts).Append(" AS o FULL JOIN ");
        Source(sql, newer, part, parts).Append(" AS n ON ");
        for (var i = 0; i < tables.Key.Count; i++)
        {
            // Equal is exactly the same here: a contract refuses a key of type float, and a key always has a value.
            (i == 0 ? sql : sql.Append(" AND ")).Append("o.").Name(tables.Key[i].Name).Append(" = n.").Name(tables.Key[i].Name);
        }

        if (tables.ByContent)
        {
            // The hash in the key was made from the received row; storage may since have dropped the sign of a zero.
            foreach (var column in Values)
            {
                IsMinusZero(sql.Append(" AND coalesce("), "o", column);
                IsMinusZero(sql.Append(", false) = coalesce("), "n", column).Append(", false)");
            }
        }

        sql.Append(" WHERE o._rid IS NULL OR n._rid IS NULL");
        foreach (var column in tables.ByContent ? [] : Values)
        {
            Differs(sql.Append(" OR "), column, "o", "n");
        }

        return sql.ToSql();
    }

    /// <summary>Pairs whose older row was one of these, in its order: <c>older</c>, <c>newer</c>.</summary>
    /// <param name="rids">A query that gives row numbers of the older version; null means all.</param>
    public static SqlText PairsOfOlder(SqlText? rids) => PairsOf("older", rids);

    /// <summary>Pairs whose newer row is one of these, in its order: <c>older</c>, <c>newer</c>.</summary>
    /// <param name="rids">A query that gives row numbers of the newer version; null means all.</param>
    public static SqlText PairsOfNewer(SqlText? rids) => PairsOf("newer", rids);

    /// <summary>A temporary table with the rows of one kind in the order of the newer version, removed ones in that of the older; its rowid counts them.</summary>
    public static SqlText CreateList(ChangeKind kind)
    {
        var sql = new SqlBuilder().Append("CREATE TEMP TABLE ").Name(List(kind)).Append(" AS SELECT older, newer FROM change_pairs WHERE ");
        return (kind switch
        {
            ChangeKind.Added => sql.Append("older IS NULL ORDER BY newer"),
            ChangeKind.Removed => sql.Append("newer IS NULL ORDER BY older"),
            _ => sql.Append("older IS NOT NULL AND newer IS NOT NULL ORDER BY newer"),
        }).ToSql();
    }

    /// <summary>How many rows a list has.</summary>
    public static SqlText Count(ChangeKind kind) => new SqlBuilder().Append("SELECT count(*) FROM ").Name(List(kind)).ToSql();

    /// <summary>
    /// A slice of a list as rows: <c>_change</c>, then the compared columns. A changed row comes twice: as it was, as it is.
    /// </summary>
    public SqlText Rows(ChangeKind kind, long first, long count)
    {
        var sql = new SqlBuilder().Append("SELECT ").Name(ChangeColumn);
        foreach (var column in tables.Columns)
        {
            sql.Append(", ").Name(column.Name);
        }

        sql.Append(" FROM (");
        switch (kind)
        {
            case ChangeKind.Added:
                Side(sql, kind, "added", isNewer: true, first, count);
                break;
            case ChangeKind.Removed:
                Side(sql, kind, "removed", isNewer: false, first, count);
                break;
            default:
                Side(sql, kind, From, isNewer: false, first, count);
                Side(sql.Append(" UNION ALL "), kind, To, isNewer: true, first, count);
                break;
        }

        return sql.Append(") ORDER BY _at, _side").ToSql();
    }

    /// <summary>
    /// A slice of the changed rows, one row each: the compared columns as they were, then as they are, then for each whether it differs.
    /// </summary>
    public SqlText Pairs(long first, long count)
    {
        var sql = new SqlBuilder().Append("SELECT ");
        foreach (var side in new[] { "o", "n" })
        {
            foreach (var column in tables.Columns)
            {
                sql.Append(side).Append(".").Name(column.Name).Append(", ");
            }
        }

        for (var i = 0; i < tables.Columns.Count; i++)
        {
            Differs(i == 0 ? sql : sql.Append(", "), tables.Columns[i], "o", "n");
        }

        sql.Append(" FROM ").Name(List(ChangeKind.Changed)).Append(" AS l JOIN ").Name(older).Append(".main.data AS o ON o._rid = l.older JOIN ")
            .Name(newer).Append(".main.data AS n ON n._rid = l.newer WHERE ");
        return Slice(sql, first, count).Append(" ORDER BY l.rowid").ToSql();
    }

    private static SqlText PairsOf(string side, SqlText? rids)
    {
        var sql = new SqlBuilder().Append("SELECT older, newer FROM change_pairs WHERE ").Name(side);
        if (rids is null)
        {
            sql.Append(" IS NOT NULL");
        }
        else
        {
            sql.Append(" IN (").Query(rids).Append(")");
        }

        return sql.Append(" ORDER BY ").Name(side).ToSql();
    }

    private static string List(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => "change_added",
        ChangeKind.Removed => "change_removed",
        _ => "change_changed",
    };

    private static SqlText Fixed(string sql) => new SqlBuilder().Append(sql).ToSql();

    private static SqlBuilder Slice(SqlBuilder sql, long first, long count)
        => sql.Append("l.rowid >= ").Number(first).Append(" AND l.rowid < ").Number(first + count);

    /// <summary>What is compared besides the key.</summary>
    private IEnumerable<ColumnContract> Values
        => tables.Columns.Where(c => tables.ByContent ? c.Type.Kind == ColumnKind.Float : !tables.Key.Contains(c));

    private SqlBuilder Source(SqlBuilder sql, string alias, long part, long parts)
    {
        sql.Append("(SELECT _rid");
        foreach (var column in tables.Key.Concat(Values))
        {
            sql.Append(", ").Name(column.Name);
        }

        sql.Append(" FROM ").Name(alias).Append(".main.data");
        if (parts > 1)
        {
            sql.Append(" WHERE hash(");
            for (var i = 0; i < tables.Key.Count; i++)
            {
                (i == 0 ? sql : sql.Append(", ")).Name(tables.Key[i].Name);
            }

            sql.Append(") % ").Number(parts).Append(" = ").Number(part);
        }

        return sql.Append(")");
    }

    private void Side(SqlBuilder sql, ChangeKind kind, string word, bool isNewer, long first, long count)
    {
        sql.Append("SELECT l.rowid AS _at, ").Number(isNewer ? 1 : 0).Append(" AS _side, ").Value(word).Append(" AS ").Name(ChangeColumn);
        foreach (var column in tables.Columns)
        {
            sql.Append(", d.").Name(column.Name);
        }

        sql.Append(" FROM ").Name(List(kind)).Append(" AS l JOIN ").Name(isNewer ? newer : older).Append(".main.data AS d ON d._rid = l.")
            .Append(isNewer ? "newer" : "older").Append(" WHERE ");
        Slice(sql, first, count);
    }

    private static void Differs(SqlBuilder sql, ColumnContract column, string one, string other)
    {
        sql.Append("(").Append(one).Append(".").Name(column.Name).Append(" IS DISTINCT FROM ").Append(other).Append(".").Name(column.Name);
        if (column.Type.Kind == ColumnKind.Float)
        {
            IsMinusZero(sql.Append(" OR "), one, column).Append(" IS DISTINCT FROM ");
            IsMinusZero(sql, other, column);
        }

        sql.Append(")");
    }

    private static SqlBuilder IsMinusZero(SqlBuilder sql, string table, ColumnContract column)
        => sql.Append("(").Append(table).Append(".").Name(column.Name).Append(" = 0 AND signbit(").Append(table).Append(".").Name(column.Name).Append("))");
}
