using OpenData.Catalogs.Errors;

namespace OpenData.Ingest.Sources;

/// <summary>
/// A body as it arrives, watched: its size, the time between two pieces and in all, its declared length, and whether it begins like
/// an HTML page. Every breach is a named failure thrown from the read.
/// </summary>
internal sealed class GuardedStream(Stream inner, long? declaredBytes, long bytesMax, TimeSpan readLimit, DateTimeOffset deadline, TimeProvider clock)
    : Stream
{
    private const int HeadBytes = 256;

    private readonly byte[] _head = new byte[HeadBytes];
    private long _bytes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _bytes;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await LimitedReadAsync(buffer, cancellationToken);
        Check(buffer.Span[..count], buffer.Length > 0);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Blocking readers (the landing copies on its own thread) wait on the same watched read.
    public override int Read(byte[] buffer, int offset, int count)
        => ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> LimitedReadAsync(Memory<byte> buffer, CancellationToken token)
    {
        var left = deadline - clock.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            throw Late();
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(left < readLimit ? left : readLimit);
        try
        {
            return await inner.ReadAsync(buffer, limit.Token);
        }
        catch (OperationCanceledException e) when (!token.IsCancellationRequested)
        {
            // The end of the time for the whole body is no silence: to ask again would take as long again.
            throw left < readLimit ? Late() : (Exception)SourceFailure.TooSlow(readLimit, e);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw Truncated(e);
        }
    }

    private static OpenDataException Late()
        => SourceFailure.Of(SourceErrors.TooSlow, "Dữ liệu đến quá chậm.", "The body took longer than its limit.");

    private void Check(ReadOnlySpan<byte> piece, bool asked)
    {
        if (piece.Length == 0)
        {
            if (asked)
            {
                CheckEnd();
            }

            return;
        }

        if (_bytes < HeadBytes)
        {
            var taken = Math.Min(piece.Length, HeadBytes - (int)_bytes);
            piece[..taken].CopyTo(_head.AsSpan((int)_bytes));
            CheckHtml((int)_bytes + taken);
        }

        _bytes += piece.Length;
        if (_bytes > bytesMax)
        {
            throw SourceFailure.TooLarge(bytesMax);
        }
    }

    private void CheckEnd()
    {
        if (_bytes == 0)
        {
            throw SourceFailure.Of(SourceErrors.Empty, "Nguồn không gửi byte nào.", "The source sent not one byte.");
        }

        if (declaredBytes is { } declared && declared != _bytes)
        {
            throw Truncated(null);
        }
    }

    private void CheckHtml(int count)
    {
        if (HtmlHead.IsHtml(_head.AsSpan(0, count)))
        {
            throw SourceFailure.Html();
        }
    }

    private static TransientSourceException Truncated(Exception? inner) => SourceFailure.Transient(
        SourceErrors.Truncated,
        "Dữ liệu kết thúc trước độ dài đã khai báo.",
        "The body ended before its declared length.",
        inner);
}
