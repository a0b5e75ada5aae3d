using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// What comes out of a packed file, watched: its size, its ratio to the packed size, and at the end length and checksum as the archive
/// declares them (the framework does not compare them). Forward only.
/// </summary>
internal sealed class UnpackedStream(Stream inner, IDisposable owner, long packedBytes, (long Length, uint Crc) declared, StagingOptions options) : Stream
{
    private const long RatioMattersFrom = 10 * 1024 * 1024;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Shifted((uint)i, 8))];

    private long _length;
    private uint _crc = uint.MaxValue;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            // The first look must see enough to know a packed file inside.
            read = _length == 0 ? inner.ReadAtLeast(buffer, Math.Min(4, buffer.Length), throwOnEndOfStream: false) : inner.Read(buffer);
        }
        catch (Exception cause) when (cause is InvalidDataException or EndOfStreamException)
        {
            throw PackedInput.Damaged(cause);
        }

        if (read == 0 && buffer.Length > 0)
        {
            CheckEnd();
        }
        else
        {
            Check(buffer[..read]);
        }

        return read;
    }

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
            owner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Check(ReadOnlySpan<byte> piece)
    {
        if (_length == 0 && PackedInput.IsPacked(piece))
        {
            throw PackedInput.Refused();
        }

        _length += piece.Length;
        if (_length > options.UnpackedBytesMax || (_length > RatioMattersFrom && _length / packedBytes > options.UnpackedRatioMax))
        {
            throw new OpenDataException(
                StagingErrors.PackedTooLarge,
                new LocalText("Tệp nén giải ra vượt quá giới hạn.", "The packed file unpacks beyond the bounds."));
        }

        foreach (var b in piece)
        {
            _crc = Table[(byte)(_crc ^ b)] ^ (_crc >> 8);
        }
    }

    private void CheckEnd()
    {
        // Gzip keeps the length in 32 bits.
        if ((uint)declared.Length != (uint)_length || declared.Crc != ~_crc)
        {
            throw PackedInput.Damaged(null);
        }
    }

    private static uint Shifted(uint value, int times)
        => times == 0 ? value : Shifted((value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1, times - 1);
}
