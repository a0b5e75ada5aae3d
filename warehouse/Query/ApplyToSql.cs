using System.Globalization;
using OpenData.Catalogs;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Warehouse.Query;

/// <summary>
/// Pure: transformations → one relation in SQL. All rows of each step have a <c>_rid</c> that tells their order: those of a table keep theirs,
/// groups are numbered by their columns, sorted rows by their order. So pages of the result are pages of a table.
/// </summary>
/// <param name="sql">Where it is appended.</param>
/// <param name="steps">The transformations in their order.</param>
/// <param name="table">Appends the table, under the name <see cref="QueryToSql.Table"/>.</param>
/// <param name="limits">Bounds of the translation.</param>
/// <param name="depth">How many <c>concat</c> stand around.</param>
internal sealed class ApplyToSql(SqlBuilder sql, IReadOnlyList<Transformation> steps, Action table, QueryLimits limits, int depth = 0)
{
    /// <summary>Names of the columns that a row lacks, each between commas, where <see cref="Transformation.LeavesOut"/>.</summary>
    public const string Absent = "_absent";

    // Of numbers of so many digits ten milliard can be added up.
    private const int RoomyDigitsMax = 28;

    private const string Branch = "_branch";
    private const string Source = "source";

    /// <summary>The name of the relation that these transformations become.</summary>
    public static string NameOf(IReadOnlyList<Transformation> steps) => NameOf(steps.Count);

    /// <summary>Appends the relation, for a FROM.</summary>
    public void Append() => From(steps.Count);

    private static string NameOf(int count) => count == 0 ? QueryToSql.Table : string.Create(CultureInfo.InvariantCulture, $"step{count}");

    private void From(int count)
    {
        if (count == 0)
        {
            table();
            return;
        }

        sql.Append("(");
        Step(count);
        sql.Append(") AS ").Append(NameOf(count));
    }

    private void Step(int count)
    {
        var step = steps[count - 1];
        switch (step)
        {
            case Transformation.Filter filter:
                AllFrom(count - 1);
                sql.Append(" WHERE ");
                Expression(count).Condition(filter.Condition);
                break;
            case Transformation.Compute compute:
                Compute(compute, count);
                break;
            case Transformation.Group group:
                Group(group, count);
                break;
            case Transformation.First first when step.Within.Count == 0:
                AllFrom(count - 1);
                sql.Append(" ORDER BY ");
                Terms([first.Order], count);
                sql.Append(" LIMIT ").Number(first.Count);
                break;
            case Transformation.First first:
                AllFrom(count - 1);
                sql.Append(" QUALIFY row_number() OVER (");
                Window(step.Within, [first.Order], count);
                sql.Append(") <= ").Number(first.Count);
                break;
            case Transformation.Until until:
                Until(until, count);
                break;
            case Transformation.Sort sort:
                sql.Append("SELECT * REPLACE (row_number() OVER (");
                Window([], sort.Terms, count);
                sql.Append(") - 1 AS ").Name(QueryToSql.RowId).Append(") FROM ");
                From(count - 1);
                break;
            case Transformation.Slice slice:
                Slice(slice, count);
                break;
            case Transformation.Concat concat:
                Concat(concat, count);
                break;
            case var other:
                throw new InvalidOperationException($"No SQL for {other.GetType().Name}.");
        }
    }

    private void AllFrom(int count)
    {
        sql.Append("SELECT * FROM ");
        From(count);
    }

    private void Compute(Transformation.Compute compute, int count)
    {
        sql.Append("SELECT *");
        foreach (var column in compute.Columns)
        {
            sql.Append(", CAST(");
            Expression(count).Value(column.Expression);
            As(column.Column);
        }

        sql.Append(" FROM ");
        From(count - 1);
    }

    private void Group(Transformation.Group group, int count)
    {
        sql.Append("SELECT ");
        foreach (var column in group.By)
        {
            Named(column);
            sql.Append(", ");
        }

        foreach (var aggregate in group.Aggregates)
        {
            sql.Append("CAST(");
            Value(aggregate, count);
            As(aggregate.Column);
            sql.Append(", ");
        }

        // Totals stand behind what they sum up.
        sql.Append("row_number() OVER (");
        for (var i = 0; i < group.By.Count; i++)
        {
            sql.Append(i == 0 ? "ORDER BY " : ", ");
            if (group.Rollup.Contains(group.By[i]))
            {
                sql.Append("GROUPING(").Name(group.By[i].Name).Append("), ");
            }

            sql.Name(group.By[i].Name).Append(" ASC NULLS FIRST");
        }

        sql.Append(") - 1 AS ").Name(QueryToSql.RowId);
        foreach (var level in group.Rollup)
        {
            sql.Append(level == group.Rollup[0] ? ", concat(" : ", ").Append("CASE WHEN GROUPING(").Name(level.Name).Append(") = 1 THEN ");
            Mark([level]);
            sql.Append(" END");
        }

        if (group.Rollup.Count > 0)
        {
            sql.Append(") AS ").Name(Absent);
        }

        sql.Append(" FROM ");
        From(count - 1);
        GroupBy(group);
    }

