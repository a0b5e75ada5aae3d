using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>
/// The text of a <c>$search</c> → condition: words, phrases in double quotes, AND (or nothing between them), OR, NOT and parentheses. The
/// three words are operators where an operator can stand, and words everywhere else, as OData has it. A text in single quotes is what somebody
/// typed into a box: words, and no sign of it means anything.
/// </summary>
internal sealed class SearchParser
{
    private readonly string _text;
    private readonly QueryLimits _limits;
    private int _at;
    private int _depth;
    private int _nodes;

    private SearchParser(string text, QueryLimits limits)
    {
        _text = text;
        _limits = limits;
    }

    /// <summary>The condition.</summary>
    /// <exception cref="OpenDataException"><c>OD1201</c>, <c>OD1209</c> with the position in the text.</exception>
    public static BoundExpression Parse(string text, QueryLimits limits)
    {
        if (text.Length > limits.TextCharsMax)
        {
            throw Complex(0, nameof(QueryLimits.TextCharsMax), limits.TextCharsMax);
        }

        var parser = new SearchParser(text, limits);
        parser.Spaces();
        var found = text.AsSpan(parser._at).TrimEnd() is ['\'', _, .., '\''] ? parser.Typed() : parser.Any();
        return parser._at == text.Length ? found : throw parser.Unexpected("a word or a phrase", "từ hoặc cụm từ");
    }

    /// <summary>The same condition for another row than the one that is looked at.</summary>
    public static BoundExpression In(Row row, BoundExpression found) => found switch
    {
        BoundExpression.Search search => search with { Of = row },
        BoundExpression.Not not => new BoundExpression.Not(In(row, not.Operand)),
        BoundExpression.Logic logic => logic with { Operands = [.. logic.Operands.Select(o => In(row, o))] },
        _ => throw new InvalidOperationException("A search is made of words, and, or and not."),
    };

    private BoundExpression Any()
    {
        if (++_depth > _limits.DepthMax)
        {
            throw Complex(_at, nameof(QueryLimits.DepthMax), _limits.DepthMax);
        }

        var parts = new List<BoundExpression> { All() };
        while (TryOperator("OR"))
        {
            parts.Add(All());
        }

        _depth--;
        return parts.Count == 1 ? parts[0] : new BoundExpression.Logic(All: false, parts);
    }

    private BoundExpression Typed()
    {
        var start = _at + 1;
        var text = _text[start..].TrimEnd()[..^1].Replace("''", "'", StringComparison.Ordinal);
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => (BoundExpression)Sought([Folding.Fold(w)], isPhrase: false, start)).ToList();
        if (words.Count > _limits.NodesMax)
        {
            throw Complex(start, nameof(QueryLimits.NodesMax), _limits.NodesMax);
        }

        _at = _text.Length;
        return words.Count switch
        {
            0 => throw Empty(start),
            1 => words[0],
            _ => new BoundExpression.Logic(All: true, words),
        };
    }

    private BoundExpression All()
    {
        var parts = new List<BoundExpression> { One() };
        while (_at < _text.Length && _text[_at] != ')' && !IsOperator("OR"))
        {
            if (!char.IsWhiteSpace(_text[_at - 1]))
            {
                throw Unexpected("a space between two parts", "khoảng trắng giữa hai phần");
            }

            TryOperator("AND");
            parts.Add(One());
        }

        return parts.Count == 1 ? parts[0] : new BoundExpression.Logic(All: true, parts);
    }

    private BoundExpression One()
    {
        if (++_nodes > _limits.NodesMax)
        {
            throw Complex(_at, nameof(QueryLimits.NodesMax), _limits.NodesMax);
        }

        if (TryOperator("NOT"))
        {
            if (++_depth > _limits.DepthMax)
            {
                throw Complex(_at, nameof(QueryLimits.DepthMax), _limits.DepthMax);
            }

            var not = new BoundExpression.Not(One());
            _depth--;
            return not;
        }

        if (_at == _text.Length)
        {
            throw Unexpected("a word or a phrase", "từ hoặc cụm từ");
        }

        var found = _text[_at] switch
        {
            '(' => Parenthesis(),
            '"' => Phrase(),
            _ => Word(),
        };
        Spaces();
        return found;
    }

    private BoundExpression Parenthesis()
    {
        _at++;
        Spaces();
        var inner = Any();
        if (_at == _text.Length)
        {
            throw Unexpected(")", ")");
        }

        _at++;
        return inner;
    }

    private BoundExpression.Search Phrase()
    {
        var start = _at++;
        var end = _text.IndexOf('"', _at);
        if (end < 0)
        {
            _at = _text.Length;
            throw Unexpected("a double quote at the end of the phrase", "dấu ngoặc kép ở cuối cụm từ");
        }

        var words = Folding.Fold(_text[_at..end]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        _at = end + 1;
        return Sought(words, isPhrase: true, start);
    }

    private BoundExpression.Search Word()
    {
        var start = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not ('(' or ')' or '"'))
        {
            _at++;
        }

        if (_at == start)
        {
            throw Unexpected("a word or a phrase", "từ hoặc cụm từ");
        }

        var word = Folding.Fold(_text[start.._at]);
        return Sought(word.Length > 0 ? [word] : [], isPhrase: false, start);
    }

    private BoundExpression.Search Sought(string[] words, bool isPhrase, int position)
    {
        if (words.Sum(w => w.Length) > _limits.PatternCharsMax)
        {
            throw Complex(position, nameof(QueryLimits.PatternCharsMax), _limits.PatternCharsMax);
        }

        // NUL and halves of characters are no text of ours.
        return words.Length > 0 && words.All(w => w.Length > 0 && !w.Contains('\0', StringComparison.Ordinal) && w.IsNormalized())
            ? new BoundExpression.Search(words, isPhrase)
            : throw Empty(position);
    }

    private bool TryOperator(string word)
    {
        if (!IsOperator(word))
        {
            return false;
        }

        _at += word.Length;
        Spaces();
        return true;
    }

    // With something behind it that it can work on; else it is a word that somebody looks for.
    private bool IsOperator(string word)
    {
        var end = _at + word.Length;
        return string.CompareOrdinal(_text, _at, word, 0, word.Length) == 0
            && end < _text.Length
            && char.IsWhiteSpace(_text[end])
            && _text.AsSpan(end).TrimStart() is [not ')', ..];
    }

    private void Spaces()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private OpenDataException Unexpected(string wantedEn, string wantedVi)
    {
        var found = _at == _text.Length ? ("the end", "hết văn bản") : ($"{_text[_at]}", $"{_text[_at]}");
        return QueryErrors.At(QueryErrors.Malformed, _at, $"Expected {wantedEn}, found {found.Item1}.", $"Cần {wantedVi}, nhưng gặp {found.Item2}.");
    }

    private static OpenDataException Empty(int position) => QueryErrors.At(
        QueryErrors.Malformed, position, "This has no letter, digit or sign to look for.", "Không có chữ, số hay ký hiệu nào để tìm.");

    private static OpenDataException Complex(int position, string limit, int most) => QueryErrors.At(
        QueryErrors.TooComplex, position, $"The search is over {limit} = {most}.", $"Biểu thức tìm kiếm vượt giới hạn {limit} = {most}.");
}
