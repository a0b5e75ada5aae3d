using System.Security.Cryptography;

namespace OpenData.Portal.Serving;

/// <summary>
/// Writes one file of the cache: forwards only, hashed on the way, and never a byte more than the cache has room for.
/// </summary>
/// <param name="folder">Grants the bytes.</param>
/// <param name="part">The file.</param>
/// <param name="isWaitedFor">Names whose files must not make room.</param>
internal sealed class CacheWriter(CacheFolder folder, FileStream part, Predicate<string> isWaitedFor) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _written;
    private long _granted;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _written;

    public override long Position
    {
        get => _written;
        set => throw new NotSupportedException();
    }

    /// <summary>Lower-case hex hash of everything written so far.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        MakeRoom(buffer.Length);
        try
        {
            part.Write(buffer);
        }
        catch (IOException failed)
        {
            throw CacheErrors.Failed(failed);
        }

        _hash.AppendData(buffer);
        _written += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        // Nothing is held back.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _granted >= 0)
        {
            folder.Return(_granted);
            _granted = -1;
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private void MakeRoom(int bytes)
    {
        if (_written + bytes > folder.FileBytesMax)
        {
            throw CacheErrors.TooLarge();
        }

        var missing = _written + bytes - _granted;
        if (missing > 0)
        {
            _granted += folder.Grant(missing, Math.Max(missing, folder.PieceBytes), isWaitedFor);
        }
    }
}
