using static OpenData.Warehouse.Query.Expressions.SyntaxErrors;

namespace OpenData.Warehouse.Query.Expressions;

/// <content>Names, the paths behind them, and what looks like a call.</content>
internal sealed partial class ExpressionParser
{
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
}
