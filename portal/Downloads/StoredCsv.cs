using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Serving;

namespace OpenData.Portal.Downloads;

/// <summary>
/// The plain bytes of a stored gzip, proved whole: GZipStream checks the checksum when it meets the end, but takes a file that breaks
/// off for finished, so the length that gzip keeps at its end is compared too. Reads forwards only; where its length is known it seeks
/// forwards too, by unpacking and passing over, so that a broken download can be resumed.
/// </summary>
internal sealed class StoredCsv : Stream
{
    private const int PassedBytes = 64 * 1024;

    private readonly FileStream _packed;
    private readonly GZipStream _plain;
    private readonly uint _length;
    private readonly long? _plainBytes;
    private long _read;
    private long _wanted;

    /// <summary>Opens the reading; disposing it closes the file.</summary>
    /// <param name="packed">The stored gzip.</param>
    /// <param name="plainBytes">Bytes when unpacked; null when the version does not say.</param>
    public StoredCsv(FileStream packed, long? plainBytes = null)
    {
        _plainBytes = plainBytes;
        _packed = packed;
        Span<byte> tail = stackalloc byte[4];
        RandomAccess.Read(packed.SafeFileHandle, tail, Math.Max(0, packed.Length - tail.Length));
        _length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        _plain = new GZipStream(packed, CompressionMode.Decompress);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => _plainBytes is not null;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => _plainBytes ?? throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => _wanted;
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <inheritdoc/>
    /// <exception cref="OpenDataException">OD9035: the stored file is damaged; what was read so far is not the version.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await PassOverAsync(cancellationToken);
        var count = await UnpackAsync(buffer, cancellationToken);
        _wanted += count;
        return count;
    }

    private async ValueTask PassOverAsync(CancellationToken token)
    {
        if (_read == _wanted)
        {
            return;
        }

        var passed = ArrayPool<byte>.Shared.Rent(PassedBytes);
        try
        {
            while (_read < _wanted
                && await UnpackAsync(passed.AsMemory(0, (int)Math.Min(passed.Length, _wanted - _read)), token) > 0)
            {
                // Unpacked and thrown away.
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(passed);
        }
    }

    private async ValueTask<int> UnpackAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int count;
        try
        {
            count = await _plain.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException broken)
        {
            throw ServedData.Damaged(broken);
        }

        // Gzip keeps the length modulo 2^32.
        _read += count;
        return count > 0 || buffer.IsEmpty || unchecked((uint)_read) == _length ? count : throw ServedData.Damaged(null);
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin)
    {
        var to = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _wanted + offset,
            _ => Length + offset,
        };
        if (!CanSeek || to < _read)
        {
            throw new NotSupportedException("A gzip is unpacked forwards only.");
        }

        _wanted = to;
        return to;
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is written.
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _plain.Dispose();
            _packed.Dispose();
        }

        base.Dispose(disposing);
    }
}
