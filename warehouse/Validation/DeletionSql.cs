using OpenData.Catalogs;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Validation;

/// <summary>Pure: records that say their key is gone, as SQL over the stage database. Without a mark in the contract there is nothing to leave out.</summary>
internal static class DeletionSql
{
    /// <summary>The relation of the marked records that won against the others of their key.</summary>
    public const string Relation = "deletions";

    /// <summary>Leaves marked records out: <c> WHERE …</c> or nothing.</summary>
    public static SqlBuilder WhereLive(SqlBuilder sql, DatasetContract contract) => Live(sql, contract, " WHERE ");

    /// <summary>Leaves marked records out of rows that are filtered already: <c> AND …</c> or nothing.</summary>
    public static SqlBuilder AndLive(SqlBuilder sql, DatasetContract contract) => Live(sql, contract, " AND ");

    /// <summary>The relation <see cref="Relation"/>, from <c>staged</c> and <c>dropped</c>.</summary>
    public static SqlText View()
        => new SqlBuilder().Append("CREATE OR REPLACE VIEW ").Name(Relation).Append(" AS SELECT * FROM staged WHERE ")
            .Name(DeletionMark.Column).Append(" AND _row NOT IN (SELECT _row FROM dropped)").ToSql();

    /// <summary>How many published rows the marked records take away: those that are not of a later change time.</summary>
    public static SqlText PublishedCount(DatasetContract contract, string previousAlias)
    {
        var sql = new SqlBuilder().Append("SELECT count(*) FROM ").Name(Relation).Append(" AS d JOIN ");
        ExpectationSql.PublishedTable(sql, previousAlias).Append(" AS p ON true");
        foreach (var column in PhysicalOrder.KeyOf(contract))
        {
            sql.Append(" AND p.").Name(column).Append(" = d.").Name(column);
        }

        return DedupeSql.ChangeTime(contract) is { } changed
            ? sql.Append(" WHERE NOT coalesce(p.").Name(changed).Append(" > d.").Name(changed).Append(", false)").ToSql()
            : sql.ToSql();
    }

    private static SqlBuilder Live(SqlBuilder sql, DatasetContract contract, string word)
        => contract.Deletions is null ? sql : sql.Append(word).Name(DeletionMark.Column).Append(" IS NOT TRUE");
}
