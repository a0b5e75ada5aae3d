using System.Buffers;

namespace OpenData.Warehouse.Export;

/// <summary>A growing byte buffer that writers fill and a pump empties; rented, so that an export allocates almost nothing.</summary>
public sealed class Utf8Buffer : IDisposable
{
    private byte[] _bytes;
    private int _length;

    /// <summary>Rents the buffer.</summary>
    /// <param name="capacity">First size in bytes.</param>
    public Utf8Buffer(int capacity = 512 * 1024) => _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>Bytes written so far.</summary>
    public int Length => _length;

    /// <summary>What was written since the last <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>At least <paramref name="size"/> free bytes; call <see cref="Advance"/> with what was used.</summary>
    public Span<byte> Free(int size)
    {
        if (_bytes.Length - _length < size)
        {
            Grow(size);
        }

        return _bytes.AsSpan(_length);
    }

    /// <summary>Counts bytes that the caller put into <see cref="Free"/>.</summary>
    public void Advance(int count) => _length += count;

    /// <summary>Appends one byte.</summary>
    public void Append(byte value)
    {
        if (_length == _bytes.Length)
        {
            Grow(1);
        }

        _bytes[_length++] = value;
    }

    /// <summary>Appends bytes.</summary>
    public void Append(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Free(value.Length));
        _length += value.Length;
    }

    /// <summary>Forgets what was written; keeps the memory.</summary>
    public void Clear() => _length = 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
            _length = 0;
        }
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(_length + size), _bytes.Length * 2));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
