using OpenData.Warehouse.Query.Expressions;
using static OpenData.Warehouse.Query.Expressions.BoundExpression;

namespace OpenData.Warehouse.Query;

/// <content>Arithmetic: exact numbers stay exact, instants and durations count in microseconds.</content>
internal sealed partial class ExpressionToSql
{
    private void AppendArithmetic(Arithmetic arithmetic)
    {
        switch (arithmetic.Type.Kind)
        {
            case ValueKind.Integer or ValueKind.Decimal or ValueKind.Double:
                AppendNumbers(arithmetic);
                break;
            case ValueKind.Instant:
                sql.Append("(");
                Value(arithmetic.Left);
                sql.Append(Plus(arithmetic));
                Microseconds(arithmetic.Right);
                sql.Append(")");
                break;
            case ValueKind.Date:
                sql.Append("CAST((");
                Value(arithmetic.Left);
                sql.Append(Plus(arithmetic));
                Microseconds(arithmetic.Right);
                sql.Append(") AS DATE)");
                break;
            default:
                AppendDuration(arithmetic);
                break;
        }
    }

    private void AppendNumbers(Arithmetic arithmetic)
    {
        var op = arithmetic.Operator;
        var exact = arithmetic.Type.Kind != ValueKind.Double;
        if (exact && (op == OperatorKind.DivideExactly || (op == OperatorKind.Divide && arithmetic.Type.Kind == ValueKind.Decimal)))
        {
            if (AppendExactQuotient(arithmetic.Left, arithmetic.Right, arithmetic.Type))
            {
                return;
            }

            // Of wider numbers DuckDB divides doubles; rounding takes their noise off the last digits again.
            sql.Append("CAST(round(");
            Cast(arithmetic.Left, "DOUBLE");
            sql.Append(" / nullif(");
            Cast(arithmetic.Right, "DOUBLE");
            sql.Append(", 0), ").Number(arithmetic.Type.Scale).Append(") AS ");
            AppendTypeName(arithmetic.Type);
            sql.Append(")");
            return;
        }

        if (op == OperatorKind.Modulo && arithmetic.Type.Kind == ValueKind.Decimal)
        {
            // Of decimals of two types DuckDB takes the remainder of doubles.
            var common = new ExpressionType(ValueKind.Decimal, ExactNumber.DigitsMax, arithmetic.Type.Scale);
            Pair(new Converted(arithmetic.Left, common, ""), " % ", new Converted(arithmetic.Right, common, ""));
            return;
        }

        if (op == OperatorKind.Modulo && arithmetic.Type.Kind == ValueKind.Integer && arithmetic.Right is not Constant { Value: long and not -1 })
        {
            // The least of all whole numbers has no quotient by -1 among them, and DuckDB fails although the remainder is 0.
            sql.Append("CAST(");
            Cast(arithmetic.Left, "HUGEINT");
            sql.Append(" % ");
            Value(arithmetic.Right);
            sql.Append(" AS BIGINT)");
            return;
        }

        // Of two numbers of at most 18 digits DuckDB makes one of 18, and fails on the rows that need more.
        var left = arithmetic.Left;
        if (arithmetic.Type is { Kind: ValueKind.Decimal, Precision: > NarrowDigitsMax }
            && Digits(left.Type) <= NarrowDigitsMax && Digits(arithmetic.Right.Type) <= NarrowDigitsMax)
        {
            left = new Converted(left, new ExpressionType(ValueKind.Decimal, ExactNumber.DigitsMax, left.Type.Scale), "");
        }

        Pair(
            left,
            op switch
            {
                OperatorKind.Add => " + ",
                OperatorKind.Subtract => " - ",
                OperatorKind.Multiply => " * ",
                OperatorKind.Modulo => " % ",
                _ => exact ? " // " : " / ",
            },
            arithmetic.Right);
    }

    /// <summary>
    /// A quotient to the last digit of its type, halves away from zero, where whole numbers of 38 digits have room for it: they divide to one digit
    /// more, which is then rounded.
    /// </summary>
    private bool AppendExactQuotient(BoundExpression left, BoundExpression right, ExpressionType type)
    {
        var shift = right.Type.Scale + type.Scale + 1;
        if (shift < left.Type.Scale || Digits(left) + shift >= ExactNumber.DigitsMax || Digits(right) + right.Type.Scale >= ExactNumber.DigitsMax)
        {
            return false;
        }

        sql.Append("CAST(round(CAST(");
        AppendShifted(left, shift);
        sql.Append(" // nullif(");
        AppendShifted(right, right.Type.Scale);
        sql.Append(", 0) AS DECIMAL(38,0)) * CAST(").Value("0." + new string('0', type.Scale) + "1").Append(" AS DECIMAL(").Number(type.Scale + 2).Append(",").Number(type.Scale + 1)
            .Append(")), ").Number(type.Scale).Append(") AS ");
        AppendTypeName(type);
        sql.Append(")");
        return true;
    }

    private void AppendShifted(BoundExpression number, int digits)
    {
        sql.Append("CAST(CAST(");
        Value(number);
        sql.Append(" AS DECIMAL(38,").Number(number.Type.Scale).Append(")) * CAST(").Value("1" + new string('0', digits)).Append(" AS DECIMAL(").Number(digits + 1).Append(",0)) AS HUGEINT)");
    }

    private static int Digits(BoundExpression number) => number switch
    {
        Constant { Value: long whole } => new ExactNumber(whole, 0).Precision,
        Constant { Value: null } => 1,
        _ => Digits(number.Type),
    };

    private static int Digits(ExpressionType number) => number.IntegerDigits + number.Scale;

    private void AppendDuration(Arithmetic arithmetic)
    {
        var (left, right) = (arithmetic.Left, arithmetic.Right);
        if (left.Type.Kind == ValueKind.Instant)
        {
            sql.Append("(epoch_us(");
            Value(left);
            sql.Append(") - epoch_us(");
            Value(right);
            sql.Append("))");
        }
        else if (left.Type.Kind == ValueKind.Date)
        {
            sql.Append("((");
            Value(left);
            sql.Append(" - ");
            Value(right);
            sql.Append(") * ").Number(MicrosPerDay).Append(")");
        }
        else if (right.Type.Kind == ValueKind.Duration && left.Type.Kind == ValueKind.Duration)
        {
            Pair(left, Plus(arithmetic), right);
        }
        else if (arithmetic.Operator == OperatorKind.Multiply)
        {
            sql.Append("CAST(round(");
            Pair(left, " * ", right);
            sql.Append(") AS BIGINT)");
        }
        else if (right.Type.Kind == ValueKind.Double || !AppendExactQuotient(left, right, arithmetic.Type))
        {
            sql.Append("CAST(round(");
            Cast(left, "DOUBLE");
            sql.Append(" / nullif(");
            Cast(right, "DOUBLE");
            sql.Append(", 0)) AS BIGINT)");
        }
    }

    private static string Plus(Arithmetic arithmetic) => arithmetic.Operator == OperatorKind.Add ? " + " : " - ";

    private void Microseconds(BoundExpression duration)
    {
        sql.Append("to_microseconds(");
        Value(duration);
        sql.Append(")");
    }

    private void Rounded(string function, Call call)
    {
        var isDecimal = call.Type.Kind == ValueKind.Decimal;
        sql.Append(isDecimal ? "CAST(" : "");
        Simple(function, call.Arguments);
        if (isDecimal)
        {
            sql.Append(" AS ");
            AppendTypeName(call.Type);
            sql.Append(")");
        }
    }
}
