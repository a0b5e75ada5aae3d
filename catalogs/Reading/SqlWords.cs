namespace OpenData.Catalogs.Reading;

/// <summary>
/// Cuts SQL of contracts into words, without understanding it: enough to see which names it holds. What the SQL may do is
/// checked on its syntax tree by the warehouse.
/// </summary>
internal static class SqlWords
{
    /// <summary>Identifiers (lower case unless quoted) and single symbols in order, or a sentence on what cannot be cut.</summary>
    public static (IReadOnlyList<string> Words, string? Problem) Of(string sql)
    {
        var words = new List<string>();
        var i = 0;
        while (i < sql.Length)
        {
            var c = sql[i];
            if (char.IsLetter(c) || c == '_')
            {
                var start = i;
                while (i < sql.Length && (char.IsLetterOrDigit(sql[i]) || sql[i] == '_'))
                {
                    i++;
                }

                words.Add(sql[start..i].ToLowerInvariant());
            }
            else if (c is '\'' or '"')
            {
                var end = ClosingQuote(sql, i);
                if (end < 0)
                {
                    return (words, $"a {(c == '"' ? "quoted name" : "text")} is opened with {c} and never closed");
                }

                if (c == '"')
                {
                    words.Add(sql[(i + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal));
                }

                i = end + 1;
            }
            else if (c == ';')
            {
                return (words, "a semicolon stands in it; write one statement without");
            }
            else if (c == '$')
            {
                return (words, "a $ stands in it; dollar quotes and parameters are not taken");
            }
            else if (sql.AsSpan(i).StartsWith("--", StringComparison.Ordinal))
            {
                var end = sql.IndexOf('\n', i);
                i = end < 0 ? sql.Length : end;
            }
            else if (sql.AsSpan(i).StartsWith("/*", StringComparison.Ordinal))
            {
                var end = sql.IndexOf("*/", i + 2, StringComparison.Ordinal);
                if (end < 0)
                {
                    return (words, "a comment is opened with /* and never closed");
                }

                i = end + 2;
            }
            else
            {
                if (!char.IsWhiteSpace(c))
                {
                    words.Add(c.ToString());
                }

                i++;
            }
        }

        return (words, null);
    }

    private static int ClosingQuote(string sql, int open)
    {
        for (var i = open + 1; i < sql.Length; i++)
        {
            if (sql[i] == sql[open])
            {
                if (i + 1 < sql.Length && sql[i + 1] == sql[open])
                {
                    i++;
                }
                else
                {
                    return i;
                }
            }
        }

        return -1;
    }
}
