using System.Numerics;
using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using static OpenData.Warehouse.Query.Expressions.BoundExpression;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>Syntax tree → bound tree: names against the contract, types by OData's promotion rules, aliases unfolded.</summary>
internal sealed class ExpressionBinder(QueryScope scope)
{
    // Quotients of exact numbers keep this many digits after the point.
    private const int QuotientScale = 12;

    /// <summary>The first year in which every zone's clocks differ from UTC by whole minutes.</summary>
    private const int WholeMinutesSince = 1973;

    /// <summary>A guess: nobody knows before the query runs.</summary>
    private const int ColumnTextLength = 256;

    /// <summary>A relation is a join, for which the engine sets memory aside; so many of them fit into the smallest portal's.</summary>
    private const int RelationNodes = 100;

    private readonly Dictionary<string, Item> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Row.Variable> _rows = new(StringComparer.Ordinal);
    // The same place of a path is looked at as what leads on and as what has a column; its relations count once.
    private readonly Dictionary<SyntaxNode.Name, Row?> _reached = new(ReferenceEqualityComparer.Instance);
    // Whose columns a name means, inside the parentheses of a $count; null for those of the row that is looked at.
    private Row.Variable? _counted;
    private readonly HashSet<string> _openAliases = new(StringComparer.Ordinal);
    private int _rowsNamed;
    private int _depth;
    private int _nodes;
    private long _text;

    /// <summary>A binder of expressions in which <c>$this</c> is a value of a list.</summary>
    public ExpressionBinder(QueryScope scope, Item value)
        : this(scope) => _variables.Add(ExpressionParser.This, value);

    /// <summary>What has been bound so far.</summary>
    public BindingCost Cost => new(_nodes, _text);

    /// <summary>Binds what must be true or false.</summary>
    public BoundExpression BindCondition(SyntaxNode node)
    {
        var bound = Bind(node);
        return bound.Type.Kind switch
        {
            ValueKind.Boolean => bound,
            ValueKind.Null => TypedNull(new ExpressionType(ValueKind.Boolean)),
            _ => throw Wrong(
                node,
                $"A condition is needed here, but this gives {bound.Type.EdmName}.",
                $"Ở đây cần điều kiện đúng/sai, nhưng biểu thức cho kiểu {bound.Type.EdmName}."),
        };
    }

    /// <summary>Binds any expression.</summary>
    public BoundExpression Bind(SyntaxNode node)
    {
        if (++_nodes > scope.Limits.NodesMax)
        {
            throw Complex(node, nameof(QueryLimits.NodesMax), scope.Limits.NodesMax);
        }

        if (++_depth > scope.Limits.DepthMax + 2)
        {
            throw Complex(node, nameof(QueryLimits.DepthMax), scope.Limits.DepthMax);
        }

        var bound = node switch
        {
            SyntaxNode.Literal literal => literal.Value,
            SyntaxNode.Name { Of: null } name when _variables.TryGetValue(name.Text, out var variable) => variable,
            SyntaxNode.Name name => Named(name),
            SyntaxNode.Lambda lambda => BindLambda(lambda),
            SyntaxNode.ListCount count => BindCount(count),
            SyntaxNode.Alias alias => Unfold(alias, Bind),
            SyntaxNode.Not not => BindNot(not),
            SyntaxNode.Negate negate => BindNegate(negate),
            SyntaxNode.Logic logic => new Logic(logic.All, [.. logic.Operands.Select(BindCondition)]),
            SyntaxNode.Binary { Operator: OperatorKind.In } membership => BindIn(membership),
            SyntaxNode.Binary { Operator: <= OperatorKind.LessOrEqual } compare => BindCompare(compare),
            SyntaxNode.Binary arithmetic => BindArithmetic(arithmetic),
            SyntaxNode.Call call => new FunctionBinder(this, scope).Bind(call),
            SyntaxNode.Case choice => BindCase(choice),
            SyntaxNode.Cast cast => LiteralCast.Bind(cast, Bind(cast.Value), scope.Limits),
            _ => throw QueryErrors.At(
                QueryErrors.Malformed,
                node.Position,
                "A list stands only to the right of in.",
                "Danh sách chỉ đứng bên phải toán tử in."),
        };
        _depth--;
        if (bound is Call { Type.Kind: ValueKind.Text } or Case { Type.Kind: ValueKind.Text })
        {
            Spend(node, 0, TextLength(bound));
        }

        return bound;
    }

