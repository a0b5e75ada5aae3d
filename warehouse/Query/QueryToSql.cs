using OpenData.Catalogs;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Query;

/// <summary>Pure: <see cref="DatasetQuery"/> → SQL over <c>"alias"."main"."data"</c>. Names come from the contract, values are bound.</summary>
public static class QueryToSql
{
    /// <summary>The column of row numbers.</summary>
    internal const string RowId = "_rid";

    /// <summary>The table of a version, and the name by which SQL knows its rows.</summary>
    internal const string Table = "data";

    /// <summary>The rows: one column per wanted column in order, then perhaps <c>_rid</c>.</summary>
    /// <param name="query">The question.</param>
    /// <param name="alias">The attachment that holds the version.</param>
    /// <exception cref="Catalogs.Errors.OpenDataException"><c>OD1209</c> when the SQL would be too long.</exception>
    public static SqlText Translate(DatasetQuery query, string alias)
    {
        if (query.AsStored && (query.OrderBy.Count > 0 || query.Skip > 0 || query.Top is not null || !query.IncludeRid))
        {
            throw new ArgumentException("Rows as they lie are a whole predicate's, with their numbers.", nameof(query));
        }

        var sql = new SqlBuilder();
        AppendSelect(sql, query);
        AppendFrom(sql, query, alias);
        AppendWhere(sql, query);
        AppendOrder(sql, query);
        // A key has one row at most, and a limit would cost an operator.
        if (query.Top is { } top && !(query.ByKey && top > 0))
        {
            sql.Append(" LIMIT ").Number(top);
        }

        if (query.Skip > 0)
        {
            sql.Append(" OFFSET ").Number(query.Skip);
        }

        return sql.ToSql();
    }

    /// <summary>One row, one column: how many rows the predicate has; order, skip and top do not matter.</summary>
    public static SqlText TranslateCount(DatasetQuery query, string alias)
    {
        var sql = new SqlBuilder().Append("SELECT count(*)");
        AppendFrom(sql, query, alias);
        AppendWhere(sql, query with { AfterRid = null, ThroughRid = null });
        return sql.ToSql();
    }

    /// <summary>The <c>_rid</c> of all rows of the predicate in the query's order, from its skip on, at most <paramref name="rowsMax"/>.</summary>
    public static SqlText TranslateOrder(DatasetQuery query, string alias, long rowsMax)
    {
        var sql = new SqlBuilder().Append("SELECT ").Name(RowId);
        AppendFrom(sql, query, alias);
        AppendWhere(sql, query);
        AppendOrder(sql, query);
        sql.Append(" LIMIT ").Number(rowsMax);
        if (query.Skip > 0)
        {
            sql.Append(" OFFSET ").Number(query.Skip);
        }

        return sql.ToSql();
    }

    /// <summary>The <c>_rid</c> of all rows of the predicate, in no order.</summary>
    internal static SqlText TranslateRids(DatasetQuery query, string alias)
    {
        var sql = new SqlBuilder().Append("SELECT ").Name(RowId);
        AppendFrom(sql, query, alias);
        AppendWhere(sql, query);
        return sql.ToSql();
    }

    /// <summary>The wanted columns of exactly these rows, in exactly this order.</summary>
    /// <param name="query">The question; only its columns count.</param>
    /// <param name="alias">The attachment that holds the version.</param>
    /// <param name="rids">Physical positions, one page of them.</param>
    public static SqlText TranslateRows(DatasetQuery query, string alias, IReadOnlyList<long> rids)
    {
        var sql = new SqlBuilder();
        AppendSelect(sql, query);
        sql.Append(" FROM (SELECT unnest(l) AS _page_rid, generate_subscripts(l, 1) AS _page_at FROM (SELECT CAST(string_split(CAST(")
            .Value(string.Join(',', rids))
            .Append(" AS VARCHAR), ',') AS BIGINT[]) AS l)) AS _page JOIN ");
        AppendTable(sql, query, alias);
        sql.Append(" ON ").Name(RowId).Append(" = _page_rid WHERE ").Name(RowId).Append(" BETWEEN ")
            .Number(rids.Min()).Append(" AND ").Number(rids.Max()).Append(" ORDER BY _page_at");
        return sql.ToSql();
    }

