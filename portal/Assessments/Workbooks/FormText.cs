using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml;

namespace OpenData.Portal.Assessments.Workbooks;

/// <summary>Pure: text as a cell carries it. What XML forbids becomes Excel's <c>_xHHHH_</c>, and what looks like such an escape has its underscore escaped.</summary>
internal static class FormText
{
    private const int EscapeLetters = 7;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>The text for a cell.</summary>
    public static string Escaped(string text)
    {
        var made = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            var isForbidden = letter == '\r' || (!XmlConvert.IsXmlChar(letter) && !char.IsSurrogate(letter));
            if (isForbidden || (letter == '_' && LooksEscaped(text.AsSpan(i))))
            {
                made.Append(CultureInfo.InvariantCulture, $"_x{(int)letter:X4}_");
            }
            else
            {
                made.Append(letter);
            }
        }

        return made.ToString();
    }

    private static bool LooksEscaped(ReadOnlySpan<char> text)
        => text.Length >= EscapeLetters && text[1] == 'x' && text[EscapeLetters - 1] == '_' && !text[2..(EscapeLetters - 1)].ContainsAnyExcept(HexDigits);
}
