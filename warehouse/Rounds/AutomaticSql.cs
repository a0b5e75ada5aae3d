using System.Globalization;
using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Rounds;

/// <summary>Pure: an automatic input → the query of all units at once, over the dataset's public columns.</summary>
internal static class AutomaticSql
{
    /// <summary>Columns: unit, rows, rows with a value, and what was measured as text.</summary>
    internal static SqlText Of(AutomaticInput input, DatasetContract contract, DateOnly from, DateOnly to)
    {
        var sql = new SqlBuilder().Append("SELECT CAST(").Name(input.UnitColumn).Append(" AS VARCHAR) AS unit, count(*) AS row_count, ");
        if (input.Column is { } measured)
        {
            // A mean is divided in decimals afterwards: the engine's own is binary.
            sql.Append("count(").Name(measured).Append(") AS value_count, CAST(").Append(input.Measure switch
            {
                Measure.Min => "min(",
                Measure.Max => "max(",
                _ => "sum(",
            }).Name(measured).Append(") AS VARCHAR) AS value");
        }
        else
        {
            sql.Append("count(*) AS value_count, CAST(count(*) AS VARCHAR) AS value");
        }

        sql.Append(" FROM ").Name(input.Dataset).Append(" WHERE ").Name(input.UnitColumn).Append(" IS NOT NULL");
        if (input.PeriodColumn is { } period)
        {
            Period(sql, period, contract.Column(period)!.Type.Kind, from, to); // The caller has looked for all columns.
        }

        foreach (var condition in input.Filter)
        {
            Condition(sql, condition, contract.Column(condition.Column)!.Type); // The caller has looked for all columns.
        }

        return sql.Append(" GROUP BY ALL ORDER BY 1").ToSql();
    }

    /// <summary>The query as people read it: the statement, and its values below it.</summary>
    internal static string Shown(SqlText sql)
    {
        var text = new StringBuilder(sql.Text);
        for (var i = 0; i < sql.Values.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n-- ${i + 1} = {Value(sql.Values[i])}");
        }

        return text.ToString();
    }

    private static void Period(SqlBuilder sql, string column, ColumnKind kind, DateOnly from, DateOnly to)
    {
        // Both ends belong to the period; a timestamp is wall time of its zone here, so its day is the day that people saw.
        sql.Append(" AND ").Name(column).Append(" >= ");
        if (kind == ColumnKind.Date)
        {
            sql.Value(from).Append(" AND ").Name(column).Append(" <= ").Value(to);
        }
        else
        {
            sql.Value(from.ToDateTime(TimeOnly.MinValue)).Append(" AND ").Name(column).Append(" < ").Value(to.AddDays(1).ToDateTime(TimeOnly.MinValue));
        }
    }

    private static void Condition(SqlBuilder sql, AutomaticFilter condition, ColumnType type)
    {
        sql.Append(" AND ").Name(condition.Column).Append(" IN (");
        for (var i = 0; i < condition.Values.Count; i++)
        {
            sql.Append(i == 0 ? "" : ", ").Value(AutomaticFilterValue.Of(condition.Values[i], type));
        }

        sql.Append(")");
    }

    private static string Value(object? value) => value switch
    {
        DateOnly day => DayText.Of(day),
        DateTime moment => moment.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        string text => $"'{text}'",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
