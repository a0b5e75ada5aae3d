using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>One value of a key in parentheses, as written.</summary>
/// <param name="Name">Column; null when only the value stands there.</param>
/// <param name="Value">A literal or an alias.</param>
/// <param name="Position">Where the part begins.</param>
internal sealed record KeyPart(string? Name, SyntaxNode Value, int Position)
{
    /// <summary>The parts; none for <c>()</c>.</summary>
    /// <param name="text">What stands between the parentheses.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="bad">The failure for a place where something else stands than a key has.</param>
    public static IReadOnlyList<KeyPart> Parse(string text, QueryLimits limits, Func<int, OpenDataException> bad)
    {
        var parser = new ExpressionParser(text, limits);
        var parts = new List<KeyPart>();
        if (parser.Current.Kind == TokenKind.End)
        {
            return parts;
        }

        do
        {
            var position = parser.Current.Position;
            string? name = null;
            var value = parser.TryLiteral(json: false);
            if (value is null && parser.Current.Kind == TokenKind.Name)
            {
                name = parser.Take().Text;
                value = parser.Try(TokenKind.Equals) ? parser.TryLiteral(json: false) : throw bad(position);
            }

            var token = parser.Current;
            parts.Add(new KeyPart(name, value ?? (SyntaxNode)(parser.Try(TokenKind.Alias) ? new SyntaxNode.Alias(token.Position, token.Text) : throw bad(token.Position)), position));
        }
        while (parser.Try(TokenKind.Comma));
        return parser.Current.Kind == TokenKind.End ? parts : throw bad(parser.Current.Position);
    }
}
