using static OpenData.Warehouse.Query.Expressions.SyntaxErrors;

namespace OpenData.Warehouse.Query.Expressions;

/// <content>The texts of <c>$orderby</c>, <c>$compute</c> and <c>$select</c>, which expressions are a part of.</content>
internal sealed partial class ExpressionParser
{
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
}
