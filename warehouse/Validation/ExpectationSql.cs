using System.Globalization;
using OpenData.Catalogs;
using OpenData.Warehouse.Derivation;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Validation;

/// <summary>
/// Pure: rules of a contract → SQL over the stage database. Names come from the contract through <see cref="SqlBuilder.Name"/>; text
/// of <c>sql</c> rules only after <see cref="SqlGuard"/>.
/// </summary>
internal static class ExpectationSql
{
    /// <summary>Characters of offending text kept per quarantined record.</summary>
    public const int TextLengthMax = 1000;

    /// <summary>Rule name of a row without a value in a key column.</summary>
    public const string KeyRule = "key";

    /// <summary>A key column without a value names nothing.</summary>
    public static RowRule KeyPresent(string column) => new(
        KeyRule,
        [column],
        OnFail.Quarantine,
        sql => sql.Name(column).Append(" IS NULL"));

    /// <summary>The expression is false; unknown passes.</summary>
    public static RowRule Sql(SqlExpectation rule, GuardedSql check) => new(
        rule.Name,
        [.. check.Lineage.Columns.SelectMany(c => c.Sources).Select(s => s[(s.IndexOf('.', StringComparison.Ordinal) + 1)..])],
        rule.OnFail,
        sql => sql.Append("NOT coalesce(CAST((").Append(check.Text).Append("\n) AS BOOLEAN), true)"));

    /// <summary>There is a value, and the other dataset's version has no row with it.</summary>
    public static RowRule ExistsIn(ExistsInExpectation rule, string parentAlias) => new(
        rule.Name,
        [rule.Column],
        rule.OnFail,
        sql =>
        {
            sql.Name(rule.Column).Append(" IS NOT NULL AND ").Name(rule.Column).Append(" NOT IN (SELECT ").Name(rule.Match).Append(" FROM ");
            PublishedTable(sql, parentAlias).Append(" WHERE ").Name(rule.Match).Append(" IS NOT NULL)");
        });

    /// <summary>The column's own rules, for rows that no reader of ours has checked (derived datasets).</summary>
    public static IEnumerable<RowRule> OfColumn(ColumnContract column)
    {
        if (column.Required)
        {
            yield return Column(column, Staging.StagingRules.Required, sql => sql.Name(column.Name).Append(" IS NULL"));
        }

        if (column.Type.Kind == ColumnKind.List)
        {
            yield return OfValue(column, Staging.StagingRules.Required, (sql, value) => sql.Name(value).Append(" IS NULL"));
        }

        if (column.Matches is { } pattern)
        {
            yield return OfValue(column, Staging.StagingRules.Matches, (sql, value) => sql
                .Append("NOT coalesce(regexp_full_match(").Name(value).Append(", ").Value(pattern).Append("), true)"));
        }

        if (column.OneOf is { Count: > 0 } values)
        {
            yield return OfValue(column, Staging.StagingRules.OneOf, (sql, value) =>
            {
                sql.Append("NOT coalesce(CAST(").Name(value).Append(" AS VARCHAR) IN (");
                for (var i = 0; i < values.Count; i++)
                {
                    (i == 0 ? sql : sql.Append(", ")).Value(values[i]);
                }

                sql.Append("), true)");
            });
        }

        if (column.Min is { } min)
        {
            yield return OfValue(column, Staging.StagingRules.Min, (sql, value) => Bound(sql, value, column, " < ", min));
        }

        if (column.Max is { } max)
        {
            yield return OfValue(column, Staging.StagingRules.Max, (sql, value) => Bound(sql, value, column, " > ", max));
        }
    }

    /// <summary>
    /// One scan: a table <c>offenders</c> with <c>_row</c> and one boolean per rule (<c>r0</c>, <c>r1</c> …), only for rows that fail one.
    /// Timestamps are seen as wall time of their column's zone, as in all SQL of contracts.
    /// </summary>
    public static SqlText Offenders(DatasetContract contract, IReadOnlyList<RowRule> rules)
    {
        var sql = new SqlBuilder().Append("CREATE OR REPLACE TABLE offenders AS SELECT * FROM (SELECT _row");
        for (var i = 0; i < rules.Count; i++)
        {
            sql.Append(", (");
            rules[i].Fails(sql);
            sql.Append(") AS r").Number(i);
        }

        sql.Append(" FROM (SELECT _row");
        foreach (var column in contract.PublicColumns)
        {
            sql.Append(", ");
            WallTimeSql.Column(sql, column, contract);
        }

        DeletionSql.WhereLive(sql.Append(" FROM staged"), contract).Append(")) WHERE ");
        for (var i = 0; i < rules.Count; i++)
        {
            (i == 0 ? sql : sql.Append(" OR ")).Append("r").Number(i);
        }

        return sql.ToSql();
    }

    /// <summary>One row: offenders of each rule.</summary>
    public static SqlText OffenderCounts(int rules)
    {
        var sql = new SqlBuilder().Append("SELECT ");
        for (var i = 0; i < rules; i++)
        {
            (i == 0 ? sql : sql.Append(", ")).Append("count(*) FILTER (r").Number(i).Append(")");
        }

        return sql.Append(" FROM offenders").ToSql();
    }

