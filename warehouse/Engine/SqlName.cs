namespace OpenData.Warehouse.Engine;

/// <summary>Quotes identifiers and our own paths; the only place that does.</summary>
public static class SqlName
{
    /// <summary>The identifier in double quotes, inner quotes doubled.</summary>
    /// <exception cref="ArgumentException">The name is empty or has a NUL.</exception>
    public static string Quote(string identifier)
    {
        if (identifier.Length == 0 || identifier.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("An identifier has at least one character and no NUL.", nameof(identifier));
        }

        return "\"" + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    /// <summary>A string literal, for the few statements that take no parameters (ATTACH, SET, COPY): our own paths, never user text.</summary>
    /// <exception cref="ArgumentException">The text has a NUL.</exception>
    internal static string Literal(string text)
        => text.Contains('\0', StringComparison.Ordinal)
            ? throw new ArgumentException("A literal has no NUL.", nameof(text))
            : "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
