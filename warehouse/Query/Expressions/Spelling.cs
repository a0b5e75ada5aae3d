namespace OpenData.Warehouse.Query.Expressions;

/// <summary>Finds what a caller may have meant.</summary>
internal static class Spelling
{
    private const int LengthMax = 64;

    /// <summary>The nearest known word by edit distance, at most a third of its letters away; null when none is near.</summary>
    public static string? Nearest(string written, IEnumerable<string> known)
    {
        if (written.Length > LengthMax)
        {
            return null;
        }

        var lower = written.ToLowerInvariant();
        return known
            .Select(word => (Word: word, Distance: Distance(lower, word.ToLowerInvariant())))
            .Where(c => c.Distance <= Math.Max(1, Math.Min(c.Word.Length, lower.Length) / 3))
            .OrderBy(c => c.Distance)
            .ThenBy(c => c.Word, StringComparer.Ordinal)
            .Select(c => c.Word)
            .FirstOrDefault();
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
                var above = row[j];
                row[j] = a[i - 1] == b[j - 1] ? diagonal : 1 + Math.Min(diagonal, Math.Min(above, row[j - 1]));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
