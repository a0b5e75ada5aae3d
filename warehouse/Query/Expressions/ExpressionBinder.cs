using System.Text;
using OpenData.Catalogs.Errors;
using static OpenData.Warehouse.Query.Expressions.BoundExpression;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>Syntax tree → bound tree: names against the contract, types by OData's promotion rules, aliases unfolded.</summary>
internal sealed partial class ExpressionBinder(QueryScope scope)
{
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

    private static OpenDataException Complex(SyntaxNode node, string limit, int most)
        => QueryErrors.At(
            QueryErrors.TooComplex,
            node.Position,
            $"The expression is over {limit} = {most}, aliases unfolded.",
            $"Biểu thức vượt giới hạn {limit} = {most} khi đã thay bí danh.");
}
