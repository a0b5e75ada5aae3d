using System.Globalization;
using OpenData.Catalogs;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Query;

/// <summary>
/// Pure: transformations → one relation in SQL. Rows of a table keep their <c>_rid</c>; groups are numbered by their columns, so that pages
/// of them are pages of a table.
/// </summary>
/// <param name="sql">Where it is appended.</param>
/// <param name="steps">The transformations in their order.</param>
/// <param name="table">Appends the table.</param>
/// <param name="limits">Bounds of the translation.</param>
internal sealed class ApplyToSql(SqlBuilder sql, IReadOnlyList<Transformation> steps, Action table, QueryLimits limits)
{
    private const string Numbered = "numbered";
    private const string StepName = "step";

    /// <summary>The name of the relation that these transformations become.</summary>
    public static string NameOf(IReadOnlyList<Transformation> steps)
        => steps.Any(s => s is Transformation.Group) ? Numbered : NameOf(steps.Count);

    /// <summary>Appends the relation, for a FROM.</summary>
    public void Append()
    {
        if (Grouping(steps.Count) is not { } group)
        {
            From(steps.Count);
            return;
        }

        sql.Append("(SELECT *, row_number() OVER (");
        if (group.By.Count > 0)
        {
            sql.Append("ORDER BY ");
            Order(group);
        }

        sql.Append(") - 1 AS ").Name(QueryToSql.RowId).Append(" FROM ");
        From(steps.Count);
        sql.Append(") AS ").Append(Numbered);
    }

    private void From(int count)
    {
        if (count == 0)
        {
            table();
            return;
        }

        sql.Append("(");
        Step(count);
        sql.Append(") AS ").Append(StepName).Number(count);
    }

    private void Step(int count)
    {
        switch (steps[count - 1])
        {
            case Transformation.Filter filter:
                sql.Append("SELECT * FROM ");
                From(count - 1);
                sql.Append(" WHERE ");
                Expression(count).Condition(filter.Condition);
                break;
            case Transformation.Compute compute:
                sql.Append("SELECT *");
                foreach (var column in compute.Columns)
                {
                    sql.Append(", CAST(");
                    Expression(count).Value(column.Expression);
                    As(column.Column);
                }

                sql.Append(" FROM ");
                From(count - 1);
                break;
            case Transformation.Group group:
                Group(group, count);
                break;
            case Transformation.First first:
                sql.Append("SELECT * FROM ");
                From(count - 1);
                sql.Append(" ORDER BY ");
                Expression(count).Value(first.Order.Key);
                sql.Append(first.Order.Descending ? " DESC NULLS LAST" : " ASC NULLS FIRST");
                Ties(count - 1);
                sql.Append(" LIMIT ").Number(first.Count);
                break;
            case var other:
                throw new InvalidOperationException($"No SQL for {other.GetType().Name}.");
        }
    }

    private void Group(Transformation.Group group, int count)
    {
        sql.Append("SELECT ");
        for (var i = 0; i < group.By.Count; i++)
        {
            sql.Append(i == 0 ? "" : ", ").Name(group.By[i].Name);
        }

        for (var i = 0; i < group.Aggregates.Count; i++)
        {
            sql.Append(i + group.By.Count == 0 ? "CAST(" : ", CAST(");
            Value(group.Aggregates[i], count);
            As(group.Aggregates[i].Column);
        }

        sql.Append(" FROM ");
        From(count - 1);
        for (var i = 0; i < group.By.Count; i++)
        {
            sql.Append(i == 0 ? " GROUP BY " : ", ").Name(group.By[i].Name);
        }
    }

    private void Value(Aggregate aggregate, int count)
    {
        if (aggregate.Value is null)
        {
            sql.Append("count(*)");
            return;
        }

        sql.Append(aggregate.Method switch
        {
            AggregateMethod.CountDistinct => "count(DISTINCT ",
            AggregateMethod.Sum => "sum(",
            AggregateMethod.Average => "avg(",
            AggregateMethod.Min => "min(",
            AggregateMethod.Max => "max(",
            _ => throw new InvalidOperationException("Rows are counted without a value."),
        });
        Expression(count).Value(aggregate.Value);
        sql.Append(")");
    }

    private void As(ColumnContract column)
        => sql.Append(" AS ").Append(DuckDbTypes.SqlOf(column.Type)).Append(") AS ").Name(column.Name);

    private void Ties(int count)
    {
        if (Grouping(count) is not { } group)
        {
            sql.Append(", ").Name(QueryToSql.RowId);
        }
        else if (group.By.Count > 0)
        {
            sql.Append(", ");
            Order(group);
        }
    }

    private void Order(Transformation.Group group)
    {
        for (var i = 0; i < group.By.Count; i++)
        {
            sql.Append(i == 0 ? "" : ", ").Name(group.By[i].Name).Append(" ASC NULLS FIRST");
        }
    }

    private Transformation.Group? Grouping(int count) => steps.Take(count).OfType<Transformation.Group>().LastOrDefault();

    private static string NameOf(int count) => count == 0 ? QueryToSql.Table : string.Create(CultureInfo.InvariantCulture, $"{StepName}{count}");

    // Expressions of a step speak of what the steps before it leave.
    private ExpressionToSql Expression(int count) => new(sql, limits, NameOf(count - 1));
}
