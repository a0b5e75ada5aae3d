using System.Globalization;
using System.IO.Enumeration;
using System.Text;
using ExcelDataReader;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// Rows of a workbook's sheet: skipped rows, header rows with merged heads, records, footer. Numbers are taken at the 15 digits that
/// Excel keeps; a number in a code column is refused unless its format pads it with zeros, so that what people see is what is stored.
/// </summary>
internal sealed class XlsxRecords(RecordShape shape, StagingOptions options, IRecordSink sink, ReadNotes notes)
{
    private readonly SourceBinding _source = shape.Contract.Source;
    private readonly string? _footer = shape.Contract.Source.Footer is { } footer ? CellText.Tidy(footer) : null;
    private readonly Dictionary<(long Row, int Column), string> _faults = [];
    private byte[] _text = new byte[512];

    /// <summary>Reads one file; returns its records by the independent counter.</summary>
    public long Read(Func<Stream> open, CancellationToken token)
    {
        using (var stream = open())
        {
            XlsxPackage.Check(stream, options, token);
        }

        // The reader knows code pages of old formats too; it asks for them even for xlsx.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            using var stream = open();
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream, new ExcelReaderConfiguration { LeaveOpen = true });
            long records = 0;
            var sheets = 0;
            for (var more = true; more; more = reader.NextResult())
            {
                // The first sheet that fits, or every one where the contract says so.
                if (!Wanted(reader.Name ?? "") || (sheets > 0 && _source.Sheets is null))
                {
                    continue;
                }

                sheets++;
                _faults.Clear();
                using var again = open();
                var counted = XlsxPackage.CountRows(again, reader.Name, _source.SkipRows, _faults);
                var footerRows = Sheet(reader, token, out var headRows);
                records += counted - headRows - footerRows;
            }

