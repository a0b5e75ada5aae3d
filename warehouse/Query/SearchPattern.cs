using System.Text;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Warehouse.Query;

/// <summary>Pure: words that are looked for → a regular expression (RE2) over folded text.</summary>
internal static class SearchPattern
{
    private const string NoLetter = @"[^\p{L}\p{N}]";

    // A line feed parts the columns: no phrase goes across it.
    private const string Between = @"[^\p{L}\p{N}\n]+";

    /// <summary>The pattern.</summary>
    public static string Of(BoundExpression.Search search)
    {
        var pattern = new StringBuilder();
        if (IsLetter(search.Words[0][0]))
        {
            pattern.Append("(?:^|").Append(NoLetter).Append(')');
        }

        for (var i = 0; i < search.Words.Count; i++)
        {
            pattern.Append(i == 0 ? "" : Between);
            Literal(search.Words[i], pattern);
        }

        if (search.IsPhrase && IsLetter(search.Words[^1][^1]))
        {
            pattern.Append("(?:$|").Append(NoLetter).Append(')');
        }

        return pattern.ToString();
    }

    private static bool IsLetter(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c);

    private static void Literal(string word, StringBuilder to)
    {
        foreach (var c in word)
        {
            if (char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c))
            {
                to.Append('\\');
            }

            to.Append(c);
        }
    }
}
