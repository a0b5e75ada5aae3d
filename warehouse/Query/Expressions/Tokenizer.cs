using System.Text;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>Cuts the text of an option (percent-decoded) into tokens with positions. Bounded by the text's own bound.</summary>
internal static class Tokenizer
{
    /// <summary>A code point that no text holds.</summary>
    public const char NoCharacter = '\ufffe';

    private const int GuidLength = 36;

    /// <summary>All tokens, the last one <see cref="TokenKind.End"/>.</summary>
    /// <exception cref="OpenDataException"><c>OD1201</c> at the first character that fits nothing; <c>OD1209</c> for a text too long.</exception>
    public static IReadOnlyList<Token> Tokens(string text, QueryLimits limits)
    {
        if (text.Length > limits.TextCharsMax)
        {
            throw QueryErrors.Of(
                QueryErrors.TooComplex,
                $"The text has {text.Length} characters; {nameof(QueryLimits.TextCharsMax)} is {limits.TextCharsMax}.",
                $"Biểu thức dài {text.Length} ký tự; giới hạn {nameof(QueryLimits.TextCharsMax)} là {limits.TextCharsMax}.");
        }

        var tokens = new List<Token>();
        var at = 0;
        while (true)
        {
            var start = at;
            while (at < text.Length && IsSpace(text, at))
            {
                at++;
            }

            if (at == text.Length)
            {
                tokens.Add(new Token(TokenKind.End, at, "", "", at > start));
                return tokens;
            }

            tokens.Add(Next(text, ref at, at > start));
        }
    }

    // A form-encoding client sends spaces as '+'. Between tokens a plus can only be that, or the sign of a number.
    private static bool IsSpace(string text, int at)
        => text[at] is ' ' or '\t' || (text[at] == '+' && !BeginsNumber(text, at + 1));

    // Dates, times and identifiers begin with digits, too, and have no sign.
    private static bool BeginsNumber(string text, int at)
        => at < text.Length && char.IsAsciiDigit(text[at]) && !Matches(text, at, "0000-00-00") && !Matches(text, at, "00:00") && !IsGuid(text, at);

    private static Token Next(string text, ref int at, bool space)
    {
        var start = at;
        var c = text[at];
        if (Punctuation(c) is { } kind)
        {
            at++;
            return new Token(kind, start, c.ToString(), "", space);
        }

        if (c == '\'')
        {
            return new Token(TokenKind.Text, start, Quoted(text, ref at), "", space);
        }

        if (c == '"')
        {
            return new Token(TokenKind.JsonText, start, JsonQuoted(text, ref at), "", space);
        }

        if (IsGuid(text, at))
        {
            at += GuidLength;
            return new Token(TokenKind.Guid, start, text.Substring(start, GuidLength), "", space);
        }

        if (char.IsAsciiDigit(c) || c == '+')
        {
            return NumberOrTime(text, ref at, space);
        }

        if (char.IsLetter(c) || c is '_' or '$' or '@')
        {
            return NameOrPrefixed(text, ref at, space);
        }

        throw Bad(start, $"Character U+{(int)c:X4} is not expected here.", $"Ký tự U+{(int)c:X4} không hợp lệ ở đây.");
    }

    private static TokenKind? Punctuation(char c) => c switch
    {
        '(' => TokenKind.Open,
        ')' => TokenKind.Close,
        '[' => TokenKind.OpenBracket,
        ']' => TokenKind.CloseBracket,
        '{' => TokenKind.OpenBrace,
        '}' => TokenKind.CloseBrace,
        ',' => TokenKind.Comma,
        ':' => TokenKind.Colon,
        ';' => TokenKind.Semicolon,
        '/' => TokenKind.Slash,
        '-' => TokenKind.Minus,
        '*' => TokenKind.Star,
        '=' => TokenKind.Equals,
        _ => null,
    };

