using System.Buffers;
using System.Text;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// What every cell's text goes through: outer white space, invisible characters, NFC. Plain ASCII and composed Vietnamese pass
/// without a copy; hot path of staging, see benchmark <c>ingest</c>.
/// </summary>
internal static class CellText
{
    // The bytes that need a look in text: controls, DEL, and the lead bytes of everything that is not U+0080–U+02FF (below).
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x7F - 0x20).Select(b => (byte)b), (byte)'\t', (byte)'\n', (byte)'\r']);

    /// <summary>Without white space (also no-break and zero-width) at both ends.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        if (text.Length == 0 || (Solid(text[0]) && Solid(text[^1])))
        {
            return text;
        }

        while (text.Length > 0 && SpaceAtStart(text) is > 0 and var width)
        {
            text = text[width..];
        }

        while (text.Length > 0 && SpaceAtEnd(text) is > 0 and var width)
        {
            text = text[..^width];
        }

        return text;

        static bool Solid(byte b) => b is > 0x20 and < 0x7F;
    }

    /// <summary>What <see cref="Check"/> found.</summary>
    public enum Finding
    {
        /// <summary>Good as it is.</summary>
        Clean,

        /// <summary>Needs <see cref="TryNormalize"/>: not NFC, or has invisible characters.</summary>
        Untidy,

        /// <summary>A control character.</summary>
        Control,
    }

    /// <summary>Looks at valid UTF-8 once. Composed Vietnamese (U+0080–U+02FF, U+1E00–U+1EFF) and general punctuation are clean.</summary>
    public static Finding Check(ReadOnlySpan<byte> text)
    {
        var i = 0;
        while (true)
        {
            var step = text[i..].IndexOfAnyExcept(Plain);
            if (step < 0)
            {
                return Finding.Clean;
            }

            i += step;
            var b = text[i];
            if (b < 0x80)
            {
                return Finding.Control;
            }

            if (b is >= 0xC3 and <= 0xCB)
            {
                i += 2;
            }
            else if (b == 0xE1 && text[i + 1] is >= 0xB8 and <= 0xBB)
            {
                i += 3;
            }
            else if (b == 0xC2)
            {
                // U+0080–U+009F are controls; U+00A0 and U+00AD are untidy.
                var next = text[i + 1];
                if (next < 0xA0)
                {
                    return Finding.Control;
                }

                if (next is 0xA0 or 0xAD)
                {
                    return Slow(text, i);
                }

                i += 2;
            }
            else if (b == 0xE2 && (text[i + 1] == 0x82 || (text[i + 1] == 0x80 && text[i + 2] is >= 0x90 and <= 0xA6)))
            {
                i += 3;
            }
            else
            {
                return Slow(text, i);
            }
        }
    }

    /// <summary>
    /// NFC, with no-break and other odd spaces as plain ones and invisible characters removed; kept are joiners between other scripts'
    /// letters. False when the result does not fit (it never does more than triple) or a control character is inside.
    /// </summary>
    public static bool TryNormalize(ReadOnlySpan<byte> text, CellValue target)
    {
        var chars = ArrayPool<char>.Shared.Rent(text.Length);
        char[]? composed = null;
        try
        {
            var length = 0;
            for (var rest = text; !rest.IsEmpty;)
            {
                Rune.DecodeFromUtf8(rest, out var rune, out var used);
                rest = rest[used..];
                if (Junk(rune.Value))
                {
                    continue;
                }

                length += (OddSpace(rune.Value) ? new Rune(' ') : rune).EncodeToUtf16(chars.AsSpan(length));
            }

            ReadOnlySpan<char> result = chars.AsSpan(0, length);
            if (!result.IsNormalized(NormalizationForm.FormC))
            {
                composed = ArrayPool<char>.Shared.Rent((length * 4) + 16);
                if (!result.TryNormalize(composed, out var composedLength, NormalizationForm.FormC))
                {
                    return false;
                }

                result = composed.AsSpan(0, composedLength);
            }

            var bytes = target.Reserve(Encoding.UTF8.GetMaxByteCount(result.Length));
            target.Commit(Encoding.UTF8.GetBytes(result, bytes));
            return true;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
            if (composed is not null)
            {
                ArrayPool<char>.Shared.Return(composed);
            }
        }
    }

    /// <summary>The tidy form of a name or a contract's text.</summary>
    public static string Tidy(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Junk(rune.Value))
            {
                builder.Append((OddSpace(rune.Value) || rune.Value is '\r' or '\n' or '\t' ? new Rune(' ') : rune).ToString());
            }
        }

        return builder.ToString().Normalize(NormalizationForm.FormC).Trim();
    }

    private static Finding Slow(ReadOnlySpan<byte> text, int from)
    {
        // Decomposed text is the usual reason; a control character after it must still be found.
        for (var rest = text[from..]; !rest.IsEmpty;)
        {
            Rune.DecodeFromUtf8(rest, out var rune, out var used);
            rest = rest[used..];
            if (Rune.IsControl(rune) && rune.Value is not ('\t' or '\n' or '\r'))
            {
                return Finding.Control;
            }
        }

        return Finding.Untidy;
    }

    // Zero-width space, word joiner, BOM inside, soft hyphen, bidirectional marks and embeddings: seen by nobody, so they must not
    // make two equal-looking values differ. Joiners (U+200C, U+200D) carry meaning in other scripts and in emoji and stay.
    private static bool Junk(int c) => c is 0x200B or 0x2060 or 0xFEFF or 0x00AD or 0x200E or 0x200F or (>= 0x202A and <= 0x202E)
        or (>= 0x2066 and <= 0x2069);

    private static bool OddSpace(int c) => c is 0x00A0 or (>= 0x2000 and <= 0x200A) or 0x202F or 0x205F or 0x3000;

    private static int SpaceAtStart(ReadOnlySpan<byte> text)
    {
        if (text[0] < 0x80)
        {
            return text[0] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' ? 1 : 0;
        }

        Rune.DecodeFromUtf8(text, out var rune, out var used);
        return OddSpace(rune.Value) || Junk(rune.Value) ? used : 0;
    }

    private static int SpaceAtEnd(ReadOnlySpan<byte> text)
    {
        if (text[^1] < 0x80)
        {
            return text[^1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' ? 1 : 0;
        }

        Rune.DecodeLastFromUtf8(text, out var rune, out var used);
        return OddSpace(rune.Value) || Junk(rune.Value) ? used : 0;
    }
}
