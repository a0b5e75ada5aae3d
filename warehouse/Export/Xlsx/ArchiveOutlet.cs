namespace OpenData.Warehouse.Export;

/// <summary>
/// Where a ZIP writer, which knows only blocking streams, leaves its bytes until they are sent on without blocking. Once cut, whatever comes
/// goes nowhere: letting go of a half-written archive must not give it the directory that would make it look whole.
/// </summary>
internal sealed class ArchiveOutlet(Stream target) : Stream
{
    private readonly Utf8Buffer _pending = new();
    private bool _isCut;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Sends on what has come.</summary>
    public async Task SendAsync(CancellationToken token)
    {
        if (_pending.Length > 0)
        {
            await target.WriteAsync(_pending.Written, token);
            _pending.Clear();
        }
    }

    /// <summary>From now on nothing more is taken.</summary>
    public void Cut()
    {
        _isCut = true;
        _pending.Clear();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!_isCut)
        {
            _pending.Append(buffer);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Sending is the caller's, who can wait for the target without blocking.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _pending.Dispose();
        }

        base.Dispose(disposing);
    }
}