    /// <summary>Moves the offenders of a rule to quarantine, less those that an earlier quarantining rule has taken.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="rules">All row rules, as in <see cref="Offenders"/>.</param>
    /// <param name="index">The rule.</param>
    public static SqlText Quarantine(DatasetContract contract, IReadOnlyList<RowRule> rules, int index)
    {
        var sql = QuarantineInsert(rules[index].Name, rules[index].Columns, contract);
        sql.Append(" FROM staged WHERE _row IN (SELECT _row FROM offenders WHERE r").Number(index);
        for (var i = 0; i < index; i++)
        {
            if (rules[i].OnFail == OnFail.Quarantine)
            {
                sql.Append(" AND NOT r").Number(i);
            }
        }

        return sql.Append(")").ToSql();
    }

    /// <summary>Takes the offenders of quarantining rules out of the running.</summary>
    public static SqlText DropQuarantined(IReadOnlyList<RowRule> rules)
    {
        var sql = new SqlBuilder().Append("INSERT INTO dropped SELECT _row, 'quarantined' FROM offenders WHERE false");
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i].OnFail == OnFail.Quarantine)
            {
                sql.Append(" OR r").Number(i);
            }
        }

        return sql.ToSql();
    }

    /// <summary>Rows that repeat an earlier row in these columns, into a table <c>repeated(_row)</c>; rows without a value in one of them pass.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="previousAlias">Version whose rows stay beside the received ones (append, merge); null for replace.</param>
    public static SqlText Repeated(UniqueExpectation rule, DatasetContract contract, string? previousAlias)
    {
        var sql = new SqlBuilder().Append("CREATE OR REPLACE TABLE repeated AS SELECT _row FROM (SELECT _row, row_number() OVER (PARTITION BY ");
        Names(sql, rule.Columns).Append(" ORDER BY _row) AS n FROM (SELECT _row");
        DeletionSql.AndLive(Columns(sql, rule.Columns).Append(" FROM staged WHERE _row NOT IN (SELECT _row FROM dropped)"), contract);
        if (previousAlias is not null)
        {
            sql.Append(" UNION ALL SELECT -1");
            Columns(sql, rule.Columns).Append(" FROM ");
            PublishedTable(sql, previousAlias).Append(" AS p WHERE NOT EXISTS (SELECT 1 FROM staged AS s WHERE s._row NOT IN (SELECT _row FROM dropped)");
            foreach (var key in contract.Key)
            {
                sql.Append(" AND s.").Name(key).Append(" = p.").Name(key);
            }

            sql.Append(")");
        }

        sql.Append(") WHERE ");
        for (var i = 0; i < rule.Columns.Count; i++)
        {
            (i == 0 ? sql : sql.Append(" AND ")).Name(rule.Columns[i]).Append(" IS NOT NULL");
        }

        return sql.Append(") WHERE n > 1 AND _row > 0").ToSql();
    }

    /// <summary>Moves the rows of <c>repeated</c> to quarantine.</summary>
    public static SqlText QuarantineRepeated(UniqueExpectation rule, DatasetContract contract)
        => QuarantineInsert(rule.Name, rule.Columns, contract).Append(" FROM staged WHERE _row IN (SELECT _row FROM repeated)").ToSql();

    /// <summary>The table of a published version that is attached under an alias.</summary>
    public static SqlBuilder PublishedTable(SqlBuilder sql, string alias) => sql.Name(alias).Append(".main.data");

    /// <summary>Quoted names with commas between.</summary>
    public static SqlBuilder Names(SqlBuilder sql, IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            (i == 0 ? sql : sql.Append(", ")).Name(names[i]);
        }

        return sql;
    }

    private static SqlBuilder Columns(SqlBuilder sql, IReadOnlyList<string> names) => Names(sql.Append(", "), names);

    private static RowRule Column(ColumnContract column, string rule, Action<SqlBuilder> fails)
        => new(rule, [column.Name], OnFail.Quarantine, fails);

    // What a contract says of a list's values it says of each of them.
    private static RowRule OfValue(ColumnContract column, string rule, Action<SqlBuilder, string> fails)
        => Column(column, rule, column.Type.Kind != ColumnKind.List ? sql => fails(sql, column.Name) : sql =>
        {
            sql.Append("coalesce(list_bool_or(list_transform(").Name(column.Name).Append(", lambda item: ");
            fails(sql, "item");
            sql.Append(")), false)");
        });

    private static void Bound(SqlBuilder sql, string value, ColumnContract column, string comparison, string bound)
        => sql.Append("coalesce(").Name(value).Append(comparison).Append("CAST(").Value(bound).Append(" AS ")
            .Append(DuckDbTypes.SqlOf(column.Type.ToScalar())).Append("), false)");

    private static SqlBuilder QuarantineInsert(string rule, IReadOnlyList<string> columns, DatasetContract contract)
    {
        var known = columns.Where(c => contract.Column(c) is not null).ToList();
        var sql = new SqlBuilder()
            .Append("INSERT INTO quarantine (\"row\", byte_offset, column_name, rule, text) SELECT _row, NULL, ")
            .Value(columns.Count == 1 ? columns[0] : null).Append("::VARCHAR, ").Value(rule).Append("::VARCHAR, ");
        switch (known.Count)
        {
            case 0:
                return sql.Append("NULL");
            case 1:
                return sql.Append("left(CAST(").Name(known[0]).Append(" AS VARCHAR), ").Number(TextLengthMax).Append(")");
            default:
                sql.Append("left(concat_ws('; '");
                foreach (var column in known)
                {
                    sql.Append(", ").Value(string.Create(CultureInfo.InvariantCulture, $"{column}=")).Append(" || coalesce(CAST(")
                        .Name(column).Append(" AS VARCHAR), '')");
                }

                return sql.Append("), ").Number(TextLengthMax).Append(")");
        }
    }
}
