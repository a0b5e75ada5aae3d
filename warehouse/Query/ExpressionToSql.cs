using OpenData.Warehouse.Query.Expressions;
using static OpenData.Warehouse.Query.Expressions.BoundExpression;

namespace OpenData.Warehouse.Query;

/// <summary>
/// Pure: bound tree → SQL with bound values. OData's rules where SQL has others: null equals null, comparisons are never unknown,
/// NaN equals nothing, <c>not</c> over a comparison keeps rows with null.
/// </summary>
/// <param name="sql">Where it is appended.</param>
/// <param name="limits">Bounds of the translation.</param>
/// <param name="from">Name of the relation whose rows are looked at; needed where the SQL reaches over relations.</param>
internal sealed partial class ExpressionToSql(SqlBuilder sql, QueryLimits limits, string from = QueryToSql.Table)
{
    private const long MicrosPerDay = 86_400_000_000;
    private const int NarrowDigitsMax = 18;

    // Inside a subquery, names of the outer rows need their relation.
    private int _subqueries;

    /// <summary>Appends the condition of a WHERE, where unknown and false are the same.</summary>
    public void Condition(BoundExpression expression) => Append(expression, unknownIsFalse: true);

    /// <summary>Appends a value; a condition keeps unknown apart from false.</summary>
    public void Value(BoundExpression expression) => Append(expression, unknownIsFalse: false);

    /// <summary>Appends the terms of an order, each with a comma behind it: null is the lowest value.</summary>
    public void Terms(IReadOnlyList<OrderTerm> terms)
    {
        foreach (var term in terms)
        {
            Value(term.Key);
            sql.Append(term.Descending ? " DESC NULLS LAST, " : " ASC NULLS FIRST, ");
        }
    }

    private void Append(BoundExpression expression, bool unknownIsFalse)
    {
        if (sql.Length > limits.SqlCharsMax)
        {
            throw QueryErrors.Of(
                QueryErrors.TooComplex,
                $"The query is over {nameof(QueryLimits.SqlCharsMax)} = {limits.SqlCharsMax}. Use simpler expressions.",
                $"Truy vấn vượt giới hạn {nameof(QueryLimits.SqlCharsMax)} = {limits.SqlCharsMax}. Hãy viết biểu thức đơn giản hơn.");
        }

        switch (expression)
        {
            case Constant constant:
                AppendConstant(constant);
                break;
            case Column column:
                Reference(column.Of, column.Contract.Name);
                break;
            case Not not:
                sql.Append("(NOT ");
                Value(not.Operand);
                sql.Append(")");
                break;
            case Logic logic:
                AppendLogic(logic, unknownIsFalse);
                break;
            case Compare compare:
                AppendCompare(compare, unknownIsFalse);
                break;
            case In membership:
                AppendIn(membership, unknownIsFalse);
                break;
            case Arithmetic arithmetic:
                AppendArithmetic(arithmetic);
                break;
            case Negate negate:
                sql.Append("(- ");
                Value(negate.Operand);
                sql.Append(")");
                break;
            case Case choice:
                AppendCase(choice);
                break;
            case Converted { Type.Kind: ValueKind.Double } converted:
                Cast(converted.Operand, "DOUBLE");
                break;
            case Converted { Type.Kind: ValueKind.Decimal } converted:
                sql.Append("CAST(");
                Value(converted.Operand);
                sql.Append(" AS ");
                AppendTypeName(converted.Type);
                sql.Append(")");
                break;
            case Converted converted:
                sql.Append("((CAST(");
                Value(converted.Operand);
                sql.Append(" AS TIMESTAMP) AT TIME ZONE ");
                Text(converted.TimeZone);
                sql.Append(") AT TIME ZONE 'UTC')");
                break;
            case Call call:
                AppendCall(call);
                break;
            case Item item:
                sql.Append("item").Number(item.Number);
                break;
            case ListCount count:
                AppendCount(count);
                break;
            case ListPart part:
                AppendPart(part);
                break;
            case Lambda lambda:
                AppendLambda(lambda);
                break;
            case RelatedAny any:
                AppendRelated(any);
                break;
            case RelatedCount count:
                Subquery(() =>
                {
                    sql.Append("SELECT count(*)");
                    FromRelated(count.Variable.Relation, count.Of, () => Variable(count.Variable));
                    if (count.Condition is { } condition)
                    {
                        sql.Append(" AND ");
                        Condition(condition);
                    }
                });
                break;
            case Search search:
                AppendSearch(search);
                break;
            default:
                throw new InvalidOperationException($"No SQL for {expression.GetType().Name}.");
        }
    }

    private void AppendConstant(Constant constant)
    {
        if (constant.Type.Kind == ValueKind.Null)
        {
            sql.Append("NULL");
            return;
        }

        sql.Append("CAST(");
        sql.Value(constant.Value is ExactNumber or long ? Number(constant) : Bindable(constant));
        sql.Append(" AS ");
        AppendTypeName(constant.Type);
        sql.Append(")");
    }

    private static object? Number(Constant constant)
        => constant.Type.Kind == ValueKind.Decimal ? constant.Value!.ToString() : Bindable(constant);

    private static object? Bindable(Constant constant) => constant switch
    {
        { Type.Kind: ValueKind.TimeOfDay, Value: long micros } => new TimeOnly(micros * TimeSpan.TicksPerMicrosecond),
        { Value: GeoPoint } => throw new InvalidOperationException("Points stand only in geo.distance."),
        _ => constant.Value,
    };

    private void AppendTypeName(ExpressionType type)
    {
        switch (type.Kind)
        {
            case ValueKind.Decimal:
                sql.Append("DECIMAL(").Number(type.Precision).Append(",").Number(type.Scale).Append(")");
                break;
            default:
                sql.Append(type.Kind switch
                {
                    ValueKind.Boolean => "BOOLEAN",
                    ValueKind.Integer or ValueKind.Duration => "BIGINT",
                    ValueKind.Double => "DOUBLE",
                    ValueKind.Text => "VARCHAR",
                    ValueKind.Date => "DATE",
                    ValueKind.TimeOfDay => "TIME",
                    ValueKind.Instant => "TIMESTAMP",
                    ValueKind.Guid => "UUID",
                    _ => "BLOB",
                });
                break;
        }
    }

    private void AppendLogic(Logic logic, bool unknownIsFalse)
    {
        sql.Append("(");
        for (var i = 0; i < logic.Operands.Count; i++)
        {
            sql.Append(i == 0 ? "" : logic.All ? " AND " : " OR ");
            Append(logic.Operands[i], unknownIsFalse);
        }

        sql.Append(")");
    }

    private void Pair(BoundExpression left, string sign, BoundExpression right)
    {
        sql.Append("(");
        Value(left);
        sql.Append(sign);
        Value(right);
        sql.Append(")");
    }

    private void AppendCase(Case choice)
    {
        sql.Append("CASE");
        foreach (var (when, then) in choice.Branches)
        {
            sql.Append(" WHEN ");
            Condition(when);
            sql.Append(" THEN ");
            Value(then);
        }

        sql.Append(" END");
    }

    private void Cast(BoundExpression expression, string type)
    {
        sql.Append("CAST(");
        Value(expression);
        sql.Append(" AS ").Append(type).Append(")");
    }

    private void Text(string ours)
    {
        sql.Append("CAST(").Value(ours).Append(" AS VARCHAR)");
    }
}
