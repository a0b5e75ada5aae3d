using OpenData.Warehouse.Query.Expressions;
using static OpenData.Warehouse.Query.Expressions.BoundExpression;

namespace OpenData.Warehouse.Query;

/// <content>Lists, and rows of other tables that relations lead to.</content>
internal sealed partial class ExpressionToSql
{
    private void AppendLambda(Lambda lambda)
    {
        if (lambda is not { Variable: { } item, Condition: { } condition })
        {
            sql.Append("(coalesce(len(");
            Value(lambda.List);
            sql.Append("), 0) > 0)");
            return;
        }

        sql.Append(lambda.All ? "coalesce(list_bool_and(list_transform(" : "coalesce(list_bool_or(list_transform(");
        Value(lambda.List);
        sql.Append(", lambda item").Number(item.Number).Append(": coalesce(");
        Condition(condition);
        sql.Append(lambda.All ? ", FALSE))), TRUE)" : ", FALSE))), FALSE)");
    }

    private void AppendCount(ListCount count)
    {
        sql.Append(count.Condition is null ? "coalesce(len(" : "coalesce(len(list_filter(");
        Value(count.List);
        if (count is { Variable: { } item, Condition: { } condition })
        {
            sql.Append(", lambda item").Number(item.Number).Append(": coalesce(");
            Condition(condition);
            sql.Append(", FALSE))");
        }

        sql.Append("), 0)");
    }

    private void AppendPart(ListPart part)
    {
        sql.Append("(CASE WHEN ");
        Value(part.List);
        sql.Append(" IS NOT NULL THEN coalesce(");
        Subquery(() =>
        {
            sql.Append("SELECT list(");
            Value(part.Variable);
            sql.Append(" ORDER BY ");
            Terms(part.OrderBy);
            sql.Append("_value_at) FROM (SELECT unnest(");
            Value(part.List);
            sql.Append(") AS ");
            Value(part.Variable);
            sql.Append(", generate_subscripts(");
            Value(part.List);
            sql.Append(", 1) AS _value_at) AS _values");
            if (part.Condition is { } condition)
            {
                sql.Append(" WHERE ");
                Condition(condition);
            }
        });
        sql.Append(", []) END)");
        if (part.Skip > 0 || part.Top is not null)
        {
            sql.Append("[").Number(DatasetQuery.Saturated(part.Skip, 1)).Append(":");
            if (part.Top is { } top)
            {
                sql.Number(DatasetQuery.Saturated(part.Skip, top));
            }

            sql.Append("]");
        }
    }

    private void AppendRelated(RelatedAny any)
    {
        sql.Append(any.All ? "(NOT EXISTS " : "(EXISTS ");
        Subquery(() =>
        {
            sql.Append("SELECT 1");
            FromRelated(any.Variable.Relation, any.Of, () => Variable(any.Variable));
            if (any.Condition is { } condition)
            {
                sql.Append(any.All ? " AND NOT coalesce(" : " AND ");
                Condition(condition);
                sql.Append(any.All ? ", FALSE)" : "");
            }
        });
        sql.Append(")");
    }

    /// <summary>A column of the row that is looked at, of a lambda's row, or of the one row behind a relation.</summary>
    private void Reference(Row? of, string column)
    {
        switch (of)
        {
            case null when _subqueries == 0:
                sql.Name(column);
                break;
            case null:
                sql.Name(from).Append(".").Name(column);
                break;
            case Row.Variable variable:
                Variable(variable);
                sql.Append(".").Name(column);
                break;
            case Row.Related related:
                Subquery(() =>
                {
                    sql.Append("SELECT ");
                    Nested();
                    sql.Append(".").Name(column);
                    FromRelated(related.Relation, related.Of, Nested);
                });
                break;
            case var other:
                throw new InvalidOperationException($"No SQL for {other.GetType().Name}.");
        }
    }

    // What makes the two rows belong together; null belongs to nothing.
    private void FromRelated(Relation relation, Row? of, Action target)
    {
        sql.Append(" FROM ");
        QueryToSql.AppendTable(sql, relation.Target.Alias);
        sql.Append(" AS ");
        target();
        var before = " WHERE ";
        foreach (var (own, its) in relation.Pairs)
        {
            sql.Append(before);
            target();
            sql.Append(".").Name(its.Name).Append(" = ");
            Reference(of, own.Name);
            before = " AND ";
        }

        if (relation.Moment(of) is not { } moment)
        {
            return;
        }

        sql.Append(" AND ");
        target();
        sql.Append(".").Name(Relation.ValidFrom).Append(" <= ");
        Value(moment);
        sql.Append(" AND (");
        target();
        sql.Append(".").Name(Relation.ValidTo).Append(" IS NULL OR ");
        Value(moment);
        sql.Append(" < ");
        target();
        sql.Append(".").Name(Relation.ValidTo).Append(")");
    }

    private void Subquery(Action query)
    {
        sql.Append("(");
        _subqueries++;
        query();
        _subqueries--;
        sql.Append(")");
    }

    private void Nested() => sql.Append("related").Number(_subqueries);

    private void Variable(Row.Variable variable) => sql.Append("row").Number(variable.Number);
}
