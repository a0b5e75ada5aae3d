using System.Numerics;
using OpenData.Warehouse.Query.Expressions;
using static OpenData.Warehouse.Query.Expressions.BoundExpression;

namespace OpenData.Warehouse.Query;

/// <content>Comparisons: of null, of NaN, and of numbers that only one of two types can hold.</content>
internal sealed partial class ExpressionToSql
{
    private void AppendCompare(Compare compare, bool unknownIsFalse)
    {
        var (left, right) = (compare.Left, compare.Right);
        if (left.Type.Kind == ValueKind.Null)
        {
            (left, right) = (right, left);
        }

        if (right.Type.Kind == ValueKind.Null)
        {
            AppendCompareWithNull(left, compare.Operator);
            return;
        }

        var known = left is Constant { Value: not null } || right is Constant { Value: not null };
        switch (compare.Operator)
        {
            case OperatorKind.Equal:
                GuardNaN(compare, mustBeNumber: true);
                Compared(compare.Operator, left, known && unknownIsFalse ? " = " : " IS NOT DISTINCT FROM ", right);
                break;
            case OperatorKind.NotEqual:
                GuardNaN(compare, mustBeNumber: false);
                Compared(compare.Operator, left, " IS DISTINCT FROM ", right);
                break;
            default:
                AppendOrdered(compare, known, unknownIsFalse);
                return;
        }

        CloseGuard(compare);
    }

    private void AppendCompareWithNull(BoundExpression other, OperatorKind op)
    {
        switch (op)
        {
            case OperatorKind.Equal or OperatorKind.GreaterOrEqual or OperatorKind.LessOrEqual:
                sql.Append("(");
                Value(other);
                sql.Append(" IS NULL)");
                break;
            case OperatorKind.NotEqual:
                sql.Append("(");
                Value(other);
                sql.Append(" IS NOT NULL)");
                break;
            default:
                sql.Append("FALSE");
                break;
        }
    }

    private void AppendOrdered(Compare compare, bool known, bool unknownIsFalse)
    {
        var orEqual = compare.Operator is OperatorKind.GreaterOrEqual or OperatorKind.LessOrEqual;
        var plain = unknownIsFalse && (known || !orEqual);
        GuardNaN(compare, mustBeNumber: true);
        sql.Append(plain ? "" : "coalesce(");
        Compared(compare.Operator, compare.Left, Sign(compare.Operator), compare.Right);
        if (!plain && orEqual && !known)
        {
            // ge and le hold where eq holds: null is equal to null.
            sql.Append(", (");
            Value(compare.Left);
            sql.Append(" IS NULL AND ");
            Value(compare.Right);
            sql.Append(" IS NULL))");
        }
        else
        {
            sql.Append(plain ? "" : ", FALSE)");
        }

        CloseGuard(compare);
    }

    private static string Sign(OperatorKind op) => op switch
    {
        OperatorKind.Greater => " > ",
        OperatorKind.GreaterOrEqual => " >= ",
        OperatorKind.Less => " < ",
        _ => " <= ",
    };

    // Two exact numbers are brought to the finer scale. Where the coarser one has no room there, it is beyond all that the finer one can be.
    private void Compared(OperatorKind op, BoundExpression left, string sign, BoundExpression right)
    {
        var (number, finer) = left.Type.Scale < right.Type.Scale ? (left, right) : (right, left);
        var scale = finer.Type.Scale;
        if (left.Type.Kind is not (ValueKind.Integer or ValueKind.Decimal) || scale == number.Type.Scale || number.Type.IntegerDigits + scale <= ExactNumber.DigitsMax)
        {
            Pair(left, sign, right);
            return;
        }

        var bound = new ExactNumber(BigInteger.Pow(10, ExactNumber.DigitsMax - scale), 0);
        var aligned = new Converted(number, new ExpressionType(ValueKind.Decimal, ExactNumber.DigitsMax, scale), "");
        sql.Append("CASE");
        Beyond(op, number, finer, bound, greater: ReferenceEquals(number, left));
        Beyond(op, number, finer, bound.Negated, greater: ReferenceEquals(number, right));
        sql.Append(" ELSE ");
        Pair(ReferenceEquals(number, left) ? aligned : left, sign, ReferenceEquals(number, right) ? aligned : right);
        sql.Append(" END");
    }

    private void Beyond(OperatorKind op, BoundExpression number, BoundExpression other, ExactNumber bound, bool greater)
    {
        sql.Append(" WHEN ");
        Value(number);
        sql.Append(bound.Unscaled.Sign > 0 ? " >= " : " <= ");
        AppendConstant(new Constant(new ExpressionType(ValueKind.Decimal, bound.Precision), bound));
        sql.Append(" THEN ");
        if (op is OperatorKind.Equal or OperatorKind.NotEqual || greater != (op is OperatorKind.Greater or OperatorKind.GreaterOrEqual))
        {
            sql.Append(op == OperatorKind.NotEqual ? "TRUE" : "FALSE");
            return;
        }

        sql.Append("(");
        Value(other);
        sql.Append(" IS NOT NULL)");
    }

    // DuckDB has NaN equal to itself and greater than all; OData has it equal to nothing and beside the order.
    private void GuardNaN(Compare compare, bool mustBeNumber)
    {
        if (compare.Left.Type.Kind != ValueKind.Double)
        {
            return;
        }

        sql.Append("(");
        var and = false;
        foreach (var side in new[] { compare.Left, compare.Right })
        {
            if (side is Constant { Value: double number } && !double.IsNaN(number))
            {
                continue;
            }

            sql.Append(and ? mustBeNumber ? " AND " : " OR " : "");
            sql.Append(mustBeNumber ? "NOT coalesce(isnan(" : "coalesce(isnan(");
            Value(side);
            sql.Append("), FALSE)");
            and = true;
        }

        sql.Append(and ? mustBeNumber ? " AND " : " OR " : "");
    }

    private void CloseGuard(Compare compare) => sql.Append(compare.Left.Type.Kind == ValueKind.Double ? ")" : "");

    private void AppendIn(In membership, bool unknownIsFalse)
    {
        var hasNull = membership.Items.Any(i => i.Value is null);
        var items = membership.Items.Where(i => i.Value is not (null or double.NaN)).ToList();
        if (membership.Operand.Type.Kind == ValueKind.Null)
        {
            sql.Append(hasNull ? "TRUE" : "FALSE");
            return;
        }

        if (hasNull)
        {
            sql.Append("(");
            Value(membership.Operand);
            sql.Append(items.Count == 0 ? " IS NULL)" : " IS NULL OR ");
        }

        if (items.Count == 0)
        {
            sql.Append(hasNull ? "" : "FALSE");
            return;
        }

        sql.Append(unknownIsFalse ? "(" : "coalesce(");
        Value(membership.Operand);
        sql.Append(" IN (");
        for (var i = 0; i < items.Count; i++)
        {
            sql.Append(i == 0 ? "" : ", ");
            Append(items[i], unknownIsFalse: false);
        }

        sql.Append(unknownIsFalse ? "))" : "), FALSE)").Append(hasNull ? ")" : "");
    }
}
