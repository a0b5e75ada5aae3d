using System.Numerics;
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
internal sealed class ExpressionToSql(SqlBuilder sql, QueryLimits limits, string from = QueryToSql.Table)
{
    private const long MicrosPerDay = 86_400_000_000;
    private const int NarrowDigitsMax = 18;

    /// <summary>The folded text of all searchable columns of a row, a line feed between them.</summary>
    private const string SearchColumn = "_s";

    // What .NET and Unicode call white space; DuckDB's own trim knows the space only.
    private const string WhiteSpace =
        "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

    // Inside a subquery, names of the outer rows need their relation.
    private int _subqueries;

    /// <summary>Appends the condition of a WHERE, where unknown and false are the same.</summary>
    public void Condition(BoundExpression expression) => Append(expression, unknownIsFalse: true);

    /// <summary>Appends a value; a condition keeps unknown apart from false.</summary>
    public void Value(BoundExpression expression) => Append(expression, unknownIsFalse: false);

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

    private void Pair(BoundExpression left, string sign, BoundExpression right)
    {
        sql.Append("(");
        Value(left);
        sql.Append(sign);
        Value(right);
        sql.Append(")");
    }

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

    private void AppendCall(Call call)
    {
        switch (call.Function)
        {
            case Function.Contains:
                Simple("contains", call.Arguments);
                break;
            case Function.StartsWith:
                Simple("starts_with", call.Arguments);
                break;
            case Function.EndsWith:
                Simple("ends_with", call.Arguments);
                break;
            case Function.MatchesPattern:
                Simple("regexp_matches", call.Arguments);
                break;
            case Function.IndexOf:
                sql.Append("(");
                Simple("strpos", call.Arguments);
                sql.Append(" - 1)");
                break;
            case Function.Length:
                Simple("length", call.Arguments);
                break;
            case Function.Substring:
                AppendSubstring(call.Arguments);
                break;
            case Function.ToLower:
                Simple("lower", call.Arguments);
                break;
            case Function.ToUpper:
                Simple("upper", call.Arguments);
                break;
            case Function.Trim:
                sql.Append("trim(");
                Value(call.Arguments[0]);
                sql.Append(", ");
                Text(WhiteSpace);
                sql.Append(")");
                break;
            case Function.Concat:
                // Two texts in NFC may need it anew where they meet.
                sql.Append("nfc_normalize");
                Pair(call.Arguments[0], " || ", call.Arguments[1]);
                break;
            case Function.Round:
                Rounded("round", call);
                break;
            case Function.Floor:
                Rounded("floor", call);
                break;
            case Function.Ceiling:
                Rounded("ceil", call);
                break;
            case Function.TotalSeconds:
                sql.Append("(");
                Value(call.Arguments[0]);
                sql.Append(" * CAST(0.000001 AS DECIMAL(7,6)))");
                break;
            case Function.GeoDistance:
                AppendDistance(call.Arguments[0], call.Arguments[1]);
                break;
            default:
                AppendTimePart(call);
                break;
        }
    }

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
            foreach (var term in part.OrderBy)
            {
                Value(term.Key);
                sql.Append(term.Descending ? " DESC NULLS LAST, " : " ASC NULLS FIRST, ");
            }

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

    // The plain look for the longest word is several times faster than the pattern and leaves few rows to it.
    private void AppendSearch(Search search)
    {
        sql.Append("coalesce(contains(");
        Reference(search.Of, SearchColumn);
        sql.Append(", ");
        Text(search.Words.MaxBy(w => w.Length)!); // there is one
        sql.Append(") AND regexp_matches(");
        Reference(search.Of, SearchColumn);
        sql.Append(", ");
        Text(SearchPattern.Of(search));
        sql.Append("), FALSE)");
    }

