using OpenData.Catalogs.Errors;
using static OpenData.Warehouse.Query.Expressions.SyntaxErrors;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>
/// Tokens → syntax tree, by binding strength. Bounded: nesting by <see cref="QueryLimits.DepthMax"/> (which also bounds the stack),
/// size by <see cref="QueryLimits.NodesMax"/>. Knows no columns.
/// </summary>
internal sealed partial class ExpressionParser
{
    /// <summary>The row that a query looks at, where a name could mean another.</summary>
    public const string ItSelf = "$it";

    /// <summary>The value of a list that is looked at, where it has no name.</summary>
    public const string This = "$this";

    private readonly string _text;
    private readonly IReadOnlyList<Token> _tokens;
    private readonly QueryLimits _limits;
    private int _at;
    private int _depth;
    private int _nodes;

    /// <summary>A parser for texts of which expressions are a part.</summary>
    public ExpressionParser(string text, QueryLimits limits)
    {
        _text = text;
        _tokens = Tokenizer.Tokens(text, limits);
        _limits = limits;
    }

    /// <summary>The tree of a whole text.</summary>
    /// <exception cref="OpenDataException"><c>OD1201</c>, <c>OD1205</c>, <c>OD1209</c> or <c>OD1211</c>, with the position.</exception>
    public static SyntaxNode Parse(string text, QueryLimits limits)
    {
        var parser = new ExpressionParser(text, limits);
        var node = parser.Expression(Operators.Lowest);
        parser.ExpectEnd();
        return node;
    }

    /// <summary>The tree of the value of an alias: an expression, or a list for <c>in</c>.</summary>
    public static SyntaxNode ParseAlias(string text, QueryLimits limits)
    {
        var parser = new ExpressionParser(text, limits);
        var node = parser.TryList() ?? parser.Expression(Operators.Lowest);
        parser.ExpectEnd();
        return node;
    }

    /// <summary>An expression, as far as it goes.</summary>
    public SyntaxNode Expression(int strength)
    {
        Enter();
        var left = Unary();
        while (Current.Kind == TokenKind.Name && Operators.Find(Current.Text) is { } found && found.Strength >= strength)
        {
            var token = Take();
            RequireSpaces(token);
            left = found.Kind switch
            {
                OperatorKind.Or or OperatorKind.And => Logic(left, token, found),
                OperatorKind.In => Membership(left, token),
                OperatorKind.Has => throw Unsupported(token, "the operator has (there are no enumerations)", "toán tử has (không có kiểu liệt kê)"),
                _ => Node(new SyntaxNode.Binary(token.Position, found.Kind, left, Expression(found.Strength + 1)) { Depth = left.Depth }),
            };
        }

        Leave();
        return left;
    }

    private SyntaxNode Logic(SyntaxNode left, Token token, Operator found)
    {
        // A chain of one operator is one flat node, so that long lists of alternatives stay shallow.
        var operands = new List<SyntaxNode> { left, Expression(found.Strength + 1) };
        while (Current.Kind == TokenKind.Name && Operators.Find(Current.Text) is { } next && next.Kind == found.Kind)
        {
            RequireSpaces(Take());
            operands.Add(Expression(found.Strength + 1));
        }

        return Node(new SyntaxNode.Logic(token.Position, found.Kind == OperatorKind.And, operands) { Depth = operands.Max(o => o.Depth) });
    }

    private SyntaxNode Membership(SyntaxNode left, Token token)
    {
        var right = Current.Kind == TokenKind.Alias ? Primary() : TryList();
        if (right is null && Current.Kind is TokenKind.Name or TokenKind.Open)
        {
            var collection = Current;
            if (Try(TokenKind.Open))
            {
                Expression(Operators.Lowest);
            }
            else
            {
                Primary();
            }

            if (collection.Kind == TokenKind.Name || Current.Kind == TokenKind.Close)
            {
                throw Unsupported(collection, "anything but a list of literals after in", "vế phải của in khác danh sách giá trị");
            }
        }

        return right is null
            ? throw QueryErrors.At(
                QueryErrors.Malformed,
                Current.Position,
                "After in stands a list of literals in parentheses.",
                "Sau in là danh sách giá trị trong ngoặc.",
                "in ('a','b')")
            : Node(new SyntaxNode.Binary(token.Position, OperatorKind.In, left, right) { Depth = left.Depth });
    }

    private SyntaxNode.List? TryList()
    {
        var open = Current;
        var close = open.Kind switch
        {
            TokenKind.Open => TokenKind.Close,
            TokenKind.OpenBracket => TokenKind.CloseBracket,
            _ => TokenKind.End,
        };
        var start = _at;
        if (close == TokenKind.End)
        {
            return null;
        }

        Take();
        var items = new List<SyntaxNode>();
        if (!Try(close))
        {
            do
            {
                if (TryLiteral(json: open.Kind == TokenKind.OpenBracket) is not { } item)
                {
                    if (items.Count == 0 && open.Kind == TokenKind.Open)
                    {
                        _at = start;
                        return null;
                    }

                    throw open.Kind == TokenKind.OpenBracket && Current.Kind is TokenKind.Name or TokenKind.OpenBracket or TokenKind.OpenBrace
                        ? Unsupported(Current, "lists of anything but literals", "danh sách có phần tử không phải giá trị")
                        : Unexpected(Current, "a literal", "giá trị");
                }

                items.Add(item);
                if (items.Count > _limits.ListMax)
                {
                    throw Complex(item.Position, nameof(QueryLimits.ListMax), _limits.ListMax);
                }
            }
            while (Try(TokenKind.Comma));
            if (!Try(close))
            {
                if (items.Count == 1 && open.Kind == TokenKind.Open)
                {
                    _at = start;
                    return null;
                }

                throw Unexpected(Current, close == TokenKind.Close ? "a comma or )" : "a comma or ]", close == TokenKind.Close ? "dấu phẩy hoặc )" : "dấu phẩy hoặc ]");
            }
        }

        return new SyntaxNode.List(open.Position, items);
    }

