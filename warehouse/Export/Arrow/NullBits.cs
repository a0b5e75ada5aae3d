using System.Numerics;
using System.Runtime.InteropServices;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export.Arrow;

/// <summary>Which rows of a column have a value, one bit each, lowest first: DuckDB's layout and Arrow's are the same.</summary>
internal sealed class NullBits
{
    // Whole 64-bit words.
    private byte[] _bytes = new byte[32];
    private int _rows;

    /// <summary>Rows without a value.</summary>
    public int NullCount { get; private set; }

    /// <summary>The bits; empty when every row has a value, which readers take for just that.</summary>
    public ReadOnlyMemory<byte> Written => NullCount == 0 ? default : _bytes.AsMemory(0, (_rows + 7) / 8);

    /// <summary>Adds rows of a vector.</summary>
    public void Append(ref readonly ColumnVector vector, int from, int count)
    {
        var needed = ((_rows + count + 63) / 64) * sizeof(ulong);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
        }

        var validity = vector.Validity;
        var words = MemoryMarshal.Cast<byte, ulong>(_bytes.AsSpan());
        for (var done = 0; done < count; done += 64)
        {
            var length = Math.Min(64, count - done);
            var word = (validity.IsEmpty ? ulong.MaxValue : Word(validity, from + done)) & (ulong.MaxValue >> (64 - length));
            NullCount += length - BitOperations.PopCount(word);
            Put(words, word, length);
        }
    }

    /// <summary>Forgets the rows.</summary>
    public void Clear()
    {
        _bytes.AsSpan().Clear();
        _rows = 0;
        NullCount = 0;
    }

    private static ulong Word(ReadOnlySpan<ulong> validity, int bit)
    {
        var (index, shift) = (bit >> 6, bit & 63);
        var low = validity[index] >> shift;
        return shift == 0 || index + 1 == validity.Length ? low : low | (validity[index + 1] << (64 - shift));
    }

    private void Put(Span<ulong> words, ulong word, int length)
    {
        var (index, shift) = (_rows >> 6, _rows & 63);
        words[index] |= word << shift;
        if (shift + length > 64)
        {
            words[index + 1] |= word >> (64 - shift);
        }

        _rows += length;
    }
}
