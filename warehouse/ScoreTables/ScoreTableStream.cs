using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenData.Warehouse.ScoreTables;

/// <summary>Rows as one JSON array, made while they are read: no more than one row is held. A table without rows is an empty array.</summary>
public sealed class ScoreTableStream : Stream
{
    // Read by our own stager only, and never put into HTML.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IEnumerator<ScoreRow> _rows;
    private readonly ArrayBufferWriter<byte> _ready = new();
    private readonly Utf8JsonWriter _json;
    private int _taken;
    private long _written;
    private bool _ended;

    /// <summary>Begins before the first row.</summary>
    public ScoreTableStream(IEnumerable<ScoreRow> rows)
    {
        _rows = rows.GetEnumerator();
        _json = new Utf8JsonWriter(_ready, Plain);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (_taken == _ready.WrittenCount && !_ended)
        {
            Next();
        }

        var count = Math.Min(buffer.Length, _ready.WrittenCount - _taken);
        _ready.WrittenSpan.Slice(_taken, count).CopyTo(buffer);
        _taken += count;
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _json.Dispose();
            _rows.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Next()
    {
        _ready.ResetWrittenCount();
        _taken = 0;
        if (!_rows.MoveNext())
        {
            _ready.Write(_written == 0 ? "[]\n"u8 : "\n]\n"u8);
            _ended = true;
            return;
        }

        _ready.Write(_written++ == 0 ? "[\n"u8 : ",\n"u8);
        _json.Reset();
        _json.WriteStartObject();
        foreach (var (name, text) in _rows.Current.Fields)
        {
            _json.WriteString(name, text);
        }

        _json.WriteEndObject();
        _json.Flush();
    }
}
