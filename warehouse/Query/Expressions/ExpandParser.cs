using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>Text of <c>$expand</c> → items with their options' texts, which other parsers read. Knows no relations.</summary>
internal sealed class ExpandParser
{
    private readonly string _text;
    private int _at;

    private ExpandParser(string text) => _text = text;

    /// <summary>The items, at least one.</summary>
    /// <exception cref="OpenDataException"><c>OD1201</c>, <c>OD1205</c>, <c>OD1209</c> with the position.</exception>
    public static IReadOnlyList<ExpandItem> Parse(string text, QueryLimits limits)
    {
        if (text.Length > limits.TextCharsMax)
        {
            throw SyntaxErrors.Complex(0, nameof(QueryLimits.TextCharsMax), limits.TextCharsMax);
        }

        var parser = new ExpandParser(text);
        var items = new List<ExpandItem>();
        do
        {
            items.Add(parser.Item());
            if (items.Count > limits.ExpandedMax)
            {
                throw SyntaxErrors.Complex(items[^1].Position, nameof(QueryLimits.ExpandedMax), limits.ExpandedMax);
            }
        }
        while (parser.Try(','));
        return parser._at == text.Length ? items : throw parser.Unexpected("a comma or the end", "dấu phẩy hoặc kết thúc");
    }

    private ExpandItem Item()
    {
        SkipSpace();
        var start = _at;
        var name = Try('*') ? "*" : Word();
        if (name.Length == 0)
        {
            throw Unexpected("the name of a relation", "tên quan hệ");
        }

        var part = ExpandedPart.Rows;
        if (Try('/'))
        {
            part = (Try('*') ? "*" : Word()).ToLowerInvariant() switch
            {
                "$count" when name != "*" => ExpandedPart.Count,
                "$ref" => ExpandedPart.References,
                "" => throw Unexpected("$count or $ref", "$count hoặc $ref"),
                _ => throw QueryErrors.At(
                    QueryErrors.NotSupported, start, "This service does not support this path in $expand.", "Dịch vụ chưa hỗ trợ đường dẫn này trong $expand."),
            };
        }

        var options = _at < _text.Length && _text[_at] == '(' ? Options() : [];
        if (options.Find(o => !Fits(part, o.Name)) is { } odd)
        {
            throw QueryErrors.At(
                QueryErrors.UnknownOption,
                odd.Position,
                part == ExpandedPart.Count ? "Behind $count stand $filter and $search only." : "Behind $ref stand options of rows only, not of their columns.",
                part == ExpandedPart.Count ? "Sau $count chỉ có $filter và $search." : "Sau $ref chỉ có tham số của dòng, không có tham số của cột.");
        }

        var item = new ExpandItem(name, start, part, options);
        SkipSpace();
        return item;
    }

    private static bool Fits(ExpandedPart part, string option) => part switch
    {
        ExpandedPart.Count => option is "filter" or "search",
        ExpandedPart.References => option is "filter" or "search" or "orderby" or "top" or "skip" or "count",
        _ => true,
    };

    private List<NestedOption> Options()
    {
        var options = new List<NestedOption>();
        do
        {
            // Behind the parenthesis or a semicolon.
            _at++;
            SkipSpace();
            var start = _at;
            var name = Word();
            if (name.Length == 0 || !Try('='))
            {
                throw name.Length == 0 ? Unexpected("an option", "một tham số") : Unexpected("=", "=");
            }

            var value = _at;
            SkipValue();
            options.Add(new NestedOption(name.TrimStart('$').ToLowerInvariant(), start, _text[value.._at].Trim(), value));
        }
        while (_at < _text.Length && _text[_at] == ';');
        return Try(')') ? options : throw Unexpected(")", ")");
    }

    // To the semicolon or parenthesis that ends it, over whatever is quoted or in parentheses of its own.
    private void SkipValue()
    {
        var depth = 0;
        for (; _at < _text.Length; _at++)
        {
            switch (_text[_at])
            {
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ')' or ']' or '}' when depth > 0:
                    depth--;
                    break;
                case ';' when depth == 0:
                case ')' or ']' or '}':
                    return;
                case '\'' or '"':
                    var end = _text.IndexOf(_text[_at], _at + 1);
                    _at = end < 0 ? throw Unclosed() : end;
                    break;
                default:
                    break;
            }
        }
    }

    private string Word()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '$' or '@' or '.'))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private bool Try(char sign)
    {
        if (_at < _text.Length && _text[_at] == sign)
        {
            _at++;
            return true;
        }

        return false;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '+')
        {
            _at++;
        }
    }

    private OpenDataException Unclosed() => QueryErrors.At(
        QueryErrors.Malformed, _at, "A quote is not closed.", "Dấu nháy chưa được đóng.");

    private OpenDataException Unexpected(string en, string vi) => _at == _text.Length
        ? QueryErrors.At(QueryErrors.Malformed, _at, $"The text ends where {en} is expected.", $"Văn bản kết thúc khi còn thiếu {vi}.")
        : QueryErrors.At(QueryErrors.Malformed, _at, $"Expected {en}, found {_text[_at]}.", $"Cần {vi}, nhưng gặp {_text[_at]}.");
}
