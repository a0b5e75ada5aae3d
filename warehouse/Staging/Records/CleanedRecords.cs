using System.Text.Json;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// Reads what <see cref="Landing.RecordCleaner"/> wrote: an object a record with public columns by name and <c>_byte</c>, or
/// <c>_rule</c> for a record that could not be split; the last element is about the original.
/// </summary>
internal sealed class CleanedRecords(RecordShape shape, StagingOptions options, IRecordSink sink)
{
    private readonly Dictionary<string, int> _columns =
        shape.Columns.Select((c, i) => (c.Name, i)).ToDictionary(c => c.Name, c => c.i, StringComparer.Ordinal);

    private byte[] _text = new byte[256];

    /// <summary>Reads one file; returns its records by the independent counter of the original, as the last element has it.</summary>
    public long Read(Func<Stream> open, CancellationToken token)
    {
        using var stream = open();
        var cursor = new JsonCursor(stream, options.RecordBytesMax * 2);
        long counted = -1;
        long records = 0;
        if (!cursor.Read() || cursor.Token != JsonTokenType.StartArray)
        {
            throw Damaged();
        }

        while (cursor.NextElement(out var element, out _))
        {
            if (counted >= 0)
            {
                throw Damaged();
            }

            if (element.StartsWith("{\"_original_sha256\""u8))
            {
                counted = Counted(element);
                continue;
            }

            if ((++records & 0xFFF) == 0)
            {
                token.ThrowIfCancellationRequested();
            }

            Record(element);
        }

        return counted >= 0 ? counted : throw Damaged();
    }

    private static long Counted(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("_counted"u8) && reader.Read())
            {
                return reader.GetInt64();
            }
        }

        throw Damaged();
    }

    private void Record(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        long offset = -1;
        string? rule = null;
        string? column = null;
        var begun = false;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "_byte":
                    offset = reader.GetInt64();
                    break;
                case "_rule":
                    rule = reader.GetString();
                    break;
                case "_column":
                    column = reader.GetString();
                    break;
                default:
                    if (!begun && rule is null)
                    {
                        sink.Begin(offset);
                        begun = true;
                    }

                    Cell(ref reader, json, name, rule);
                    break;
            }
        }

        if (rule is not null && !begun)
        {
            sink.Refuse(offset, column, rule, default);
            return;
        }

        if (!begun)
        {
            sink.Begin(offset);
        }

        if (rule is not null && column is not null)
        {
            sink.Fault(_columns[column], rule, default);
        }

        sink.End();
    }

    private void Cell(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, string name, string? rule)
    {
        if (rule is not null || !_columns.TryGetValue(name, out var column))
        {
            reader.Skip();
            return;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                sink.Cell(column, Text(ref reader), CellForm.Text);
                break;
            case JsonTokenType.Number:
                sink.Cell(column, reader.ValueSpan, CellForm.Number);
                break;
            case JsonTokenType.True:
                sink.Cell(column, reader.ValueSpan, CellForm.True);
                break;
            case JsonTokenType.False:
                sink.Cell(column, reader.ValueSpan, CellForm.False);
                break;
            case JsonTokenType.Null:
                sink.Cell(column, default, CellForm.Null);
                break;
            default:
                var start = (int)reader.TokenStartIndex;
                var whole = reader;
                whole.Skip();
                var raw = json[start..(int)whole.BytesConsumed];
                if (raw.StartsWith("{\"_iso\":"u8))
                {
                    reader.Read();
                    reader.Read();
                    sink.Cell(column, reader.ValueSpan, CellForm.Iso);
                    reader.Read();
                }
                else
                {
                    reader.Skip();
                    sink.Cell(column, raw, CellForm.Composite);
                }

                break;
        }
    }

    private ReadOnlySpan<byte> Text(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        if (_text.Length < reader.ValueSpan.Length)
        {
            _text = new byte[reader.ValueSpan.Length * 2];
        }

        return _text.AsSpan(0, reader.CopyString(_text));
    }

    private static OpenDataException Damaged() => new(
        StagingErrors.LandingDamaged,
        new LocalText("Tệp đã lọc không đúng dạng; hãy tải lại.", "The cleaned file is not in its form; fetch it again."));
}