    /// <summary>One row: least and greatest value of each of these columns in the result, as text.</summary>
    public static SqlText TranslateBounds(DatasetQuery query, string alias, IReadOnlyList<ColumnContract> columns)
    {
        var sql = new SqlBuilder().Append("SELECT ");
        for (var i = 0; i < columns.Count; i++)
        {
            sql.Append(i == 0 ? "CAST(min(c" : ", CAST(min(c").Number(i).Append(") AS VARCHAR), CAST(max(c").Number(i).Append(") AS VARCHAR)");
        }

        sql.Append(" FROM (").Query(Translate(query with { Columns = columns }, alias)).Append(") AS r(");
        for (var i = 0; i < columns.Count; i++)
        {
            sql.Append(i == 0 ? "c" : ", c").Number(i);
        }

        return sql.Append(")").ToSql();
    }

    internal static void AppendSelect(SqlBuilder sql, DatasetQuery query)
    {
        sql.Append("SELECT ");
        for (var i = 0; i < query.Columns.Count; i++)
        {
            AppendColumn(sql.Append(i == 0 ? "" : ", "), query, query.Columns[i]);
        }

        if (query.IncludeRid)
        {
            sql.Append(query.Columns.Count == 0 ? "" : ", ").Name(RowId);
        }

        if (query.IncludeAbsent)
        {
            sql.Append(", ").Name(ApplyToSql.Absent);
        }
    }

    // Readers go by position; a name of the caller's choice does not come into the SQL.
    private static void AppendColumn(SqlBuilder sql, DatasetQuery query, ColumnContract column)
    {
        foreach (var computed in query.Computed)
        {
            if (computed.Column.Name == column.Name)
            {
                sql.Append("CAST(");
                Expression(sql, query).Value(computed.Expression);
                sql.Append(" AS ").Append(DuckDbTypes.SqlOf(column.Type)).Append(")");
                return;
            }
        }

        sql.Name(column.Name);
    }

    private static ExpressionToSql Expression(SqlBuilder sql, DatasetQuery query) => new(sql, query.Limits, ApplyToSql.NameOf(query.Apply));

    private static void AppendFrom(SqlBuilder sql, DatasetQuery query, string alias)
    {
        sql.Append(" FROM ");
        AppendTable(sql, query, alias);
    }

    private static void AppendTable(SqlBuilder sql, DatasetQuery query, string alias)
    {
        if (query.Apply.Count == 0)
        {
            AppendTable(sql, alias);
            return;
        }

        new ApplyToSql(sql, query.Apply, () => AppendTable(sql, alias), query.Limits).Append();
    }

    internal static void AppendTable(SqlBuilder sql, string alias) => sql.Name(alias).Append(".").Name("main").Append(".").Name(Table);

    private static void AppendWhere(SqlBuilder sql, DatasetQuery query)
    {
        var before = " WHERE ";
        if (query.AfterRid is { } after)
        {
            // Keyset, not OFFSET: page 10,000 costs what page 1 costs. Bound, so that all pages are one prepared statement.
            And().Name(RowId).Append(" > ").Value(after);
        }

        if (query.ThroughRid is { } through)
        {
            And().Name(RowId).Append(" <= ").Value(through);
        }

        if (query.Rids is { } rids)
        {
            AppendRids(And(), rids);
        }

        if (query.Predicate is { } predicate)
        {
            Expression(And(), query).Condition(predicate);
        }

        SqlBuilder And()
        {
            sql.Append(before);
            before = " AND ";
            return sql;
        }
    }

    private static void AppendRids(SqlBuilder sql, IReadOnlyList<long> rids)
    {
        if (rids.Count == 0)
        {
            sql.Append("false");
            return;
        }

        sql.Name(RowId).Append(rids.Count == 1 ? " = " : " IN (");
        for (var i = 0; i < rids.Count; i++)
        {
            sql.Append(i == 0 ? "" : ", ").Value(rids[i]);
        }

        sql.Append(rids.Count == 1 ? "" : ")");
    }

    /// <summary>Appends the order of a query.</summary>
    /// <param name="sql">Where it is appended.</param>
    /// <param name="query">The question.</param>
    /// <param name="first">A column of ours that comes before all others; null when there is none.</param>
    internal static void AppendOrder(SqlBuilder sql, DatasetQuery query, string? first = null)
    {
        if (query.AsStored || query.ByKey)
        {
            return;
        }

        sql.Append(" ORDER BY ");
        if (first is not null)
        {
            sql.Name(first).Append(", ");
        }

        Expression(sql, query).Terms(query.OrderBy);
        sql.Name(RowId);
    }
}
