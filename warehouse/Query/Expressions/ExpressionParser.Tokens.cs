using static OpenData.Warehouse.Query.Expressions.SyntaxErrors;

namespace OpenData.Warehouse.Query.Expressions;

/// <content>Taking tokens one by one.</content>
internal sealed partial class ExpressionParser
{
    /// <summary>The token that comes next.</summary>
    public Token Current => _tokens[_at];

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
}
