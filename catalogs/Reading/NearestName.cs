namespace OpenData.Catalogs.Reading;

/// <summary>Finds what somebody probably meant.</summary>
internal static class NearestName
{
    /// <summary>A sentence's end: <c>; did you mean `x`?</c>, or the list of names when it is short, or nothing.</summary>
    public static string Suggestion(string written, IEnumerable<string> known)
    {
        var names = known.Distinct(StringComparer.Ordinal).ToList();
        if (Of(written, names) is { } near)
        {
            return $"; did you mean `{near}`?";
        }

        return names.Count is > 0 and <= 14 ? $"; known are {string.Join(", ", names.Select(n => $"`{n}`"))}" : "";
    }

    /// <summary>The nearest name by edit distance (a third of the length at most); null when none is near.</summary>
    public static string? Of(string written, IEnumerable<string> known)
    {
        // Longer words than any name we have are not typing errors.
        if (written.Length is 0 or > 80)
        {
            return null;
        }

        string? best = null;
        var bestDistance = Math.Max(1, written.Length / 3) + 1;
        foreach (var name in known)
        {
            var distance = Distance(written, name);
            if (distance < bestDistance && distance < name.Length)
            {
                (best, bestDistance) = (name, distance);
            }
        }

        return best;
    }

    /// <summary>Edits that turn one word into the other: insert, delete, replace, or swap two neighbours; case is free.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                rows[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Math.Min(rows[i - 1, j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1), Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1),
                };
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