    /// <summary>The greatest length in bytes of the text that an expression gives; 0 for other values.</summary>
    public long TextLength(BoundExpression expression) => expression switch
    {
        { Type.Kind: not ValueKind.Text } => 0,
        Constant constant => constant.Value is string text ? Encoding.UTF8.GetByteCount(text) : 0,
        Column column => scope.MadeOf(column.Contract)?.TextLength ?? ColumnTextLength,
        Call { Function: Function.Concat } concat => concat.Arguments.Sum(TextLength),
        Call call => call.Arguments.Max(TextLength),
        Case choice => choice.Branches.Max(b => TextLength(b.Then)),
        _ => ColumnTextLength,
    };

    /// <summary>The zone in which an expression's instants are read: its first timestamp column's, else the dataset's.</summary>
    public string ZoneOf(BoundExpression expression) => FirstZone(expression) ?? scope.Contract.TimeZone;

    /// <summary>A null that has a type.</summary>
    public static Constant TypedNull(ExpressionType type) => new(type, null);

    /// <summary>A number as double.</summary>
    public static BoundExpression AsDouble(BoundExpression number) => number switch
    {
        { Type.Kind: ValueKind.Double } => number,
        Constant { Value: long whole } => new Constant(new ExpressionType(ValueKind.Double), (double)whole),
        Constant { Value: ExactNumber exact } => new Constant(new ExpressionType(ValueKind.Double), exact.ToDouble()),
        Constant { Value: null } => TypedNull(new ExpressionType(ValueKind.Double)),
        _ => new Converted(number, new ExpressionType(ValueKind.Double), ""),
    };

    public static OpenDataException Wrong(SyntaxNode node, string en, string vi, string? suggestion = null)
        => QueryErrors.At(QueryErrors.WrongType, node.Position, en, vi, suggestion);

    private static string? FirstZone(BoundExpression expression) => expression switch
    {
        Column { Type.Kind: ValueKind.Instant } column => column.Contract.TimeZone,
        Arithmetic { Type.Kind: ValueKind.Instant } shifted => FirstZone(shifted.Left),
        Case choice => choice.Branches.Select(b => FirstZone(b.Then)).FirstOrDefault(z => z is not null),
        _ => null,
    };

    private T Unfold<T>(SyntaxNode.Alias alias, Func<SyntaxNode, T> bind)
        where T : class
    {
        if (scope.AliasText(alias.Text) is not { } text)
        {
            // OData: an alias without a value is null.
            return bind(new SyntaxNode.Literal(alias.Position, Null));
        }

        if (!_openAliases.Add(alias.Text))
        {
            throw QueryErrors.At(
                QueryErrors.BadAlias,
                alias.Position,
                $"The parameter alias {alias.Text} leads back to itself.",
                $"Bí danh {alias.Text} dẫn về chính nó.");
        }

        var bound = Located.In(text, () => bind(ExpressionParser.ParseAlias(text, scope.Limits)));
        _openAliases.Remove(alias.Text);
        return bound;
    }

    // A computed column is its expression again, so it counts as often as it stands there.
    private BoundExpression Named(SyntaxNode.Name name)
    {
        if ((name.Of is { } path ? RowOf(path) : _counted) is { } row)
        {
            return new Column(RelatedColumn(row.Relation, name), row);
        }

        if (name.Text == ExpressionParser.This)
        {
            throw QueryErrors.At(QueryErrors.NotSupported, name.Position, "This service does not support $this here.", "Dịch vụ chưa hỗ trợ $this ở đây.");
        }

        if (_rows.ContainsKey(name.Text) || scope.IsRelation(before: null, name.Text))
        {
            throw Wrong(name, $"{name.Text} is no value but leads to rows.", $"{name.Text} không phải giá trị mà dẫn tới các dòng.", $"{name.Text}/…");
        }

        var column = scope.Column(name.Text, name.Position);
        if (scope.MadeOf(column) is not { } made)
        {
            return new Column(column);
        }

        Spend(name, made.Cost.Nodes, made.Cost.Text);
        return made.Expression;
    }