    private static Token NameOrPrefixed(string text, ref int at, bool space)
    {
        var start = at;
        at++;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' || IsInnerDot(text, at) || IsMark(text[at]) || (text[at] == '#' && text[start] == '@')))
        {
            at++;
        }

        // Model.* is all operations of a schema.
        at += text[at - 1] == '.' ? 1 : 0;
        var name = text[start..at];
        if (name[0] == '@')
        {
            return name.Length > 1
                ? new Token(TokenKind.Alias, start, name, "", space)
                : throw Bad(start, "A parameter alias needs a name after @.", "Bí danh tham số cần tên sau dấu @.");
        }

        if (at < text.Length && text[at] == '\'' && name[0] != '$' && !IsOperator(name))
        {
            return new Token(TokenKind.Prefixed, start, Quoted(text, ref at), name, space);
        }

        return new Token(TokenKind.Name, start, name, "", space);
    }

    // eq'x' is an operator without its space, not a literal of the type eq.
    private static bool IsOperator(string name) => Operators.Find(name) is not null || name.Equals("not", StringComparison.OrdinalIgnoreCase);

    private static bool IsInnerDot(string text, int at)
        => text[at] == '.' && at + 1 < text.Length && (char.IsLetter(text[at + 1]) || text[at + 1] is '_' or '*');

    private static bool IsMark(char c)
        => char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark
            or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    private static string Quoted(string text, ref int at)
    {
        var start = at;
        var value = new StringBuilder();
        at++;
        while (at < text.Length)
        {
            if (text[at] != '\'')
            {
                value.Append(text[at++]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '\'')
            {
                value.Append('\'');
                at += 2;
            }
            else
            {
                at++;
                return at < text.Length && char.IsLetterOrDigit(text[at])
                    ? throw Bad(
                        at,
                        "The text has ended just before this; a quote inside a text is written twice.",
                        "Chuỗi đã kết thúc ngay trước chỗ này; dấu nháy trong chuỗi phải viết hai lần.",
                        $"'{value.ToString().Replace("'", "''", StringComparison.Ordinal)}''{text[at]}…")
                    : CheckText(value.ToString(), start);
            }
        }

        throw Bad(start, "The text that begins here has no closing quote.", "Chuỗi bắt đầu ở đây thiếu dấu nháy đóng.", "Write a quote inside a text twice: 'O''Neil'.");
    }

    private static string JsonQuoted(string text, ref int at)
    {
        var start = at;
        at++;
        while (at < text.Length && text[at] != '"')
        {
            at += text[at] == '\\' ? 2 : 1;
        }

        if (at >= text.Length)
        {
            throw Bad(start, "The text that begins here has no closing quote.", "Chuỗi bắt đầu ở đây thiếu dấu nháy đóng.");
        }

        at++;
        CheckText(text[start..at], start);
        try
        {
            return CheckText(System.Text.Json.JsonSerializer.Deserialize<string>(text.AsSpan(start, at - start)) ?? "", start);
        }
        catch (System.Text.Json.JsonException)
        {
            throw Bad(start, "The JSON text that begins here is not valid.", "Chuỗi JSON bắt đầu ở đây không hợp lệ.");
        }
    }

    private static string CheckText(string value, int start)
    {
        for (var i = 0; i < value.Length; i++)
        {
            var lone = char.IsHighSurrogate(value[i])
                ? i + 1 == value.Length || !char.IsLowSurrogate(value[++i])
                : char.IsLowSurrogate(value[i]);
            // Of U+FFFE, which is no character, no normal form can be made.
            if (lone || value[i] is '\0' or NoCharacter)
            {
                throw Bad(start, "The text that begins here holds half a character, NUL or U+FFFE.", "Chuỗi bắt đầu ở đây chứa ký tự hỏng, ký tự NUL hoặc U+FFFE.");
            }
        }

        return value.Normalize(NormalizationForm.FormC);
    }

    private static bool IsGuid(string text, int at)
    {
        if (text.Length - at < GuidLength || (text.Length - at > GuidLength && IsWord(text[at + GuidLength])))
        {
            return false;
        }

        for (var i = 0; i < GuidLength; i++)
        {
            var dash = i is 8 or 13 or 18 or 23;
            if (dash ? text[at + i] != '-' : !char.IsAsciiHexDigit(text[at + i]))
            {
                return false;
            }
        }

        return true;
    }

    private static Token NumberOrTime(string text, ref int at, bool space)
    {
        var start = at;
        var signed = text[at] == '+';
        at += signed ? 1 : 0;
        Digits(text, ref at);
        var digits = at - start;
        var kind = TokenKind.Number;
        if (!signed && digits >= 4 && Matches(text, at, "-00-00"))
        {
            at += 6;
            kind = TokenKind.Date;
            if (at < text.Length && text[at] is 'T' or 't')
            {
                at++;
                kind = TokenKind.DateTimeOffset;
                Time(text, ref at);
                Offset(text, ref at);
            }
        }
        else if (!signed && digits == 2 && Matches(text, at, ":00"))
        {
            at = start;
            kind = TokenKind.TimeOfDay;
            Time(text, ref at);
        }
        else
        {
            Fraction(text, ref at);
            Exponent(text, ref at);
        }

        return at < text.Length && IsWord(text[at])
            ? throw Bad(at, "No number or date goes on like this.", "Số hoặc ngày không viết tiếp như thế này.")
            : new Token(kind, start, text[start..at], "", space);
    }

    private static void Fraction(string text, ref int at)
    {
        if (at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]))
        {
            at++;
            Digits(text, ref at);
        }
    }