    private void GroupBy(Transformation.Group group)
    {
        if (group.Rollup.Count == 0)
        {
            for (var i = 0; i < group.By.Count; i++)
            {
                sql.Append(i == 0 ? " GROUP BY " : ", ").Name(group.By[i].Name);
            }

            return;
        }

        // ROLLUP would add a row of all, which OData does not.
        var most = group.By.Count;
        for (var columns = most; columns > most - group.Rollup.Count; columns--)
        {
            sql.Append(columns == most ? " GROUP BY GROUPING SETS (" : ", ");
            for (var i = 0; i < columns; i++)
            {
                sql.Append(i == 0 ? "(" : ", ").Name(group.By[i].Name);
            }

            sql.Append(")");
        }

        sql.Append(")");
    }

    // Which of two zeros stands for its group would be chance, and dividing by it shows.
    private void Named(ColumnContract column)
    {
        if (column.Type.Kind != ColumnKind.Float)
        {
            sql.Name(column.Name);
            return;
        }

        sql.Append("(").Name(column.Name).Append(" + CAST(0 AS DOUBLE)) AS ").Name(column.Name);
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
        // A mean is a double; the exact sum on the way to it could be more than 38 digits hold.
        var isWide = aggregate is { Method: AggregateMethod.Average, Value.Type: { Kind: ValueKind.Decimal, Precision: > RoomyDigitsMax } };
        Expression(count).Value(isWide ? ExpressionBinder.AsDouble(aggregate.Value) : aggregate.Value);
        sql.Append(aggregate.Column.Type.Kind == ColumnKind.Float ? ") + CAST(0 AS DOUBLE)" : ")");
    }

    private void Until(Transformation.Until until, int count)
    {
        AllFrom(count - 1);
        sql.Append(" WHERE ");
        Expression(count).Value(until.Order.Key);
        sql.Append(until.IsPercent ? " IS NOT NULL QUALIFY 100 * coalesce(" : " IS NOT NULL QUALIFY coalesce(");
        Sum();
        Window(until.Within, [until.Order], count);
        sql.Append(" ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) < ");
        Expression(count).Value(until.Limit);
        if (until.IsPercent)
        {
            sql.Append(" * ");
            Sum();
            Partition(until.Within);
            sql.Append(")");
        }

        void Sum()
        {
            sql.Append("sum(");
            Expression(count).Value(until.Order.Key);
            sql.Append(") OVER (");
        }
    }

    private void Slice(Transformation.Slice slice, int count)
    {
        AllFrom(count - 1);
        if (slice.Within.Count > 0)
        {
            sql.Append(" QUALIFY row_number() OVER (");
            Window(slice.Within, [], count);
            sql.Append(slice.Top is null ? ") > " : ") <= ").Number(slice.Top ?? slice.Skip);
            return;
        }

        sql.Append(" ORDER BY ").Name(QueryToSql.RowId);
        if (slice.Top is { } top)
        {
            sql.Append(" LIMIT ").Number(top);
        }

        if (slice.Skip > 0)
        {
            sql.Append(" OFFSET ").Number(slice.Skip);
        }
    }

    private void Concat(Transformation.Concat concat, int count)
    {
        var leavesOut = Transformation.LeavesOut([concat]);
        sql.Append("WITH ").Append(Source).Number(depth).Append(" AS (");
        AllFrom(count - 1);
        sql.Append(") SELECT * EXCLUDE (").Name(Branch).Append(") REPLACE (row_number() OVER (ORDER BY ").Name(Branch).Append(", ").Name(QueryToSql.RowId)
            .Append(") - 1 AS ").Name(QueryToSql.RowId).Append(") FROM (");
        for (var i = 0; i < concat.Branches.Count; i++)
        {
            var (branch, columns) = concat.Branches[i];
            sql.Append(i == 0 ? "SELECT *" : " UNION ALL BY NAME SELECT *");
            var lacks = concat.Columns.Where(c => columns.All(own => own.Name != c.Name)).ToList();
            if (leavesOut && Transformation.LeavesOut(branch))
            {
                sql.Append(" REPLACE (").Name(Absent).Append(" || ");
                Mark(lacks);
                sql.Append(" AS ").Name(Absent).Append(")");
            }
            else if (leavesOut)
            {
                sql.Append(", ");
                Mark(lacks);
                sql.Append(" AS ").Name(Absent);
            }

            sql.Append(", ").Number(i).Append(" AS ").Name(Branch).Append(" FROM ");
            new ApplyToSql(sql, branch, () => sql.Append(Source).Number(depth).Append(" AS ").Append(QueryToSql.Table), limits, depth + 1).Append();
        }

        sql.Append(")");
    }

    private void Mark(IReadOnlyList<ColumnContract> columns)
        => sql.Append("CAST(").Value(string.Concat(columns.Select(c => $",{c.Name},"))).Append(" AS VARCHAR)");

    private void As(ColumnContract column)
        => sql.Append(" AS ").Append(DuckDbTypes.SqlOf(column.Type)).Append(") AS ").Name(column.Name);

    private void Window(IReadOnlyList<ColumnContract> within, IReadOnlyList<OrderTerm> order, int count)
    {
        Partition(within);
        sql.Append(" ORDER BY ");
        Terms(order, count);
    }

    private void Partition(IReadOnlyList<ColumnContract> within)
    {
        for (var i = 0; i < within.Count; i++)
        {
            sql.Append(i == 0 ? "PARTITION BY " : ", ").Name(within[i].Name);
        }
    }

    private void Terms(IReadOnlyList<OrderTerm> terms, int count)
    {
        Expression(count).Terms(terms);
        sql.Name(QueryToSql.RowId);
    }

    // Expressions of a step speak of what the steps before it leave.
    private ExpressionToSql Expression(int count) => new(sql, limits, NameOf(count - 1));
}
