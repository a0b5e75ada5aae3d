using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OpenData.Portal.Errors;

/// <summary>
/// Pure: shows a place in a caller's text by two lines, a piece of the text and a caret under the place. In a font of even width the caret
/// stands right also behind marks and wide signs.
/// </summary>
internal static class Caret
{
    private const int ColumnsBefore = 40;
    private const int ColumnsAll = 78;

    /// <summary>The two lines.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">Position of a character in it; its length or more for the end.</param>
    public static (string Piece, string Line) Under(string text, int position)
    {
        var signs = Signs(text);
        var target = signs.FindIndex(s => s.At + s.Length > position);
        target = target < 0 ? signs.Count : target;
        var start = target;
        var room = ColumnsBefore;
        while (start > 0 && room >= signs[start - 1].Columns)
        {
            room -= signs[--start].Columns;
        }

        // A mark belongs to the letter before it.
        while (start < target && signs[start].Columns == 0)
        {
            start++;
        }

        var piece = new StringBuilder(start > 0 ? "…" : "");
        var line = new StringBuilder(start > 0 ? " " : "");
        var end = start;
        for (var columns = 0; end < signs.Count && columns + signs[end].Columns <= ColumnsAll; end++)
        {
            piece.Append(signs[end].Shown);
            columns += signs[end].Columns;
            if (end < target)
            {
                line.Append(signs[end].Columns switch { 0 => "", 1 => " ", _ => "\u3000" });
            }
        }

        return (piece.Append(end < signs.Count ? "…" : "").ToString(), line.Append('^').ToString());
    }

    /// <summary>Writes them as the member <c>pointer</c>, where text and place are known.</summary>
    public static void Write(Utf8JsonWriter json, ErrorView error)
    {
        if (error is not { Text: { } text, Position: { } position })
        {
            return;
        }

        var (piece, line) = Under(text, position);
        json.WriteStartArray("pointer");
        json.WriteStringValue(piece);
        json.WriteStringValue(line);
        json.WriteEndArray();
    }

    private static List<(int At, int Length, string Shown, int Columns)> Signs(string text)
    {
        var signs = new List<(int At, int Length, string Shown, int Columns)>();
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var (shown, columns) = Rune.GetUnicodeCategory(rune) switch
            {
                // What would move the cursor or turn the line around is shown as a space.
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => (" ", 1),
                UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark when signs.Count > 0 => (rune.ToString(), 0),
                _ => (rune.ToString(), IsWide(rune.Value) ? 2 : 1),
            };
            signs.Add((at, rune.Utf16SequenceLength, shown, columns));
            at += rune.Utf16SequenceLength;
        }

        return signs;
    }

    private static bool IsWide(int rune) => rune is
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0x303E) or (>= 0x3041 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);
}
