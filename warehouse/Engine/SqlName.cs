namespace OpenData.Warehouse.Engine;

/// <summary>Quotes identifiers; the only place that does.</summary>
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
}
