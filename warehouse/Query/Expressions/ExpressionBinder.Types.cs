using System.Numerics;
using OpenData.Catalogs.Errors;
using static OpenData.Warehouse.Query.Expressions.BoundExpression;

namespace OpenData.Warehouse.Query.Expressions;

/// <content>Types: what can be compared and reckoned with what, and what comes of it.</content>
internal sealed partial class ExpressionBinder
{
    // Quotients of exact numbers keep this many digits after the point.
    private const int QuotientScale = 12;

    /// <summary>The first year in which every zone's clocks differ from UTC by whole minutes.</summary>
    private const int WholeMinutesSince = 1973;

    private (BoundExpression Left, BoundExpression Right) Comparable(SyntaxNode node, BoundExpression left, BoundExpression right)
    {
        var (l, r) = (left.Type.Kind, right.Type.Kind);
        if (l == ValueKind.Null || r == ValueKind.Null)
        {
            return (left, right);
        }

        if (left.Type.IsNumeric && right.Type.IsNumeric)
        {
            return l == ValueKind.Double || r == ValueKind.Double
                ? (AsDouble(left), AsDouble(right))
                : (Fit(left, right.Type), Fit(right, left.Type));
        }

        if (l == ValueKind.Duration && right is Constant { Value: string text } && Literals.DurationMicros(text) is { } length)
        {
            // Since 4.01 the word before the quotes may be left out where it is clear what they hold.
            return (left, new Constant(left.Type, length));
        }

        if (r == ValueKind.Duration && left is Constant { Value: string })
        {
            var (other, same) = Comparable(node, right, left);
            return (same, other);
        }

        if (l is ValueKind.Date && r is ValueKind.Instant)
        {
            return (AsInstant(left, ZoneOf(right)), right);
        }

        if (l is ValueKind.Instant && r is ValueKind.Date)
        {
            return (left, AsInstant(right, ZoneOf(left)));
        }

        if (l != r)
        {
            throw Wrong(
                node,
                $"{left.Type.EdmName} cannot be compared with {right.Type.EdmName}.",
                $"Không so sánh được {left.Type.EdmName} với {right.Type.EdmName}.",
                Rewritten(left, right) ?? Rewritten(right, left));
        }

        return left.Type.IsCompound ? throw OnlyWithNull(node) : (left, right);
    }

    private static OpenDataException OnlyWithNull(SyntaxNode node) => Wrong(
        node,
        "Geometries and lists compare only with null, by eq and ne.",
        "Dữ liệu hình học và danh sách chỉ so sánh với null bằng eq, ne.");

    // The two mistakes that everyone makes: quotes around a number or date, and none around a code.
    private static string? Rewritten(BoundExpression literal, BoundExpression other) => (literal, other.Type.Kind) switch
    {
        (Constant { Value: long or ExactNumber } number, ValueKind.Text) => $"'{number.Value}'",
        (Constant { Value: string { Length: > 0 and <= 40 } text }, not (ValueKind.Text or ValueKind.Boolean or ValueKind.Duration or ValueKind.List)) => text,
        _ => null,
    };

    // A list of numbers far apart would be brought to one type that has no room for them.
    private static bool CanEqual(ExpressionType type, Constant number)
        => type.Kind == ValueKind.Double || number.Value is double || Fit(number, type).Type == type;

    /// <summary>An exact constant in the other operand's own type where nothing is lost, so that the column is compared as stored.</summary>
    private static BoundExpression Fit(BoundExpression expression, ExpressionType other)
    {
        if (expression is not Constant { Value: not null } constant)
        {
            return expression;
        }

        var exact = constant.Value is long whole ? new ExactNumber(new BigInteger(whole), 0) : (ExactNumber)constant.Value;
        if (other.Kind == ValueKind.Integer)
        {
            return exact.Scale == 0 && exact.Unscaled >= long.MinValue && exact.Unscaled <= long.MaxValue
                ? new Constant(other, (long)exact.Unscaled)
                : constant;
        }

        return exact.Scale <= other.Scale && exact.Precision - exact.Scale <= other.IntegerDigits
            ? new Constant(other, exact)
            : constant;
    }

    private static BoundExpression AsInstant(BoundExpression date, string zone)
    {
        var type = new ExpressionType(ValueKind.Instant);
        if (date is Constant { Value: null })
        {
            return TypedNull(type);
        }

        // What .NET knows of older clocks it knows to the minute; the engine knows them to the second, and is asked where midnight came twice or never.
        var local = TimeZoneInfo.FindSystemTimeZoneById(zone);
        if (date is not Constant { Value: DateOnly { Year: >= WholeMinutesSince and < 9999 } day }
            || day.ToDateTime(TimeOnly.MinValue) is var midnight && (local.IsAmbiguousTime(midnight) || local.IsInvalidTime(midnight)))
        {
            return new Converted(date, type, zone);
        }

        return new Constant(type, new DateTime(midnight.Ticks - local.GetUtcOffset(midnight).Ticks, DateTimeKind.Utc));
    }

