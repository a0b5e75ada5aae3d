using System.Text;

namespace OpenData.SampleAgencies;

/// <summary>RFC 4180 text: small files only, read whole.</summary>
internal static class CsvText
{
    /// <summary>All records, header included; quotes are undone, line breaks inside quotes are kept.</summary>
    /// <exception cref="FormatException">A quoted cell does not end.</exception>
    public static IReadOnlyList<string[]> Read(string text, char delimiter = ',')
    {
        var records = new List<string[]>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        var position = 0;
        while (position < text.Length)
        {
            position = ReadCell(text, position, delimiter, cell);
            cells.Add(cell.ToString());
            cell.Clear();
            if (position < text.Length && text[position] == delimiter)
            {
                position++;
                if (position == text.Length)
                {
                    cells.Add("");
                }

                continue;
            }

            records.Add([.. cells]);
            cells.Clear();
            position += text.AsSpan(position).StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 1;
        }

        if (cells.Count > 0)
        {
            records.Add([.. cells]);
        }

        return records;
    }

    /// <summary>Appends one record and its line end; cells are quoted only where they must be.</summary>
    public static void Append(StringBuilder text, IReadOnlyList<string> cells, char delimiter = ',', string lineEnd = "\n")
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0)
            {
                text.Append(delimiter);
            }

            var cell = cells[i];
            if (cell.AsSpan().IndexOfAny([delimiter, '"', '\n', '\r']) < 0)
            {
                text.Append(cell);
            }
            else
            {
                text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            }
        }

        text.Append(lineEnd);
    }

    private static int ReadCell(string text, int position, char delimiter, StringBuilder cell)
    {
        if (position >= text.Length || text[position] != '"')
        {
            var end = text.AsSpan(position).IndexOfAny(delimiter, '\n', '\r');
            end = end < 0 ? text.Length : position + end;
            cell.Append(text, position, end - position);
            return end;
        }

        for (position++; position < text.Length; position++)
        {
            if (text[position] != '"')
            {
                cell.Append(text[position]);
            }
            else if (position + 1 < text.Length && text[position + 1] == '"')
            {
                cell.Append('"');
                position++;
            }
            else
            {
                return position + 1;
            }
        }

        throw new FormatException("A quoted cell does not end.");
    }
}