    private void AppendTimePart(Call call)
    {
        var argument = call.Arguments[0];
        switch (call.Function)
        {
            case Function.Date:
                sql.Append("CAST(");
                Local(argument, call.TimeZone);
                sql.Append(" AS DATE)");
                break;
            case Function.Time:
                sql.Append("CAST(");
                Local(argument, call.TimeZone);
                sql.Append(" AS TIME)");
                break;
            case Function.TotalOffsetMinutes:
                sql.Append("((epoch_us(");
                Local(argument, call.TimeZone);
                sql.Append(") - epoch_us(");
                Value(argument);
                sql.Append(")) // 60000000)");
                break;
            case Function.FractionalSeconds:
                sql.Append("((microsecond(");
                Local(argument, call.TimeZone);
                sql.Append(") % 1000000) * CAST(0.000001 AS DECIMAL(7,6)))");
                break;
            default:
                sql.Append(call.Function switch
                {
                    Function.Year => "year(",
                    Function.Month => "month(",
                    Function.Day => "day(",
                    Function.Hour => "hour(",
                    Function.Minute => "minute(",
                    _ => "second(",
                });
                Local(argument, call.TimeZone);
                sql.Append(")");
                break;
        }
    }

    /// <summary>An instant as the wall time of its zone; days and times of day as they are.</summary>
    private void Local(BoundExpression expression, string zone)
    {
        if (expression.Type.Kind != ValueKind.Instant)
        {
            Value(expression);
            return;
        }

        sql.Append("((");
        Value(expression);
        sql.Append(" AT TIME ZONE 'UTC') AT TIME ZONE ");
        Text(zone);
        sql.Append(")");
    }

    private void AppendSubstring(IReadOnlyList<BoundExpression> arguments)
    {
        // The greatest start that DuckDB takes; no cell is that long.
        const long far = int.MaxValue - 1;
        var (text, start) = (arguments[0], arguments[1]);
        sql.Append("substring(");
        if (start is Constant { Value: < 0L and long fromEnd })
        {
            sql.Append("right(");
            Value(text);
            sql.Append(", ").Number(Math.Min(far, -Math.Max(fromEnd, -far))).Append("), 1");
        }
        else if (start is Constant { Value: long first })
        {
            Value(text);
            sql.Append(", ").Number(Math.Min(far, first) + 1);
        }
        else
        {
            Value(text);
            sql.Append(", CASE WHEN ");
            Value(start);
            sql.Append(" < 0 THEN greatest(length(");
            Value(text);
            sql.Append(") + greatest(");
            Value(start);
            sql.Append(", -").Number(far).Append("), 0) ELSE least(");
            Value(start);
            // greatest and least pass over null; the result must not.
            sql.Append(", ").Number(far).Append(") END + 1 + (");
            Value(start);
            sql.Append(" * 0)");
        }

        if (arguments.Count == 3)
        {
            sql.Append(", greatest(0, least(").Number(far).Append(", ");
            Value(arguments[2]);
            sql.Append(")) + (");
            Value(arguments[2]);
            sql.Append(" * 0)");
        }

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

    private void AppendDistance(BoundExpression from, BoundExpression to)
    {
        // Haversine on the mean Earth radius in metres.
        sql.Append("(2 * 6371008.8 * asin(least(1.0, sqrt(pow(sin(radians(");
        Coordinate(to, latitude: true);
        sql.Append(" - ");
        Coordinate(from, latitude: true);
        sql.Append(") / 2), 2) + cos(radians(");
        Coordinate(from, latitude: true);
        sql.Append(")) * cos(radians(");
        Coordinate(to, latitude: true);
        sql.Append(")) * pow(sin(radians(");
        Coordinate(to, latitude: false);
        sql.Append(" - ");
        Coordinate(from, latitude: false);
        // least passes over null; a missing point must not be half the earth away.
        sql.Append(") / 2), 2)))) + 0 * (");
        Coordinate(from, latitude: true);
        sql.Append(" + ");
        Coordinate(to, latitude: true);
        sql.Append("))");
    }

    private void Coordinate(BoundExpression point, bool latitude)
    {
        if (point is Column column)
        {
            Reference(column.Of, "_" + column.Contract.Name + (latitude ? "_lat" : "_lon"));
            return;
        }

        var value = ((Constant)point).Value is GeoPoint p ? latitude ? p.Latitude : p.Longitude : (double?)null;
        sql.Append("CAST(").Value(value).Append(" AS DOUBLE)");
    }

    private void Simple(string function, IReadOnlyList<BoundExpression> arguments)
    {
        sql.Append(function).Append("(");
        for (var i = 0; i < arguments.Count; i++)
        {
            sql.Append(i == 0 ? "" : ", ");
            Value(arguments[i]);
        }

        sql.Append(")");
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
