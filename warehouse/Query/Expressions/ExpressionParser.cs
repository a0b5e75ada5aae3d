using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>
/// Tokens → syntax tree, by binding strength. Bounded: nesting by <see cref="QueryLimits.DepthMax"/> (which also bounds the stack),
/// size by <see cref="QueryLimits.NodesMax"/>. Knows no columns.
/// </summary>
internal sealed class ExpressionParser
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

    /// <summary>The token that comes next.</summary>
    public Token Current => _tokens[_at];

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

    /// <summary>The terms of an <c>$orderby</c>.</summary>
    public static IReadOnlyList<(SyntaxNode Node, bool Descending)> ParseOrder(string text, QueryLimits limits)
    {
        var parser = new ExpressionParser(text, limits);
        var terms = parser.OrderItems();
        parser.ExpectEnd();
        return terms;
    }

    /// <summary>The items of a <c>$compute</c>: expressions with the names that they get.</summary>
    public static IReadOnlyList<(SyntaxNode Node, string Name, int Position)> ParseCompute(string text, QueryLimits limits)
    {
        var parser = new ExpressionParser(text, limits);
        var items = parser.ComputeItems();
        parser.ExpectEnd();
        return items;
    }

    /// <summary>The items of a <c>$select</c>: names, or <c>*</c>; a name perhaps with options.</summary>
    public static IReadOnlyList<SelectItem> ParseSelect(string text, QueryLimits limits)
    {
        var parser = new ExpressionParser(text, limits);
        var items = new List<SelectItem>();
        do
        {
            var token = parser.Take();
            if (token.Kind is not (TokenKind.Name or TokenKind.Star))
            {
                throw token.Kind == TokenKind.Alias
                    ? Unsupported(token, "annotations in $select", "chú giải trong $select")
                    : Unexpected(token, "a column name", "tên cột");
            }

            if (parser.Current.Kind == TokenKind.Slash || token.Text.Contains('.', StringComparison.Ordinal))
            {
                throw Unsupported(token, "paths in $select", "đường dẫn trong $select");
            }

            items.Add(new SelectItem(token.Text, token.Position, token.Kind == TokenKind.Name && parser.Try(TokenKind.Open) ? parser.NestedOptions() : []));
        }
        while (parser.Try(TokenKind.Comma));
        parser.ExpectEnd();
        return items;
    }

    // Behind the parenthesis that opens.
    private List<NestedOption> NestedOptions()
    {
        var options = new List<NestedOption>();
        do
        {
            var name = Take();
            if (name.Kind != TokenKind.Name)
            {
                throw name.Kind == TokenKind.Alias
                    ? Unsupported(name, "aliases inside $select", "bí danh bên trong $select")
                    : Unexpected(name, "an option", "một tham số");
            }

            if (name.Text[0] != '$' && Current.Kind is TokenKind.Comma or TokenKind.Close)
            {
                throw Unsupported(name, "functions in $select", "hàm trong $select");
            }

            Expect(TokenKind.Equals, "=");
            var (start, end) = SkipToClose();
            options.Add(new NestedOption(name.Text.TrimStart('$').ToLowerInvariant(), name.Position, _text[start..end].TrimEnd(), start));
        }
        while (Try(TokenKind.Semicolon));
        Expect(TokenKind.Close, ")");
        return options;
    }

    /// <summary>Terms of an order, as far as they go.</summary>
    public IReadOnlyList<(SyntaxNode Node, bool Descending)> OrderItems()
    {
        var terms = new List<(SyntaxNode, bool)>();
        do
        {
            var node = Expression(Operators.Lowest);
            var descending = TryWord("desc");
            if (!descending)
            {
                TryWord("asc");
            }

            terms.Add((node, descending));
            if (terms.Count > _limits.OrderTermsMax)
            {
                throw Complex(node.Position, nameof(QueryLimits.OrderTermsMax), _limits.OrderTermsMax);
            }
        }
        while (Try(TokenKind.Comma));
        return terms;
    }

    /// <summary>Passes over everything up to the semicolon or the parenthesis that closes the one before; the place in the text of what was passed over.</summary>
    public (int Start, int End) SkipToClose()
    {
        var start = Current.Position;
        for (var depth = 0; Current.Kind != TokenKind.End && (depth > 0 || Current.Kind is not (TokenKind.Close or TokenKind.Semicolon)); _at++)
        {
            depth += Current.Kind switch
            {
                TokenKind.Open => 1,
                TokenKind.Close => -1,
                _ => 0,
            };
        }

        return (start, Current.Position);
    }

    /// <summary>Expressions with the names that they get, as far as they go.</summary>
    public IReadOnlyList<(SyntaxNode Node, string Name, int Position)> ComputeItems()
    {
        var items = new List<(SyntaxNode, string, int)>();
        do
        {
            var node = Expression(Operators.Lowest);
            var name = NewName();
            items.Add((node, name.Text, name.Position));
            if (items.Count > _limits.ComputedMax)
            {
                throw Complex(node.Position, nameof(QueryLimits.ComputedMax), _limits.ComputedMax);
            }
        }
        while (Try(TokenKind.Comma));
        return items;
    }

    /// <summary><c>as</c> and a name.</summary>
    public Token NewName()
    {
        if (!TryWord("as"))
        {
            throw Unexpected(Current, "as and a name", "as và một tên");
        }

        var name = Take();
        return name.Kind == TokenKind.Name ? name : throw Unexpected(name, "a name", "một tên");
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

    private SyntaxNode NameOrCall(Token token)
    {
        if (token.Text[0] == '$')
        {
            return token.Text == This || (token.Text == ItSelf && Current.Kind == TokenKind.Slash)
                ? Path(new SyntaxNode.Name(token.Position, token.Text), token)
                : throw Unsupported(token, $"{token.Text} in expressions", $"{token.Text} trong biểu thức");
        }

        if (Current.Kind == TokenKind.Open && !Current.SpaceBefore)
        {
            Take();
            Enter();
            var call = token.Text.ToUpperInvariant() switch
            {
                "CASE" => Case(token),
                "CAST" => Cast(token),
                _ => Call(token),
            };
            Leave();
            RefusePath(token);
            return call;
        }

        if (token.Text.Contains('.', StringComparison.Ordinal))
        {
            RefusePath(token);
            throw Unexpected(Current, "( after a qualified name", "( sau tên có dấu chấm");
        }

        return Path(new SyntaxNode.Name(token.Position, token.Text), token);
    }

    // Relations and what they lead to; behind the last name may stand what counts or looks into a list or a relation to many.
    private SyntaxNode Path(SyntaxNode.Name name, Token token)
    {
        while (Current.Kind == TokenKind.Slash)
        {
            var next = _tokens[_at + 1];
            var isCall = next.Kind == TokenKind.Name && _tokens[Math.Min(_at + 2, _tokens.Count - 1)] is { Kind: TokenKind.Open, SpaceBefore: false };
            if (isCall && (IsWord(next, "any") || IsWord(next, "all")))
            {
                return Lambda(name, next, token);
            }

            if (next is { Kind: TokenKind.Name, Text: "$count" })
            {
                _at += 2;
                var count = Counted(new SyntaxNode.ListCount(token.Position, name));
                RefusePath(token);
                return Node(count);
            }

            if (next.Kind != TokenKind.Name || isCall || next.Text[0] == '$' || next.Text.Contains('.', StringComparison.Ordinal))
            {
                RefusePath(token);
            }

            Node(name);
            _at += 2;
            name = new SyntaxNode.Name(next.Position, next.Text) { Of = name };
        }

        return Node(name);
    }

    // $count may say in parentheses what is counted.
    private SyntaxNode.ListCount Counted(SyntaxNode.ListCount count)
    {
        if (Current.SpaceBefore || !Try(TokenKind.Open))
        {
            return count;
        }

        Enter();
        do
        {
            var option = Take();
            var isFilter = IsWord(option, "$filter") || IsWord(option, "filter");
            if (!isFilter && !IsWord(option, "$search") && !IsWord(option, "search"))
            {
                throw Unexpected(option, "$filter or $search", "$filter hoặc $search");
            }

            Expect(TokenKind.Equals, "=");
            if (isFilter ? count.Filter is not null : count.Search is not null)
            {
                throw QueryErrors.At(QueryErrors.DuplicateOption, option.Position, $"{option.Text} stands twice.", $"{option.Text} xuất hiện hai lần.");
            }

            if (isFilter)
            {
                count = count with { Filter = Expression(Operators.Lowest) };
                count = count with { Depth = count.Filter!.Depth };
            }
            else
            {
                var (start, end) = SkipToClose();
                count = count with { Search = (_text[start..end], start) };
            }
        }
        while (Try(TokenKind.Semicolon));
        Expect(TokenKind.Close, ")");
        Leave();
        return count;
    }

    private SyntaxNode Lambda(SyntaxNode.Name list, Token word, Token token)
    {
        _at += 3;
        Enter();
        var isAll = IsWord(word, "all");
        string? variable = null;
        SyntaxNode? condition = null;
        if (isAll || Current.Kind != TokenKind.Close)
        {
            var named = Take();
            variable = named.Kind == TokenKind.Name && named.Text[0] != '$' && !named.Text.Contains('.', StringComparison.Ordinal)
                ? named.Text
                : throw Unexpected(named, "a variable", "tên biến", $"{token.Text}/{word.Text}(x:x eq …)");
            Expect(TokenKind.Colon, ":");
            condition = Expression(Operators.Lowest);
        }

        Expect(TokenKind.Close, ")");
        Leave();
        RefusePath(token);
        return Node(new SyntaxNode.Lambda(token.Position, list, isAll, variable, condition) { Depth = condition?.Depth ?? 1 });
    }

    private SyntaxNode Call(Token name)
    {
        RefuseSpecialForms(name);
        var arguments = new List<SyntaxNode>();
        if (!Try(TokenKind.Close))
        {
            do
            {
                arguments.Add(Expression(Operators.Lowest));
                if (Current.Kind == TokenKind.Equals)
                {
                    throw Unsupported(name, "functions with named parameters", "hàm với tham số có tên");
                }
            }
            while (Try(TokenKind.Comma));
            Expect(TokenKind.Close, ")");
        }

        return Node(new SyntaxNode.Call(name.Position, name.Text, arguments) { Depth = arguments.Select(a => a.Depth).DefaultIfEmpty(0).Max() });
    }

    private SyntaxNode Case(Token name)
    {
        var branches = new List<(SyntaxNode When, SyntaxNode Then)>();
        do
        {
            var when = Expression(Operators.Lowest);
            Expect(TokenKind.Colon, ":");
            branches.Add((when, Expression(Operators.Lowest)));
        }
        while (Try(TokenKind.Comma));
        Expect(TokenKind.Close, ")");
        return Node(new SyntaxNode.Case(name.Position, branches) { Depth = branches.Max(b => Math.Max(b.When.Depth, b.Then.Depth)) });
    }

    private SyntaxNode Cast(Token name)
    {
        if (Current.Kind == TokenKind.Name && _tokens[_at + 1].Kind == TokenKind.Close)
        {
            throw Unsupported(name, "a cast of the row itself", "ép kiểu cả dòng");
        }

        var value = Expression(Operators.Lowest);
        Expect(TokenKind.Comma, ",");
        var type = Take();
        if (type.Kind != TokenKind.Name)
        {
            throw Unexpected(type, "the name of a type", "tên kiểu", "Edm.Int64");
        }

        Expect(TokenKind.Close, ")");
        return Node(new SyntaxNode.Cast(name.Position, value, type.Text) { Depth = value.Depth });
    }

    private static void RefuseSpecialForms(Token name)
    {
        if (name.Text.Equals("isof", StringComparison.OrdinalIgnoreCase))
        {
            throw Unsupported(name, $"the function {name.Text}", $"hàm {name.Text}");
        }

        if (name.Text.Equals("any", StringComparison.OrdinalIgnoreCase) || name.Text.Equals("all", StringComparison.OrdinalIgnoreCase))
        {
            throw QueryErrors.At(
                QueryErrors.Malformed,
                name.Position,
                $"{name.Text} stands after a collection and a slash.",
                $"{name.Text} phải đứng sau một tập hợp và dấu gạch chéo.");
        }
    }

    private void RefusePath(Token token)
    {
        if (Current.Kind == TokenKind.Slash)
        {
            throw Unsupported(token, "this path in expressions", "đường dẫn này trong biểu thức");
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

    /// <summary>Takes the next token; the end is never taken.</summary>
    public Token Take() => Current.Kind == TokenKind.End ? Current : _tokens[_at++];

    /// <summary>Takes the next token if it is of that kind.</summary>
    public bool Try(TokenKind kind)
    {
        if (Current.Kind != kind || kind == TokenKind.End)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>Takes the next token if it is that word, in any case.</summary>
    public bool TryWord(string word)
    {
        if (!IsWord(Current, word))
        {
            return false;
        }

        _at++;
        return true;
    }

    private static bool IsWord(Token token, string word)
        => token.Kind == TokenKind.Name && token.Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes the next token, which must be of that kind.</summary>
    public void Expect(TokenKind kind, string sign)
    {
        if (!Try(kind))
        {
            throw Unexpected(Current, sign, sign);
        }
    }

    /// <summary>Nothing may follow.</summary>
    public void ExpectEnd()
    {
        if (Current.Kind == TokenKind.End)
        {
            return;
        }

        var suggestion = Current.Kind switch
        {
            TokenKind.Name => Spelling.Nearest(Current.Text, Operators.Names),
            TokenKind.Equals => "eq",
            _ => null,
        };
        throw Unexpected(Current, "an operator or the end", "toán tử hoặc kết thúc", suggestion);
    }

    private void RequireSpaces(Token infix)
    {
        var before = _at >= 2 ? _tokens[_at - 2].Kind : TokenKind.End;
        if (!infix.SpaceBefore && before is not (TokenKind.Close or TokenKind.CloseBracket))
        {
            throw Unexpected(infix, $"a space before {infix.Text}", $"khoảng trắng trước {infix.Text}");
        }

        // A form-encoding client's plus before a number is the space.
        if (!Current.SpaceBefore && Current.Text is not ['+', ..] && Current.Kind is not (TokenKind.Open or TokenKind.OpenBracket or TokenKind.End))
        {
            throw Unexpected(Current, $"a space after {infix.Text}", $"khoảng trắng sau {infix.Text}");
        }
    }

    /// <summary>OD1201.</summary>
    public static OpenDataException Unexpected(Token token, string wantedEn, string wantedVi, string? suggestion = null)
        => token.Kind == TokenKind.End
            ? QueryErrors.At(
                QueryErrors.Malformed,
                token.Position,
                $"The expression ends where {wantedEn} is expected.",
                $"Biểu thức kết thúc khi còn thiếu {wantedVi}.",
                suggestion)
            : QueryErrors.At(
                QueryErrors.Malformed,
                token.Position,
                $"Expected {wantedEn}, found {Shown(token, "a text")}.",
                $"Cần {wantedVi}, nhưng gặp {Shown(token, "một chuỗi")}.",
                suggestion);

    private static string Shown(Token token, string text) => token.Kind switch
    {
        TokenKind.Text or TokenKind.JsonText => text,
        TokenKind.Prefixed => token.Prefix + "'…'",
        _ => token.Text.Length > 40 ? token.Text[..40] + "…" : token.Text,
    };

    /// <summary>OD1205.</summary>
    public static OpenDataException Unsupported(Token token, string en, string vi)
        => QueryErrors.At(QueryErrors.NotSupported, token.Position, $"This service does not support {en}.", $"Dịch vụ chưa hỗ trợ {vi}.");

    /// <summary>OD1209.</summary>
    public static OpenDataException Complex(int position, string limit, int most)
        => QueryErrors.At(
            QueryErrors.TooComplex,
            position,
            $"The expression is over {limit} = {most}. Split the request or use a list with in.",
            $"Biểu thức vượt giới hạn {limit} = {most}. Hãy chia nhỏ yêu cầu hoặc dùng danh sách với in.");
}
