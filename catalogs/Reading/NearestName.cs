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

    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