    /// <summary>The row to which a path leads; null for the row that is looked at.</summary>
    private Row? RowOf(SyntaxNode.Name path)
    {
        if (!_reached.TryGetValue(path, out var row))
        {
            _reached.Add(path, row = Reach(path));
        }

        return row;
    }

    private Row? Reach(SyntaxNode.Name path)
    {
        if (path is { Of: null, Text: ExpressionParser.ItSelf })
        {
            return scope.IsNested ? throw QueryErrors.At(
                QueryErrors.NotSupported, path.Position, "This service does not support $it inside $expand.", "Dịch vụ chưa hỗ trợ $it bên trong $expand.") : null;
        }

        if (path.Of is null && (_rows.TryGetValue(path.Text, out var variable) || (path.Text == ExpressionParser.This && (variable = _counted) is not null)))
        {
            return variable;
        }

        var (of, relation) = Step(path);
        return relation.IsMany
            ? throw Wrong(
                path,
                $"{relation.Name} leads to several rows; say which with any or all.",
                $"{relation.Name} dẫn tới nhiều dòng; hãy dùng any hoặc all.",
                $"{relation.Name}/any(x:x/…)")
            : new Row.Related(of, relation);
    }

    /// <summary>The relation at the end of a path, and the row from which it leads.</summary>
    private (Row? Of, Relation Relation) Step(SyntaxNode.Name path)
    {
        if (_variables.Count > 0)
        {
            throw QueryErrors.At(
                QueryErrors.NotSupported, path.Position, "This service does not support relations inside any and all of a list.", "Dịch vụ chưa hỗ trợ quan hệ bên trong any và all của danh sách.");
        }

        var of = path.Of is { } before ? RowOf(before) : _counted;
        Spend(path, RelationNodes, 0);
        return (of, scope.RelationOf(of?.Relation, path.Text, path.Position));
    }

    private static ColumnContract RelatedColumn(Relation relation, SyntaxNode.Name name)
    {
        var column = QueryScope.Column(relation.Target.Contract, RowKey.QueryColumns(relation.Target.Contract), name.Text, name.Position);
        return column.TimeZone is null ? column with { TimeZone = relation.Target.Contract.TimeZone } : column;
    }

    /// <summary>The relation to many at the end of a path; null when it is something else.</summary>
    private (Row? Of, Relation Relation)? ManyOf(SyntaxNode.Name path)
    {
        var from = path.Of is { } before ? RowOf(before) : _counted;
        if (!scope.IsRelation(from?.Relation, path.Text))
        {
            return null;
        }

        var (of, relation) = Step(path);
        return relation.IsMany
            ? (of, relation)
            : throw Wrong(path, $"{relation.Name} leads to one row; write its column behind it.", $"{relation.Name} dẫn tới một dòng; hãy viết tên cột phía sau.", $"{relation.Name}/…");
    }

    private void Spend(SyntaxNode node, int nodes, long text)
    {
        _nodes += nodes;
        _text += text;
        if (_nodes > scope.Limits.NodesMax)
        {
            throw Complex(node, nameof(QueryLimits.NodesMax), scope.Limits.NodesMax);
        }

        if (_text > scope.Limits.MadeTextMax)
        {
            throw Complex(node, nameof(QueryLimits.MadeTextMax), scope.Limits.MadeTextMax);
        }
    }

    private Column List(SyntaxNode.Name name)
        => Named(name) is Column { Contract.Type.Item: not null } list
            ? list
            : throw Wrong(name, $"{name.Text} is neither a list nor a relation to many.", $"{name.Text} không phải danh sách hay quan hệ tới nhiều dòng.");

