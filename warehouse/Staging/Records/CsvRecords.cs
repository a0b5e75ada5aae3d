using System.Text;
using CsvHelper;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// Strict CSV over CsvHelper 34's UTF-8 spans: columns by name, one field count for all rows, quotes by RFC 4180. Broken rows go to the
/// sink's refusals with their place; nothing is repaired in silence.
/// </summary>
internal sealed class CsvRecords
{
    private readonly RecordShape _shape;
    private readonly StagingOptions _options;
    private readonly IRecordSink _sink;
    private readonly ReadNotes _notes;
    private readonly byte[]? _footer;
    private readonly SourceBinding _source;
    private long _base;
    private bool _headerRead;
    private bool _inFooter;
    private long _rows;
    private long _footerRows;
    private bool _cutOff;

    public CsvRecords(RecordShape shape, StagingOptions options, IRecordSink sink, ReadNotes notes)
    {
        _shape = shape;
        _options = options;
        _sink = sink;
        _notes = notes;
        _source = shape.Contract.Source;
        _footer = _source.Footer is { } footer ? Encoding.UTF8.GetBytes(CellText.Tidy(footer)) : null;
        if (!char.IsAscii(_source.Delimiter) || !char.IsAscii(_source.Quote) || _source.Delimiter == _source.Quote)
        {
            throw new OpenDataException(
                StagingErrors.ContractUnusable,
                new LocalText(
                    "Dấu phân cách và dấu nháy phải là hai ký tự ASCII khác nhau.",
                    "Delimiter and quote must be two different ASCII characters."));
        }
    }

    /// <summary>Reads one file; returns its records by the independent counter.</summary>
    public long Read(Func<Stream> open, CancellationToken token)
    {
        var input = new TextInput(() => PackedInput.Open(open(), _options), _source.Encoding, _source.SkipRows);
        var counter = new CsvCounter((byte)_source.Delimiter, (byte)_source.Quote);
        input.Check(counter, _source.Delimiter, token);
        if (counter.EndsInQuote)
        {
            throw CutOff();
        }

        _headerRead = _inFooter = _cutOff = false;
        _rows = _footerRows = 0;
        _base = input.Skipped;
        using (var stream = input.Open())
        {
            Rows(stream, token);
        }

        if (!_headerRead)
        {
            throw new OpenDataException(
                StagingErrors.EmptyFile,
                new LocalText("Tệp không có dòng tiêu đề.", "The file has no header row."));
        }

        // Header and footer are records for the counter, not for the sink.
        return counter.Records - 1 - _footerRows;
    }

    private void Rows(Stream stream, CancellationToken token)
    {
        var options = new CsvReaderOptions
        {
            Separator = _source.Delimiter,
            Quote = _source.Quote,
            HasHeader = false,
            DetectSeparatorHint = false,
            SkipEmptyLines = true,
            Encoding = new UTF8Encoding(false),
            MaxRecordSize = _options.RecordBytesMax,
            MalformedData = CsvMalformedDataHandling.Skip,
            OnMalformedRecord = Malformed,
            IncludeValuesInExceptions = false,
            BufferSize = 256 * 1024,
        };
        using var reader = CsvReader.Create(stream, options, leaveOpen: true);
        try
        {
            var (map, width) = Header(reader);
            if (map is null)
            {
                return;
            }

            while (reader.Read())
            {
                if ((++_rows & 0xFFF) == 0)
                {
                    token.ThrowIfCancellationRequested();
                }

                Row(reader, map, width);
            }
        }
        catch (CsvFormatException)
        {
            throw TooLarge();
        }

        if (_cutOff)
        {
            throw CutOff();
        }
    }

    private (int[]? Map, int Width) Header(CsvReader reader)
    {
        if (!reader.Read())
        {
            return (null, 0);
        }

        _headerRead = true;
        var width = reader.FieldCount;
        if (width > _options.ColumnsMax)
        {
            throw TooLarge();
        }

        var names = new string[width];
        for (var i = 0; i < width; i++)
        {
            names[i] = reader.GetString(i);
        }

        return (_shape.Map(names, Hint(names), _notes.NewColumns, _notes.MissingColumns), width);
    }

    // One column where several are expected is nearly always another delimiter.
    private string Hint(string[] names)
    {
        if (names.Length > 1 || _shape.Columns.Count < 2)
        {
            return "";
        }

        foreach (var other in ";\t|,")
        {
            if (other != _source.Delimiter && names[0].Contains(other, StringComparison.Ordinal))
            {
                var shown = other == '\t' ? "tab" : other.ToString();
                return $" ('{shown}'?)";
            }
        }

        return "";
    }

    private void Row(CsvReader reader, int[] map, int width)
    {
        if (_inFooter || BeginsFooter(reader))
        {
            _inFooter = true;
            _footerRows++;
            return;
        }

        var raw = reader.RawRecord;
        if (raw.Length > _options.RecordBytesMax)
        {
            throw TooLarge();
        }

        var offset = _base + reader.ByteOffset;
        if (reader.FieldCount != width)
        {
            _sink.Refuse(offset, null, StagingRules.Ragged, raw);
            return;
        }

        _sink.Begin(offset);
        for (var column = 0; column < map.Length; column++)
        {
            if (map[column] >= 0 && !_sink.Cell(column, reader.GetSpan(map[column]), CellForm.Text))
            {
                break;
            }
        }

        _sink.End();
    }

    private bool BeginsFooter(CsvReader reader)
    {
        if (_footer is null)
        {
            return false;
        }

        var first = CellText.Trim(reader.GetSpan(0));
        return CellText.Check(first) == CellText.Finding.Untidy
            ? Encoding.UTF8.GetBytes(CellText.Tidy(Encoding.UTF8.GetString(first))).AsSpan().StartsWith(_footer)
            : first.StartsWith(_footer);
    }

    // Called by the reader in the order of the file, before it goes on to the next good row.
    private void Malformed(CsvMalformedRecord record)
    {
        if (record.Reason == CsvMalformedReason.UnterminatedQuote)
        {
            _cutOff = true;
            return;
        }

        if (!_headerRead)
        {
            throw new OpenDataException(
                StagingErrors.BadHeader,
                new LocalText("Dòng tiêu đề có dấu nháy sai.", "The header row has a misplaced quote."));
        }

        if (_inFooter)
        {
            _footerRows++;
            return;
        }

        var rule = record.Reason == CsvMalformedReason.StrayQuote ? StagingRules.StrayQuote : StagingRules.TextAfterQuote;
        _sink.Refuse(_base + record.ByteOffset, null, rule, Encoding.UTF8.GetBytes(record.RawRecord));
    }

    private static OpenDataException CutOff() => new(
        StagingErrors.Truncated,
        new LocalText("Tệp kết thúc giữa một ô có dấu nháy.", "The file ends inside a quoted field."));

    private OpenDataException TooLarge() => new(
        StagingErrors.TooLarge,
        new LocalText(
            $"Một dòng dài hơn {_options.RecordBytesMax} byte hoặc có hơn {_options.ColumnsMax} cột.",
            $"A row is longer than {_options.RecordBytesMax} bytes or has more than {_options.ColumnsMax} columns."));
}
