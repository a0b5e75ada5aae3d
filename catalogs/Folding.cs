using System.Globalization;
using System.Text;

namespace OpenData.Catalogs;

/// <summary>Makes text comparable for search, the way Vietnamese is typed: without marks, case, or the choice of y or i.</summary>
public static class Folding
{
    // Publishing folds every searchable cell, so the letters of Vietnamese go through a table; the rest takes the long way.
    private const char Long = '\uFFFF';
    private const char Nothing = '\0';
    private const int TableEnd = 0x1F00;

    // A Hangul syllable of 3 bytes decomposes into 9; nothing that is no mark grows more.
    private const int LongestGrowth = 4;

    private static readonly char[] Table = MakeTable();

    /// <summary>
    /// Folds text: NFD, marks stripped, đ→d, lower case (invariant), y→i. So <c>hoà</c>, <c>hòa</c> and <c>HOA</c> are equal,
    /// and so are <c>Mỹ</c> and <c>mĩ</c>. Folding twice changes nothing. What is no character becomes U+FFFD.
    /// </summary>
    public static string Fold(string text)
    {
        var folded = text.Length <= 512 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        foreach (var c in text)
        {
            var to = c < TableEnd ? Table[c] : Long;
            if (to == Long)
            {
                return FoldLong(text);
            }

            if (to != Nothing)
            {
                folded[length++] = to;
            }
        }

        return new string(folded[..length]);
    }

    /// <summary>The same from UTF-8 to UTF-8, without allocation for Latin text; hot path of publishing.</summary>
    /// <param name="utf8">Valid UTF-8.</param>
    /// <param name="to">At least <see cref="FoldedBytesMax"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    public static int Fold(ReadOnlySpan<byte> utf8, Span<byte> to)
    {
        var length = 0;
        for (var i = 0; i < utf8.Length;)
        {
            var lead = utf8[i];
            int c;
            if (lead < 0x80)
            {
                c = lead;
                i++;
            }
            else if (lead < 0xE0)
            {
                c = ((lead & 0x1F) << 6) | (utf8[i + 1] & 0x3F);
                i += 2;
            }
            else
            {
                c = lead < 0xF0 ? ((lead & 0x0F) << 12) | ((utf8[i + 1] & 0x3F) << 6) | (utf8[i + 2] & 0x3F) : TableEnd;
                i += 3;
            }

            var folded = c < TableEnd ? Table[c] : Long;
            if (folded < 0x80)
            {
                if (folded != Nothing)
                {
                    to[length++] = (byte)folded;
                }
            }
            else if (folded == Long)
            {
                return Encoding.UTF8.GetBytes(FoldLong(Encoding.UTF8.GetString(utf8)), to);
            }
            else
            {
                length += new Rune(folded).EncodeToUtf8(to[length..]);
            }
        }

        return length;
    }

    /// <summary>Room that folding may need: a character may decompose into letters of another length.</summary>
    public static int FoldedBytesMax(int bytes) => (bytes * LongestGrowth) + LongestGrowth;

    /// <summary>The definition; the table is made from it.</summary>
    internal static string FoldLong(string text)
    {
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
            return string.Concat(text.EnumerateRunes().Select(r => r.Value is 0xFFFE or 0xFFFF ? "\uFFFD" : r.ToString()))
                .Normalize(NormalizationForm.FormD);
        }
    }

    // Latin with its marks only: there, folding one by one is folding the whole, whatever stands next to what.
    private static char[] MakeTable()
    {
        var table = new char[TableEnd];
        Array.Fill(table, Long);
        for (var c = '\u0001'; c < TableEnd; c++)
        {
            if (c is < '\u0370' or >= '\u1E00')
            {
                var folded = FoldLong(c.ToString());
                table[c] = folded.Length switch
                {
                    0 => Nothing,
                    1 => folded[0],
                    _ => Long,
                };
            }
        }

        return table;
    }
}
