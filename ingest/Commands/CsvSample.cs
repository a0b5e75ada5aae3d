using System.Text;

namespace OpenData.Ingest.Commands;

/// <summary>Splits the beginning of a CSV file for guessing only; staging has the strict reader that data goes through.</summary>
internal static class CsvSample
{
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    /// <summary>The delimiter that the first line has most of.</summary>
    internal static char DelimiterOf(string text)
    {
        var head = text.AsSpan(0, text.IndexOfAny(['\r', '\n']) is >= 0 and var end ? end : text.Length).ToString();
        return Delimiters.MaxBy(d => head.Count(c => c == d));
    }

    /// <summary>Up to so many records, blank lines left out.</summary>
    internal static List<IReadOnlyList<string>> Read(string text, char delimiter, int recordsMax)
    {
        var records = new List<IReadOnlyList<string>>();
        var (fields, field, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = text.StartsWith('\uFEFF') ? 1 : 0; i <= text.Length && records.Count < recordsMax; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (quoted && i < text.Length)
            {
                if (c != '"')
                {
                    field.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    field.Append(text[i++]);
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"' && field.Length == 0)
            {
                quoted = true;
            }
            else if (c == delimiter || c == '\n')
            {
                fields.Add(field.ToString().TrimEnd('\r'));
                field.Clear();
                if (c == '\n')
                {
                    AddRecord(records, fields);
                    fields = [];
                }
            }
            else
            {
                field.Append(c);
            }
        }

        return records;
    }

    private static void AddRecord(List<IReadOnlyList<string>> records, List<string> fields)
    {
        if (fields is not [""])
        {
            records.Add(fields);
        }
    }
}
