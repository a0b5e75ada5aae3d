using System.Numerics;
using static OpenData.Warehouse.Query.Expressions.BoundExpression;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>
/// Comparisons of exact numbers with a constant so large or so fine that no decimal holds both: <c>fee gt 1e-38</c>. What they mean is known
/// before the query runs, and says no more than the number's own type can.
/// </summary>
internal static class FarConstant
{
    /// <summary>The same comparison without the constant, or with a nearer one; null when one type holds both sides.</summary>
    public static BoundExpression? Compare(OperatorKind op, BoundExpression number, Constant constant)
    {
        var (type, other) = (number.Type, constant.Type);
        if (type.Kind is not (ValueKind.Integer or ValueKind.Decimal)
            || Math.Max(type.IntegerDigits, other.IntegerDigits) + Math.Max(type.Scale, other.Scale) <= ExactNumber.DigitsMax)
        {
            return null;
        }

        var exact = constant.Value as ExactNumber? ?? new ExactNumber((long)constant.Value!, 0);
        var whole = BigInteger.Abs(exact.Unscaled) / BigInteger.Pow(10, exact.Scale);
        if (whole >= BigInteger.Pow(10, type.IntegerDigits))
        {
            return Beyond(op, number, above: exact.Unscaled.Sign > 0);
        }

        if (exact.Scale <= type.Scale)
        {
            return null;
        }

        var below = new Constant(new ExpressionType(ValueKind.Decimal, Math.Max(1, type.IntegerDigits + type.Scale), type.Scale), Floor(exact, type.Scale));
        return op switch
        {
            OperatorKind.Equal => False,
            OperatorKind.NotEqual => Not(False),
            OperatorKind.Less or OperatorKind.LessOrEqual => new Compare(OperatorKind.LessOrEqual, number, below),
            _ => new Compare(OperatorKind.Greater, number, below),
        };
    }

    private static Constant False => new(new ExpressionType(ValueKind.Boolean), false);

    private static BoundExpression Beyond(OperatorKind op, BoundExpression number, bool above) => op switch
    {
        OperatorKind.Equal => False,
        OperatorKind.NotEqual => Not(False),
        OperatorKind.Less or OperatorKind.LessOrEqual when above => new Compare(OperatorKind.NotEqual, number, Null),
        OperatorKind.Greater or OperatorKind.GreaterOrEqual when !above => new Compare(OperatorKind.NotEqual, number, Null),
        _ => False,
    };

    private static Constant Not(Constant condition) => condition with { Value = !(bool)condition.Value! };

    private static ExactNumber Floor(ExactNumber number, int scale)
    {
        var unit = BigInteger.Pow(10, number.Scale - scale);
        var down = BigInteger.DivRem(number.Unscaled, unit, out var rest);
        return new ExactNumber(rest.Sign < 0 ? down - 1 : down, scale);
    }
}