            return sheets > 0 ? records : throw NoSheet();
        }
        catch (Exception cause) when (XlsxPackage.IsDamage(cause))
        {
            throw XlsxPackage.Damaged(cause);
        }
    }

    private bool IsBlank(IExcelDataReader reader)
    {
        for (var i = 0; i < reader.FieldCount; i++)
        {
            if ((reader.GetValue(i) is { } value && value is not "") || _faults.ContainsKey((reader.Depth + 1, i)))
            {
                return false;
            }
        }

        return true;
    }

    private bool Wanted(string name) => _source switch
    {
        { Sheets: { } pattern } => FileSystemName.MatchesSimpleExpression(CellText.Tidy(pattern), CellText.Tidy(name), ignoreCase: false),
        { Sheet: { } sheet } => CellText.Tidy(name) == CellText.Tidy(sheet),
        _ => true,
    };

    private long Sheet(IExcelDataReader reader, CancellationToken token, out int headRows)
    {
        headRows = 0;
        for (var skipped = 0; skipped < _source.SkipRows; skipped++)
        {
            if (!reader.Read())
            {
                throw NoHeader();
            }
        }

        var names = Header(reader, ref headRows);
        var map = shape.Map(names, "", notes.NewColumns, notes.MissingColumns);
        long footerRows = 0;
        long rows = 0;
        while (reader.Read())
        {
            if ((++rows & 0x3FF) == 0)
            {
                token.ThrowIfCancellationRequested();
            }

            if (IsBlank(reader))
            {
                continue;
            }

            if (footerRows > 0 || BeginsFooter(reader))
            {
                footerRows++;
                continue;
            }

            Row(reader, map);
        }

        return footerRows;
    }

    // Heads of several rows: a merged cell names all columns under it; the levels are joined, equal neighbours once.
    private string[] Header(IExcelDataReader reader, ref int headRows)
    {
        var levels = new List<string[]>();
        var first = _source.SkipRows;
        for (var level = 0; level < _source.HeaderRows; level++)
        {
            if (!reader.Read())
            {
                throw NoHeader();
            }

            headRows += IsBlank(reader) ? 0 : 1;
            levels.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => Plain(reader.GetValue(i)))]);
        }

        var width = levels.Max(l => l.Length);
        if (width > options.ColumnsMax)
        {
            throw new OpenDataException(
                StagingErrors.TooLarge,
                new LocalText($"Trang tính có hơn {options.ColumnsMax} cột.", $"The sheet has more than {options.ColumnsMax} columns."));
        }

        if (headRows == 0)
        {
            throw NoHeader();
        }

        var cells = levels.Select(l => l.Concat(Enumerable.Repeat("", width - l.Length)).ToArray()).ToList();
        var merged = false;
        foreach (var range in reader.MergeCells ?? [])
        {
            if (range.FromRow < first || range.ToRow >= first + cells.Count || range.FromColumn >= width)
            {
                continue;
            }

            merged = true;
            for (var row = range.FromRow; row <= range.ToRow; row++)
            {
                for (var column = range.FromColumn; column <= Math.Min(range.ToColumn, width - 1); column++)
                {
                    cells[row - first][column] = cells[range.FromRow - first][range.FromColumn];
                }
            }
        }

        for (var level = 0; level < cells.Count - 1 && !merged; level++)
        {
            for (var column = 1; column < width; column++)
            {
                if (cells[level][column].Length == 0)
                {
                    cells[level][column] = cells[level][column - 1];
                }
            }
        }

        var names = new string[width];
        for (var column = 0; column < width; column++)
        {
            var parts = new List<string>();
            foreach (var level in cells)
            {
                if (level[column].Length > 0 && (parts.Count == 0 || parts[^1] != level[column]))
                {
                    parts.Add(level[column]);
                }
            }

            names[column] = string.Join(" / ", parts);
        }

        return names;
    }

    private static string Plain(object? value) => value is null
        ? ""
        : CellText.Tidy(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");

    private bool BeginsFooter(IExcelDataReader reader)
        => _footer is not null && Plain(reader.GetValue(0)).StartsWith(_footer, StringComparison.Ordinal);

    private void Row(IExcelDataReader reader, int[] map)
    {
        sink.Begin(-1);
        for (var column = 0; column < map.Length; column++)
        {
            var field = map[column];
            if (field >= 0 && field < reader.FieldCount && !Cell(reader, field, column))
            {
                break;
            }
        }

        sink.End();
    }

    private bool Cell(IExcelDataReader reader, int field, int column)
    {
        switch (reader.GetValue(field))
        {
            case null when _faults.TryGetValue((reader.Depth + 1, field), out var rule):
                sink.Fault(column, rule, default);
                return false;
            case null:
                return sink.Cell(column, default, CellForm.Null);
            case string text:
                return sink.Cell(column, Utf8(text), CellForm.Text);
            case bool truth:
                return sink.Cell(column, default, truth ? CellForm.True : CellForm.False);
            case DateTime time:
                return sink.Cell(column, Utf8(time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture)), CellForm.Iso);
            case TimeSpan span:
                return sink.Cell(column, Utf8(Duration(span)), CellForm.Text);
            case double number:
                return Number(number, reader.GetNumberFormatString(field), column);
            case int whole:
                return Number(whole, reader.GetNumberFormatString(field), column);
            case var other:
                sink.Fault(column, StagingRules.Type, Utf8(Convert.ToString(other, CultureInfo.InvariantCulture) ?? ""));
                return false;
        }
    }

    private bool Number(double number, string? format, int column)
    {
        var kind = shape.Columns[column].Type.Kind;
        if (kind == ColumnKind.Code && Padded(number, format) is { } code)
        {
            return sink.Cell(column, Utf8(code), CellForm.Text);
        }

        // Excel keeps 15 digits; the binary noise behind them was never typed by anyone.
        var digits = kind == ColumnKind.Float || Math.Abs(number) >= 1e15 ? "R" : "G15";
        return sink.Cell(column, Utf8(number.ToString(digits, CultureInfo.InvariantCulture)), CellForm.Number);
    }

    // 00123 shown by the format 00000 is the code that people see, and no other.
    private static string? Padded(double number, string? format)
    {
        if (format is not { Length: > 1 and <= 15 } || !format.All(c => c == '0') || number < 0 || number != Math.Floor(number) || number >= 1e15)
        {
            return null;
        }

        var digits = ((long)number).ToString(CultureInfo.InvariantCulture);
        return digits.Length <= format.Length ? digits.PadLeft(format.Length, '0') : null;
    }

    private static string Duration(TimeSpan span)
    {
        var sign = span < TimeSpan.Zero ? "-" : "";

        // A part of a day is rarely exact in binary: the nearest microsecond is what was meant, not the one below.
        var micros = (Math.Abs(span.Ticks) + (TimeSpan.TicksPerMicrosecond / 2)) / TimeSpan.TicksPerMicrosecond;
        return string.Create(CultureInfo.InvariantCulture, $"{sign}PT{micros / 1_000_000}.{micros % 1_000_000:000000}S");
    }

    private ReadOnlySpan<byte> Utf8(string text)
    {
        var needed = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_text.Length < needed)
        {
            _text = new byte[needed];
        }

        return _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text));
    }

    private OpenDataException NoSheet() => new(
        StagingErrors.NoSheet,
        new LocalText($"Không có trang tính '{_source.Sheets ?? _source.Sheet}'.", $"There is no sheet '{_source.Sheets ?? _source.Sheet}'."));

    private static OpenDataException NoHeader() => new(
        StagingErrors.BadHeader,
        new LocalText("Trang tính không có dòng tiêu đề.", "The sheet has no header row."));
}
