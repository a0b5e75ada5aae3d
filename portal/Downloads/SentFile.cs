using Microsoft.Win32.SafeHandles;

namespace OpenData.Portal.Downloads;

/// <summary>
/// A file on its way into an answer. The framework decides what of it is sent (ranges, 304, HEAD) and sets the length; at its first reading
/// that much goes from the file straight into the answer's own memory, in pieces of a megabyte. The framework's copying
/// by 64 KiB costs a second copy and a change of threads each time. Benchmark <c>serve-file</c>.
/// </summary>
/// <param name="file">The file; disposed with this.</param>
/// <param name="response">The answer.</param>
internal sealed class SentFile(FileStream file, HttpResponse response) : Stream
{
    private const int PieceBytes = 1024 * 1024;

    private long _position;
    private bool _sent;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    public override long Seek(long offset, SeekOrigin origin) => _position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_sent)
        {
            _sent = true;
            await SendAsync(file.SafeFileHandle, response.ContentLength ?? Length, cancellationToken);
        }

        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
        // Nothing is written here.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task SendAsync(SafeFileHandle handle, long left, CancellationToken token)
    {
        var writer = response.BodyWriter;
        while (left > 0)
        {
            // Reading asynchronously would keep a thread busy just the same, only another one.
            var room = writer.GetMemory(PieceBytes);
            var read = RandomAccess.Read(handle, room.Span[..(int)Math.Min(room.Length, left)], _position);
            if (read == 0)
            {
                throw new EndOfStreamException("The file is shorter than when it was opened.");
            }

            writer.Advance(read);
            _position += read;
            left -= read;
            if ((await writer.FlushAsync(token)).IsCompleted)
            {
                return;
            }
        }
    }
}