    private SyntaxNode Unary()
    {
        var token = Current;
        if (IsWord(token, "not") && _tokens[_at + 1].Kind is not TokenKind.End)
        {
            Take();
            if (!Current.SpaceBefore && Current.Kind != TokenKind.Open)
            {
                throw Unexpected(Current, "a space after not", "khoảng trắng sau not");
            }

            Enter();
            var operand = Unary();
            Leave();
            return Node(new SyntaxNode.Not(token.Position, operand) { Depth = operand.Depth });
        }

        if (token.Kind == TokenKind.Minus)
        {
            if (TryLiteral(json: false) is { } literal)
            {
                return literal;
            }

            Take();
            Enter();
            var operand = Unary();
            Leave();
            return Node(new SyntaxNode.Negate(token.Position, operand) { Depth = operand.Depth });
        }

        return Primary();
    }

    private SyntaxNode Primary()
    {
        if (TryLiteral(json: false) is { } literal)
        {
            return literal;
        }

        var token = Take();
        switch (token.Kind)
        {
            case TokenKind.Open:
                var inner = Expression(Operators.Lowest);
                Expect(TokenKind.Close, ")");
                RefusePath(token);
                return inner;
            case TokenKind.Alias when Current.Kind != TokenKind.Slash:
                return Node(new SyntaxNode.Alias(token.Position, token.Text));
            case TokenKind.Name:
                return NameOrCall(token);
            case TokenKind.Alias:
                throw Unsupported(token, "annotations in expressions", "chú giải trong biểu thức");
            case TokenKind.OpenBracket or TokenKind.OpenBrace:
                throw Unsupported(token, "list and object literals outside in", "danh sách và đối tượng ngoài toán tử in");
            case TokenKind.JsonText:
                throw QueryErrors.At(
                    QueryErrors.Malformed,
                    token.Position,
                    "Text stands between single quotes.",
                    "Chuỗi đặt trong dấu nháy đơn.",
                    "'" + token.Text.Replace("'", "''", StringComparison.Ordinal) + "'");
            default:
                throw Unexpected(token, "a value, a column or a function", "giá trị, cột hoặc hàm");
        }
    }

    /// <summary>Takes a literal if one stands here; text in double quotes is one in <paramref name="json"/> only.</summary>
    public SyntaxNode.Literal? TryLiteral(bool json)
    {
        var start = _at;
        var first = Current;
        var negative = Try(TokenKind.Minus);
        var token = Current;
        var adjacent = !negative || !token.SpaceBefore;
        BoundExpression.Constant? value = null;
        if (token.Kind is TokenKind.Number or TokenKind.Date or TokenKind.DateTimeOffset && adjacent)
        {
            value = Literals.Of(token, negative);
        }
        else if (!negative && token.Kind is TokenKind.Text or TokenKind.TimeOfDay or TokenKind.Guid or TokenKind.Prefixed)
        {
            value = Literals.Of(token, negative: false);
        }
        else if (!negative && json && token.Kind == TokenKind.JsonText)
        {
            value = Literals.Of(token, negative: false);
        }
        else if (token.Kind == TokenKind.Name && _tokens[_at + 1].Kind is not (TokenKind.Open or TokenKind.Slash))
        {
            value = Literals.OfWord(token.Text);
            if (negative && value is { Value: double.PositiveInfinity } && adjacent)
            {
                value = value with { Value = double.NegativeInfinity };
            }
            else if (negative)
            {
                value = null;
            }
        }

        if (value is null)
        {
            _at = start;
            return null;
        }

        Take();
        return (SyntaxNode.Literal)Node(new SyntaxNode.Literal(first.Position, value));
    }

    private SyntaxNode Node(SyntaxNode node)
    {
        if (++_nodes > _limits.NodesMax)
        {
            throw Complex(node.Position, nameof(QueryLimits.NodesMax), _limits.NodesMax);
        }

        // Chained arithmetic nests to the left without nesting calls: the tree's own depth is bounded, too.
        var right = node is SyntaxNode.Binary binary ? binary.Right.Depth : 0;
        var depth = Math.Max(node.Depth, right) + 1;
        return depth > _limits.DepthMax + 1
            ? throw Complex(node.Position, nameof(QueryLimits.DepthMax), _limits.DepthMax)
            : node is SyntaxNode.Literal or SyntaxNode.Name or SyntaxNode.Alias ? node : node with { Depth = depth };
    }

    private void Enter()
    {
        // Two entries for each level that is written: an operand and the expression around it.
        if (++_depth > _limits.DepthMax * 2)
        {
            throw Complex(Current.Position, nameof(QueryLimits.DepthMax), _limits.DepthMax);
        }
    }

    private void Leave() => _depth--;
}