    private static void Exponent(string text, ref int at)
    {
        if (at >= text.Length || text[at] is not ('e' or 'E'))
        {
            return;
        }

        var next = at + 1;
        next += next < text.Length && text[next] is '+' or '-' ? 1 : 0;
        if (next < text.Length && char.IsAsciiDigit(text[next]))
        {
            at = next;
            Digits(text, ref at);
        }
    }

    private static void Time(string text, ref int at)
    {
        if (!Matches(text, at, "00:00"))
        {
            throw Bad(at + Matching(text, at, "00:00"), "A time is written hh:mm or hh:mm:ss.", "Giờ viết theo dạng hh:mm hoặc hh:mm:ss.");
        }

        at += 5;
        if (Matches(text, at, ":00"))
        {
            at += 3;
            Fraction(text, ref at);
        }
    }

    private static void Offset(string text, ref int at)
    {
        if (at < text.Length && text[at] is 'Z' or 'z')
        {
            at++;
        }
        else if (Matches(text, at, "+00:00") || Matches(text, at, "-00:00"))
        {
            at += 6;
        }
        else if (Matches(text, at, " 00:00"))
        {
            // An unescaped plus that a form decoder turned into a space.
            at += 6;
        }
        else
        {
            var sign = at < text.Length && text[at] is '+' or '-' or ' ' ? 1 : 0;
            throw Bad(at + (sign == 0 ? 0 : sign + Matching(text, at + sign, "00:00")), "A timestamp ends in Z or an offset such as +07:00.", "Mốc thời gian phải kết thúc bằng Z hoặc độ lệch như +07:00.");
        }
    }

    private static bool Matches(string text, int at, string shape) => Matching(text, at, shape) == shape.Length;

    /// <summary>Characters from there on that follow the shape, in which 0 stands for a digit.</summary>
    private static int Matching(string text, int at, string shape)
    {
        var i = 0;
        while (i < shape.Length && at + i < text.Length && (shape[i] == '0' ? char.IsAsciiDigit(text[at + i]) : text[at + i] == shape[i]))
        {
            i++;
        }

        return i;
    }

    private static void Digits(string text, ref int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static OpenDataException Bad(int position, string en, string vi, string? suggestion = null)
        => QueryErrors.At(QueryErrors.Malformed, position, en, vi, suggestion);
}
