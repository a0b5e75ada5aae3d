namespace OpenData.Warehouse.Query;

/// <summary>Pure: the related rows of some rows → SQL.</summary>
public static class ExpansionToSql
{
    private const string Parent = "_parent";
    private const string Moment = "_moment";

    /// <summary>The related rows: the wanted columns, the row's own <c>_rid</c>, then that of the row to which it belongs; rows of one stand together, in their order.</summary>
    /// <param name="expansion">What is wanted of them.</param>
    /// <param name="alias">The attachment of the rows to which they belong.</param>
    /// <param name="rids">These rows, at least one.</param>
    /// <param name="rowsMax">Most rows altogether.</param>
    public static SqlText Translate(Expansion expansion, string alias, IReadOnlyList<long> rids, long rowsMax)
    {
        var query = expansion.Query with { IncludeRid = true };
        var sql = new SqlBuilder();
        QueryToSql.AppendSelect(sql, query);
        sql.Append(", ").Name(Parent);
        AppendFrom(sql, expansion, alias, rids);
        if (query.Skip > 0 || query.Top is not null)
        {
            sql.Append(" QUALIFY row_number() OVER (PARTITION BY ").Name(Parent);
            QueryToSql.AppendOrder(sql, query);
            sql.Append(")");
            if (query.Top is { } top)
            {
                sql.Append(" BETWEEN ").Number(DatasetQuery.Saturated(query.Skip, 1)).Append(" AND ").Number(DatasetQuery.Saturated(query.Skip, top));
            }
            else
            {
                sql.Append(" > ").Number(query.Skip);
            }
        }

        QueryToSql.AppendOrder(sql, query, Parent);
        return sql.Append(" LIMIT ").Number(rowsMax).ToSql();
    }

    /// <summary>How many related rows each row has, before skip and top: its <c>_rid</c> and the number; rows that have none are left out.</summary>
    public static SqlText TranslateCounts(Expansion expansion, string alias, IReadOnlyList<long> rids)
    {
        var sql = new SqlBuilder().Append("SELECT ").Name(Parent).Append(", count(*)");
        AppendFrom(sql, expansion, alias, rids);
        return sql.Append(" GROUP BY ").Name(Parent).ToSql();
    }

    private static void AppendFrom(SqlBuilder sql, Expansion expansion, string alias, IReadOnlyList<long> rids)
    {
        var (relation, pairs) = (expansion.Relation, expansion.Relation.Pairs);
        sql.Append(" FROM (SELECT ").Name(QueryToSql.RowId).Append(" AS ").Name(Parent);
        for (var i = 0; i < pairs.Count; i++)
        {
            sql.Append(", ").Name(pairs[i].Own.Name).Append(" AS _own").Number(i);
        }

        if (relation.Moment(of: null) is { } moment)
        {
            sql.Append(", ");
            new ExpressionToSql(sql, expansion.Query.Limits).Value(moment);
            sql.Append(" AS ").Name(Moment);
        }

        sql.Append(" FROM ");
        QueryToSql.AppendTable(sql, alias);
        sql.Append(" WHERE ").Name(QueryToSql.RowId).Append(" BETWEEN ").Number(rids.Min()).Append(" AND ").Number(rids.Max())
            .Append(" AND ").Name(QueryToSql.RowId).Append(" IN (SELECT unnest(CAST(string_split(CAST(")
            .Value(string.Join(',', rids)).Append(" AS VARCHAR), ',') AS BIGINT[])))) AS _parents JOIN ");
        QueryToSql.AppendTable(sql, relation.Target.Alias);
        var before = " ON ";
        for (var i = 0; i < pairs.Count; i++)
        {
            sql.Append(before).Name(QueryToSql.Table).Append(".").Name(pairs[i].Its.Name).Append(" = _own").Number(i);
            before = " AND ";
        }

        if (relation.Contract.AsAt is not null)
        {
            sql.Append(" AND ").Name(Relation.ValidFrom).Append(" <= ").Name(Moment)
                .Append(" AND (").Name(Relation.ValidTo).Append(" IS NULL OR ").Name(Moment).Append(" < ").Name(Relation.ValidTo).Append(")");
        }

        if (expansion.Query.Predicate is { } predicate)
        {
            sql.Append(" WHERE ");
            new ExpressionToSql(sql, expansion.Query.Limits).Condition(predicate);
        }
    }
}
