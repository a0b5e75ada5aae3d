using System.Text.Encodings.Web;
using System.Text.Json;
using OpenData.Warehouse.Staging;

namespace OpenData.Warehouse.Landing;

/// <summary>
/// Writes the records of a dataset with personal columns without those columns: one JSON array with an object a record, whose last element
/// tells hash, length and independent count of the original. A record that cannot be split keeps its place and rule only.
/// </summary>
internal sealed class RecordCleaner : IRecordSink, IDisposable
{
    private const int FlushBytes = 64 * 1024;

    private readonly Utf8JsonWriter _writer;
    private readonly RecordShape _shape;
    private readonly Stream _stream;
    private bool _refused;

    public RecordCleaner(RecordShape shape, Stream stream)
    {
        _shape = shape;
        _stream = stream;
        _writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        _writer.WriteStartArray();
    }

    public void Begin(long byteOffset)
    {
        _refused = false;
        Start(byteOffset);
    }

    public bool Cell(int column, ReadOnlySpan<byte> value, CellForm form)
    {
        if (_refused)
        {
            return false;
        }

        _writer.WritePropertyName(_shape.Columns[column].Name);
        switch (form)
        {
            case CellForm.Text:
                _writer.WriteStringValue(value);
                break;
            case CellForm.Iso:
                _writer.WriteStartObject();
                _writer.WriteString("_iso"u8, value);
                _writer.WriteEndObject();
                break;
            case CellForm.Null:
                _writer.WriteNullValue();
                break;
            case CellForm.True or CellForm.False:
                _writer.WriteBooleanValue(form == CellForm.True);
                break;
            default:
                _writer.WriteRawValue(value, skipInputValidation: true);
                break;
        }

        return true;
    }

    public void Fault(int column, string rule, ReadOnlySpan<byte> text)
    {
        if (!_refused)
        {
            _refused = true;
            _writer.WriteString("_rule", rule);
            _writer.WriteString("_column", _shape.Columns[column].Name);
        }
    }

    public void End()
    {
        _writer.WriteEndObject();
        if (_writer.BytesPending > FlushBytes)
        {
            _writer.Flush();
        }
    }

    /// <summary>The text may hold personal fields in unknown places, so nothing of it is kept.</summary>
    public void Refuse(long byteOffset, string? column, string rule, ReadOnlySpan<byte> text)
    {
        Start(byteOffset);
        _writer.WriteString("_rule", rule);
        End();
    }

    /// <summary>Writes the closing element and flushes.</summary>
    /// <param name="original">Hash and length of what the source sent.</param>
    /// <param name="counted">Its records by the independent counter.</param>
    public void Complete((string Sha256, long Length) original, long counted)
    {
        _writer.WriteStartObject();
        _writer.WriteString("_original_sha256", original.Sha256);
        _writer.WriteNumber("_original_length", original.Length);
        _writer.WriteNumber("_counted", counted);
        _writer.WriteEndObject();
        _writer.WriteEndArray();
        _writer.Flush();
        _stream.Flush();
    }

    public void Dispose() => _writer.Dispose();

    private void Start(long byteOffset)
    {
        _writer.WriteStartObject();
        _writer.WriteNumber("_byte", byteOffset);
    }
}