    private BoundExpression BindArithmetic(SyntaxNode.Binary node)
    {
        var (left, right) = (Bind(node.Left), Bind(node.Right));
        if (left.Type.Kind == ValueKind.Null && right.Type.Kind == ValueKind.Null)
        {
            return Null;
        }

        left = left.Type.Kind == ValueKind.Null ? TypedNull(right.Type) : left;
        right = right.Type.Kind == ValueKind.Null ? TypedNull(left.Type) : right;
        if (left.Type.IsNumeric && right.Type.IsNumeric)
        {
            if (left.Type.Kind == ValueKind.Double || right.Type.Kind == ValueKind.Double)
            {
                return new Arithmetic(node.Operator, AsDouble(left), AsDouble(right), new ExpressionType(ValueKind.Double));
            }

            return new Arithmetic(node.Operator, left, right, ExactType(node, left.Type, right.Type));
        }

        return TimeType(node.Operator, left.Type, right.Type) is { } kind
            ? new Arithmetic(node.Operator, left, right, new ExpressionType(kind))
            : throw Wrong(
                node,
                $"This operator does not take {left.Type.EdmName} and {right.Type.EdmName}.",
                $"Phép toán này không nhận {left.Type.EdmName} và {right.Type.EdmName}.");
    }

    private static ExpressionType ExactType(SyntaxNode.Binary node, ExpressionType left, ExpressionType right)
    {
        var whole = left.Kind == ValueKind.Integer && right.Kind == ValueKind.Integer;
        if (node.Operator == OperatorKind.DivideExactly || (node.Operator == OperatorKind.Divide && !whole))
        {
            return new ExpressionType(ValueKind.Decimal, ExactNumber.DigitsMax, QuotientScale);
        }

        if (whole)
        {
            return new ExpressionType(ValueKind.Integer);
        }

        var scale = node.Operator == OperatorKind.Multiply ? left.Scale + right.Scale : Math.Max(left.Scale, right.Scale);
        var digits = node.Operator == OperatorKind.Multiply
            ? left.IntegerDigits + right.IntegerDigits
            : Math.Max(left.IntegerDigits, right.IntegerDigits) + 1;
        return scale <= ExactNumber.DigitsMax
            ? new ExpressionType(ValueKind.Decimal, Math.Clamp(digits + scale, 1, ExactNumber.DigitsMax), scale)
            : throw Wrong(
                node,
                $"The product would have {scale} digits after the point; {ExactNumber.DigitsMax} is the most.",
                $"Tích sẽ có {scale} chữ số thập phân; tối đa là {ExactNumber.DigitsMax}.");
    }

    private static ValueKind? TimeType(OperatorKind op, ExpressionType left, ExpressionType right) => (op, left.Kind, right.Kind) switch
    {
        (OperatorKind.Add or OperatorKind.Subtract, ValueKind.Duration, ValueKind.Duration) => ValueKind.Duration,
        (OperatorKind.Add or OperatorKind.Subtract, ValueKind.Instant, ValueKind.Duration) => ValueKind.Instant,
        (OperatorKind.Add or OperatorKind.Subtract, ValueKind.Date, ValueKind.Duration) => ValueKind.Date,
        (OperatorKind.Subtract, ValueKind.Instant, ValueKind.Instant) => ValueKind.Duration,
        (OperatorKind.Subtract, ValueKind.Date, ValueKind.Date) => ValueKind.Duration,
        (OperatorKind.Multiply or OperatorKind.Divide or OperatorKind.DivideExactly, ValueKind.Duration, _) when right.IsNumeric => ValueKind.Duration,
        (OperatorKind.Multiply, _, ValueKind.Duration) when left.IsNumeric => ValueKind.Duration,
        _ => null,
    };

    private BoundExpression BindNegate(SyntaxNode.Negate negate)
    {
        var operand = Bind(negate.Operand);
        if (operand.Type.Kind == ValueKind.Null)
        {
            return operand;
        }

        return operand.Type.IsNumeric || operand.Type.Kind == ValueKind.Duration
            ? new Negate(operand)
            : throw Wrong(
                negate,
                $"The sign needs a number or a duration, not {operand.Type.EdmName}.",
                $"Dấu trừ cần số hoặc khoảng thời gian, không phải {operand.Type.EdmName}.");
    }

    // DuckDB would choose a type of its own, and round to it.
    private static BoundExpression As(BoundExpression value, ExpressionType type) => type.Kind switch
    {
        _ when value.Type.Kind == ValueKind.Null => TypedNull(type),
        ValueKind.Double => AsDouble(value),
        ValueKind.Decimal when value.Type != type => new Converted(value, type, ""),
        _ => value,
    };

    private static ExpressionType? Common(ExpressionType a, ExpressionType b)
    {
        if (a.IsNumeric && b.IsNumeric)
        {
            if (a.Kind == ValueKind.Double || b.Kind == ValueKind.Double)
            {
                return new ExpressionType(ValueKind.Double);
            }

            if (a.Kind == ValueKind.Integer && b.Kind == ValueKind.Integer)
            {
                return a;
            }

            var scale = Math.Max(a.Scale, b.Scale);
            return new ExpressionType(
                ValueKind.Decimal,
                Math.Min(ExactNumber.DigitsMax, Math.Max(a.IntegerDigits, b.IntegerDigits) + scale),
                scale);
        }

        return a.Kind == b.Kind ? a : null;
    }
}
