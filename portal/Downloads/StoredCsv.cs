using System.Buffers.Binary;
using System.IO.Compression;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;

namespace OpenData.Portal.Downloads;

/// <summary>
/// The plain bytes of a stored gzip, proved whole: GZipStream checks the checksum when it meets the end, but takes a file that breaks
/// off for finished, so the length that gzip keeps at its end is compared too. Forward reading only.
/// </summary>
internal sealed class StoredCsv : Stream
{
    private readonly FileStream _packed;
    private readonly GZipStream _plain;
    private readonly uint _length;
    private uint _read;

    /// <summary>Opens the reading; disposing it closes the file.</summary>
    public StoredCsv(FileStream packed)
    {
        _packed = packed;
        Span<byte> tail = stackalloc byte[4];
        RandomAccess.Read(packed.SafeFileHandle, tail, Math.Max(0, packed.Length - tail.Length));
        _length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        _plain = new GZipStream(packed, CompressionMode.Decompress);
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
    /// <exception cref="OpenDataException">OD9035: the stored file is damaged; what was read so far is not the version.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        try
        {
            count = await _plain.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException broken)
        {
            throw Damaged(broken);
        }

        // Gzip keeps the length modulo 2^32, and so does the sum.
        _read = unchecked(_read + (uint)count);
        return count > 0 || buffer.IsEmpty || _read == _length ? count : throw Damaged(null);
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

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

    private static OpenDataException Damaged(Exception? inner) => new(
        PortalErrors.DamagedVersion,
        new LocalText("Tệp của phiên bản này bị hỏng trên đĩa.", "The file of this version is damaged on disk."),
        inner: inner);
}
