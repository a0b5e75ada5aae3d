using CsvHelper;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Rounds;

/// <summary>Pure: a small CSV file of ours with a header → rows by column. Collects every mistake before it refuses the file.</summary>
internal sealed class RoundCsv
{
    private const int RowsMax = 1_000_000;
    private const int MistakesShown = 20;

    private readonly List<string> _mistakes = [];

    /// <summary>Notes a mistake of a row; the header is row 1.</summary>
    internal void Mistake(int row, string sentence)
    {
        if (_mistakes.Count <= MistakesShown)
        {
            _mistakes.Add($"row {row}: {sentence}");
        }
    }

    /// <summary>The rows with their numbers; a cell that a row lacks is empty.</summary>
    /// <param name="csv">The text: commas, quotes by RFC 4180.</param>
    /// <param name="required">Columns that must be there.</param>
    /// <param name="optional">Columns that may be there; others are a mistake.</param>
    internal IEnumerable<(int Number, Func<string, string> Cell)> Rows(string csv, IReadOnlyList<string> required, IReadOnlyList<string> optional)
    {
        var records = Records(csv);
        if (records is not [var header, ..])
        {
            Mistake(1, "the file is empty");
            yield break;
        }

        var wrong = header.Where(h => !required.Contains(h, StringComparer.Ordinal) && !optional.Contains(h, StringComparer.Ordinal)).Select(h => $"no column is named `{Shown(h)}`")
            .Concat(required.Where(r => !header.Contains(r, StringComparer.Ordinal)).Select(r => $"column `{r}` is missing"))
            .Concat(header.GroupBy(h => h, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"column `{Shown(g.Key)}` stands twice"))
            .ToList();
        wrong.ForEach(w => Mistake(1, w));
        for (var i = 1; i < records.Count && wrong.Count == 0; i++)
        {
            var record = records[i];
            if (record.Length != header.Length)
            {
                Mistake(i + 1, $"has {record.Length} cells; the header has {header.Length}");
                continue;
            }

            yield return (i + 1, name => Array.IndexOf(header, name) is var at and >= 0 ? record[at] : "");
        }
    }

    /// <summary>Ends the reading.</summary>
    /// <exception cref="OpenDataException"><see cref="RoundErrors.BadFile"/> with the mistakes.</exception>
    internal void RequireNone()
    {
        if (_mistakes.Count > 0)
        {
            var list = string.Join("; ", _mistakes.Take(MistakesShown)) + (_mistakes.Count > MistakesShown ? "; …" : "");
            throw new OpenDataException(RoundErrors.BadFile, new LocalText($"Tệp có lỗi: {list}.", $"The file has mistakes: {list}."));
        }
    }

    /// <summary>A text of the file as a sentence shows it.</summary>
    internal static string Shown(string text) => string.Concat(text.Take(40).Select(c => char.IsControl(c) ? ' ' : c));

    private List<string[]> Records(string csv)
    {
        var records = new List<string[]>();
        try
        {
            using var reader = CsvReader.FromText(csv.TrimStart('\uFEFF'), new CsvReaderOptions { Separator = ',', HasHeader = false, DetectSeparatorHint = false, SkipEmptyLines = true });
            while (reader.Read())
            {
                var record = new string[reader.FieldCount];
                for (var i = 0; i < record.Length; i++)
                {
                    record[i] = reader.GetString(i).Trim().Normalize();
                }

                records.Add(record);
                if (records.Count > RowsMax)
                {
                    Mistake(RowsMax, "the file has too many rows");
                    break;
                }
            }
        }
        catch (Exception broken) when (broken is CsvFormatException or ArgumentException)
        {
            // A text that is no Unicode cannot be brought into one form.
            Mistake(records.Count + 1, "is no CSV: a quote is open, or the text is no Unicode");
        }

        return records;
    }
}
