using System.Globalization;
using System.Text;

namespace OpenData.Catalogs;

/// <summary>Makes text comparable for search, the way Vietnamese is typed: without marks, case, or the choice of y or i.</summary>
public static class Folding
{
    /// <summary>
    /// Folds text: NFD, marks stripped, đ→d, lower case (invariant), y→i. So <c>hoà</c>, <c>hòa</c> and <c>HOA</c> are equal,
    /// and so are <c>Mỹ</c> and <c>mĩ</c>. Folding twice changes nothing.
    /// </summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant().Replace('y', 'i');
        }

        var folded = new StringBuilder(text.Length);
        foreach (var rune in Decompose(text).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
            {
                continue;
            }

            var lower = Rune.ToLowerInvariant(rune);
            folded.Append(lower.Value switch
            {
                'đ' => "d",
                'y' => "i",
                _ => lower.ToString(),
            });
        }

        return folded.ToString();
    }

    // Normalisation refuses half a surrogate pair and U+FFFE; text from outside may hold them.
    private static string Decompose(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormD);
        }
        catch (ArgumentException)
        {
            return string.Concat(text.EnumerateRunes().Select(r => r.Value is 0xFFFE or 0xFFFF ? "\uFFFD" : r.ToString())).Normalize(NormalizationForm.FormD);
        }
    }
}
