using OpenData.Catalogs;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Validation;

namespace OpenData.Warehouse.Publishing;

/// <summary>Pure: how the good rows join those already published, by load mode, as SQL over the stage database.</summary>
/// <param name="contract">The contract of the new version.</param>
/// <param name="previous">The contract of the version before, when its rows can be held beside the new ones; else null.</param>
internal sealed class LoadSql(DatasetContract contract, DatasetContract? previous)
{
    /// <summary>Alias under which the version before is attached.</summary>
    public const string PreviousAlias = "previous_version";

    private readonly IReadOnlyList<string> _key = PhysicalOrder.KeyOf(contract);

    /// <summary>
    /// A relation <c>compared(_row, outcome)</c> of this connection: inserted, updated, unchanged, superseded or duplicate; of records that
    /// delete their key deleted, superseded or absent (the key is not published).
    /// </summary>
    public SqlText Compare()
    {
        if (previous is null)
        {
            return Fixed("CREATE OR REPLACE TEMP VIEW compared AS SELECT _row, 'inserted' AS outcome FROM good"
                + (contract.Deletions is null ? "" : " UNION ALL SELECT _row, 'absent' FROM deletions"));
        }

        var sql = new SqlBuilder().Append("CREATE OR REPLACE TEMP TABLE compared AS SELECT g._row, CASE WHEN p._rid IS NULL THEN 'inserted'");
        if (contract.Load == LoadMode.Append)
        {
            sql.Append(" ELSE 'duplicate'");
        }
        else
        {
            sql.Append(" WHEN ");
            Same(sql).Append(" THEN 'unchanged'");
            IsOlder(sql, "g").Append(" ELSE 'updated'");
        }

        sql.Append(" END AS outcome FROM good AS g LEFT JOIN ");
        ExpectationSql.PublishedTable(sql, PreviousAlias).Append(" AS p ON ");
        OnKey(sql, "g", "p");
        if (contract.Deletions is not null)
        {
            sql.Append(" UNION ALL SELECT d._row, CASE WHEN p._rid IS NULL THEN 'absent'");
            IsOlder(sql, "d").Append(" ELSE 'deleted' END FROM deletions AS d LEFT JOIN ");
            ExpectationSql.PublishedTable(sql, PreviousAlias).Append(" AS p ON ");
            OnKey(sql, "d", "p");
        }

        return sql.ToSql();
    }

    /// <summary>The published table: all rows of the new version in physical order, numbered, with the columns that are computed.</summary>
    /// <param name="alias">The database that it is written to.</param>
    /// <param name="computed">Known to the engine that writes.</param>
    public SqlText Data(string alias, ComputedColumns computed)
    {
        var sql = new SqlBuilder().Append("CREATE TABLE ");
        ExpectationSql.PublishedTable(sql, alias).Append(" AS SELECT ");
        ExpectationSql.Names(sql, [.. contract.PublicColumns.Select(c => c.Name)]);
        computed.AppendCompanions(sql);
        computed.AppendSearch(sql.Append(", row_number() OVER () - 1 AS _rid"));
        return Ordered(sql.Append(contract.HasRowKey ? ", _key FROM (" : " FROM (")).Append(")").ToSql();
    }

    // An order within a subquery is kept by DuckDB; that the numbers say the same is checked when the file is read back.
    private SqlBuilder Ordered(SqlBuilder sql)
    {
        sql.Append("SELECT * FROM (SELECT ");
        Columns(sql, "g").Append(" FROM good AS g");
        if (contract.Load != LoadMode.Replace && previous is not null)
        {
            sql.Append(" WHERE g._row IN (SELECT _row FROM compared WHERE outcome IN ('inserted', 'updated', 'unchanged')) UNION ALL SELECT ");
            PreviousColumns(sql).Append(" FROM ");
            ExpectationSql.PublishedTable(sql, PreviousAlias).Append(" AS p WHERE NOT EXISTS (SELECT 1 FROM good AS g JOIN compared AS c ON c._row = g._row")
                .Append(" WHERE c.outcome IN ('updated', 'unchanged') AND ");
            OnKey(sql, "g", "p").Append(")");
            if (contract.Deletions is not null)
            {
                sql.Append(" AND NOT EXISTS (SELECT 1 FROM deletions AS d JOIN compared AS c ON c._row = d._row WHERE c.outcome = 'deleted' AND ");
                OnKey(sql, "d", "p").Append(")");
            }
        }

        return ExpectationSql.Names(sql.Append(") ORDER BY "), PhysicalOrder.Of(contract));
    }

    private static SqlText Fixed(string sql) => new SqlBuilder().Append(sql).ToSql();

    private string? ChangeTime()
        => DedupeSql.ChangeTime(contract) is { } name && previous?.Column(name)?.Type == contract.Column(name)?.Type ? name : null;

    // Only a merge may get older news: what replaces is the whole truth of its moment.
    private SqlBuilder IsOlder(SqlBuilder sql, string table)
        => contract.Load == LoadMode.Merge && ChangeTime() is { } changed
            ? sql.Append(" WHEN p.").Name(changed).Append(" > ").Name(table).Append(".").Name(changed).Append(" OR (").Name(table).Append(".").Name(changed)
                .Append(" IS NULL AND p.").Name(changed).Append(" IS NOT NULL) THEN 'superseded'")
            : sql;

    // Rows whose structure changed are never the same, whatever they hold.
    private SqlBuilder Same(SqlBuilder sql)
    {
        if (previous is null || !Structure.SameColumns(previous, contract))
        {
            return sql.Append("false");
        }

        sql.Append("true");
        foreach (var column in contract.PublicColumns)
        {
            sql.Append(" AND g.").Name(column.Name).Append(" IS NOT DISTINCT FROM p.").Name(column.Name);
        }

        return sql;
    }

    private SqlBuilder OnKey(SqlBuilder sql, string one, string other)
    {
        for (var i = 0; i < _key.Count; i++)
        {
            (i == 0 ? sql : sql.Append(" AND ")).Name(one).Append(".").Name(_key[i]).Append(" = ").Name(other).Append(".").Name(_key[i]);
        }

        return sql;
    }

    private SqlBuilder Columns(SqlBuilder sql, string table)
    {
        var names = contract.PublicColumns.Select(c => c.Name).Concat(contract.HasRowKey ? ["_key"] : []).ToList();
        for (var i = 0; i < names.Count; i++)
        {
            (i == 0 ? sql : sql.Append(", ")).Name(table).Append(".").Name(names[i]);
        }

        return sql;
    }

    private SqlBuilder PreviousColumns(SqlBuilder sql)
    {
        for (var i = 0; i < contract.PublicColumns.Count; i++)
        {
            var column = contract.PublicColumns[i];
            sql.Append(i == 0 ? "" : ", ");
            if (previous?.Column(column.Name) is null)
            {
                sql.Append("CAST(NULL AS ").Append(DuckDbTypes.SqlOf(column.Type)).Append(")");
            }
            else
            {
                sql.Append("p.").Name(column.Name);
            }
        }

        return contract.HasRowKey ? sql.Append(", p._key") : sql;
    }
}