    private BoundExpression BindCount(SyntaxNode.ListCount count)
    {
        if (ManyOf(count.Collection) is { } many)
        {
            var row = new Row.Variable(_rowsNamed++, many.Relation);
            var outer = _counted;
            _counted = row;
            var condition = AllOf(
                count.Filter is { } filter ? BindCondition(filter) : null,
                count.Search is { } search ? scope.SearchBehind(row, search.Text, search.Position) : null);
            _counted = outer;
            return new RelatedCount(many.Of, row, condition);
        }

        var list = List(count.Collection);
        if (count.Search is { } words)
        {
            throw QueryErrors.At(QueryErrors.NotSupported, words.Position, "This service does not search in lists.", "Dịch vụ chưa tìm kiếm trong danh sách.");
        }

        if (count.Filter is not { } values)
        {
            return new ListCount(list, null, null);
        }

        var item = new Item(_variables.Count, list.Contract.ToScalar());
        return new ListCount(list, item, Inside(count, ExpressionParser.This, values, _variables, item));
    }

    private BoundExpression BindLambda(SyntaxNode.Lambda lambda)
    {
        if (ManyOf(lambda.Collection) is { } many)
        {
            var row = new Row.Variable(_rowsNamed++, many.Relation);
            return new RelatedAny(many.Of, row, lambda.All, Inside(lambda, lambda.Variable, lambda.Condition, _rows, row));
        }

        var list = List(lambda.Collection);
        var item = new Item(_variables.Count, list.Contract.ToScalar());
        var condition = Inside(lambda, lambda.Variable, lambda.Condition, _variables, item);
        return new Lambda(list, lambda.All, condition is null ? null : item, condition);
    }

    private BoundExpression? Inside<T>(SyntaxNode node, string? name, SyntaxNode? condition, Dictionary<string, T> variables, T value)
    {
        if (name is null || condition is null)
        {
            return null;
        }

        if (_variables.ContainsKey(name) || _rows.ContainsKey(name))
        {
            throw QueryErrors.At(QueryErrors.Malformed, node.Position, $"The variable {name} stands for another value already.", $"Biến {name} đã dùng cho giá trị khác.");
        }

        variables.Add(name, value);
        var bound = BindCondition(condition);
        variables.Remove(name);
        return bound;
    }

    private Not BindNot(SyntaxNode.Not not)
    {
        var operand = Bind(not.Operand);
        if (operand.Type.Kind is not (ValueKind.Boolean or ValueKind.Null))
        {
            throw Wrong(
                not,
                $"not binds tighter than comparisons, and its operand gives {operand.Type.EdmName}.",
                $"not được tính trước phép so sánh, mà toán hạng của nó có kiểu {operand.Type.EdmName}.",
                "not (…)");
        }

        return new Not(operand.Type.Kind == ValueKind.Null ? TypedNull(new ExpressionType(ValueKind.Boolean)) : operand);
    }

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

    // A relation to one compared with null: whether it leads to a row.
    private BoundExpression? Missing(SyntaxNode.Binary node)
    {
        var path = node switch
        {
            { Left: SyntaxNode.Name left, Right: SyntaxNode.Literal { Value.Value: null } } => left,
            { Left: SyntaxNode.Literal { Value.Value: null }, Right: SyntaxNode.Name right } => right,
            _ => null,
        };
        if (path is null || node.Operator is not (OperatorKind.Equal or OperatorKind.NotEqual) || _variables.ContainsKey(path.Text)
            || !scope.IsRelation((path.Of is { } before ? RowOf(before) : _counted)?.Relation, path.Text))
        {
            return null;
        }

        var (of, relation) = Step(path);
        var found = new RelatedAny(of, new Row.Variable(_rowsNamed++, relation), All: false, null);
        return relation.IsMany
            ? throw Wrong(path, $"{relation.Name} leads to several rows; compare its $count.", $"{relation.Name} dẫn tới nhiều dòng; hãy so sánh $count của nó.", $"{relation.Name}/$count eq 0")
            : node.Operator == OperatorKind.NotEqual ? found : new Not(found);
    }

