using System.Buffers;
using System.Globalization;
using System.Text;

namespace OpenData.Warehouse.Export;

/// <summary>
/// Text as a cell carries it, so that every text comes back: XML's own characters as references; what XML 1.0 forbids or changes (control
/// characters, the carriage return, U+FFFE and U+FFFF) as Excel's <c>_xHHHH_</c>; and text that looks like such an escape with its underscore
/// escaped.
/// </summary>
internal static class XlsxText
{
    /// <summary>Most characters (UTF-16 units) that a cell of Excel holds.</summary>
    public const int LengthMax = 32_767;

    private const int EscapeLength = 7;

    // 0xEF begins U+FFFE and U+FFFF, and few letters that anybody writes.
    private static readonly SearchValues<byte> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(b => b is not ('\t' or '\n')).Select(b => (byte)b), (byte)'&', (byte)'<', (byte)'>', (byte)'_', 0xEF]);

    /// <summary>Whether a cell can hold the text.</summary>
    public static bool Fits(ReadOnlySpan<byte> text) => text.Length <= LengthMax || Encoding.UTF8.GetCharCount(text) <= LengthMax;

    /// <summary>What a cell says in place of a text that it cannot hold.</summary>
    public static byte[] TooLong(int characters) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"[Giá trị dài {characters} ký tự, ô Excel chỉ chứa {LengthMax}: xem tệp CSV. The value has {characters} characters, an Excel cell holds {LengthMax}: see the CSV file.]"));

    /// <summary>Whether readers might take spaces or line breaks off the ends unless told not to.</summary>
    public static bool HasOuterSpace(ReadOnlySpan<byte> text) => text.Length > 0 && (IsSpace(text[0]) || IsSpace(text[^1]));

    /// <summary>Writes the text as the content of an element.</summary>
    public static void Write(ReadOnlySpan<byte> text, Utf8Buffer to)
    {
        for (var at = text.IndexOfAny(Special); at >= 0; at = text.IndexOfAny(Special))
        {
            to.Append(text[..at]);
            text = text[(at + Escape(text[at..], to))..];
        }

        to.Append(text);
    }

    /// <summary>Writes the text as the content of an element.</summary>
    public static void Write(string text, Utf8Buffer to) => Write(Encoding.UTF8.GetBytes(text), to);

    /// <summary>Writes markup as it is.</summary>
    public static void Raw(string markup, Utf8Buffer to) => to.Advance(Encoding.UTF8.GetBytes(markup, to.Free(Encoding.UTF8.GetMaxByteCount(markup.Length))));

    /// <summary>Writes the special character at the start and gives its length.</summary>
    private static int Escape(ReadOnlySpan<byte> text, Utf8Buffer to)
    {
        switch (text[0])
        {
            case (byte)'&':
                to.Append("&amp;"u8);
                return 1;
            case (byte)'<':
                to.Append("&lt;"u8);
                return 1;
            case (byte)'>':
                to.Append("&gt;"u8);
                return 1;
            case (byte)'_':
                to.Append(LooksEscaped(text) ? "_x005F_"u8 : "_"u8);
                return 1;
            case 0xEF when IsNonCharacter(text):
                to.Append(text[2] == 0xBE ? "_xFFFE_"u8 : "_xFFFF_"u8);
                return 3;
            case 0xEF:
                to.Append(text[0]);
                return 1;
            default:
                to.Append("_x00"u8);
                to.Append(text[0] < 0x10 ? (byte)'0' : (byte)'1');
                to.Append("0123456789ABCDEF"u8[text[0] & 15]);
                to.Append((byte)'_');
                return 1;
        }
    }

    // `_x0041_` would be read as A; so would `_x0041` before a character whose own escape begins with the missing underscore.
    private static bool LooksEscaped(ReadOnlySpan<byte> text)
        => text.Length >= EscapeLength && text[1] == (byte)'x'
            && char.IsAsciiHexDigit((char)text[2]) && char.IsAsciiHexDigit((char)text[3])
            && char.IsAsciiHexDigit((char)text[4]) && char.IsAsciiHexDigit((char)text[5])
            && (text[6] is (byte)'_' or (< 0x20 and not ((byte)'\t' or (byte)'\n')) || IsNonCharacter(text[6..]));

    private static bool IsNonCharacter(ReadOnlySpan<byte> text)
        => text.Length >= 3 && text[0] == 0xEF && text[1] == 0xBF && text[2] >= 0xBE;

    private static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\n';
}