    private BoundExpression BindCompare(SyntaxNode.Binary node)
    {
        if (Missing(node) is { } missing)
        {
            return missing;
        }

        var (left, right) = Comparable(node, Bind(node.Left), Bind(node.Right));
        if (left.Type.IsCompound && node.Operator is not (OperatorKind.Equal or OperatorKind.NotEqual))
        {
            throw OnlyWithNull(node);
        }

        return (left, right) switch
        {
            (_, Constant { Value: long or ExactNumber } number) => FarConstant.Compare(node.Operator, left, number),
            (Constant { Value: long or ExactNumber } number, _) => FarConstant.Compare(Turned(node.Operator), right, number),
            _ => null,
        } ?? new Compare(node.Operator, left, right);
    }

    private static OperatorKind Turned(OperatorKind op) => op switch
    {
        OperatorKind.Greater => OperatorKind.Less,
        OperatorKind.Less => OperatorKind.Greater,
        OperatorKind.GreaterOrEqual => OperatorKind.LessOrEqual,
        OperatorKind.LessOrEqual => OperatorKind.GreaterOrEqual,
        _ => op,
    };

    private In BindIn(SyntaxNode.Binary node)
    {
        var operand = Bind(node.Left);
        return node.Right is SyntaxNode.Alias alias ? Unfold(alias, list => BindItems(operand, list)) : BindItems(operand, node.Right);
    }

    private In BindItems(BoundExpression operand, SyntaxNode list)
    {
        if (list is not SyntaxNode.List items)
        {
            throw QueryErrors.At(
                QueryErrors.Malformed,
                list.Position,
                "After in stands a list of literals in parentheses.",
                "Sau in là danh sách giá trị trong ngoặc.",
                "in ('a','b')");
        }

        var constants = new List<Constant>();
        foreach (var item in items.Items)
        {
            var value = (Constant)Bind(item);
            if (value.Type.Kind == ValueKind.Null)
            {
                constants.Add(value);
                continue;
            }

            if (operand.Type.IsNumeric && value.Type.IsNumeric && !CanEqual(operand.Type, value))
            {
                continue;
            }

            var (left, right) = Comparable(item, operand, value);
            constants.Add((Constant)right);
            operand = left;
        }

        // A double in the list makes the operand a double; the items before it follow.
        if (operand.Type.Kind == ValueKind.Double)
        {
            constants = [.. constants.Select(c => c.Type.IsNumeric ? (Constant)AsDouble(c) : c)];
        }

        return new In(operand, constants);
    }

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

    private Case BindCase(SyntaxNode.Case node)
    {
        var branches = node.Branches.Select(b => (When: BindCondition(b.When), Then: Bind(b.Then), b.Then.Position)).ToList();
        var typed = branches.Where(b => b.Then.Type.Kind != ValueKind.Null).ToList();
        var type = typed.Count == 0 ? new ExpressionType(ValueKind.Boolean) : typed[0].Then.Type;
        foreach (var branch in typed.Skip(1))
        {
            type = Common(type, branch.Then.Type) ?? throw QueryErrors.At(
                QueryErrors.WrongType,
                branch.Position,
                $"The values of case are {type.EdmName} and {branch.Then.Type.EdmName}.",
                $"Các giá trị của case có kiểu {type.EdmName} và {branch.Then.Type.EdmName}.");
        }

        return new Case(
            [.. branches.Select(b => (b.When, As(b.Then, type)))],
            type);
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

    private static OpenDataException Complex(SyntaxNode node, string limit, int most)
        => QueryErrors.At(
            QueryErrors.TooComplex,
            node.Position,
            $"The expression is over {limit} = {most}, aliases unfolded.",
            $"Biểu thức vượt giới hạn {limit} = {most} khi đã thay bí danh.");
}
