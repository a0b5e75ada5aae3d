using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export.Arrow;

/// <summary>Values of one width.</summary>
/// <typeparam name="T">As they lie in Arrow's buffer.</typeparam>
/// <param name="fill">Reads rows of a vector.</param>
internal sealed class FixedColumn<T>(FixedColumn<T>.Fill fill) : ArrowColumn
    where T : unmanaged
{
    private readonly Utf8Buffer _values = new(capacity: 4096);

    /// <summary>Reads as many rows as there is room for; a null becomes zero.</summary>
    public delegate void Fill(ref readonly ColumnVector vector, int from, Span<T> to);

    /// <summary>Takes the values as they lie.</summary>
    public static void Copy(ref readonly ColumnVector vector, int from, Span<T> to)
    {
        vector.Values<T>().Slice(from, to.Length).CopyTo(to);
        ClearNulls(in vector, from, to);
    }

    /// <summary>Puts zero where a row has no value.</summary>
    public static void ClearNulls(ref readonly ColumnVector vector, int from, Span<T> values)
    {
        var validity = vector.Validity;
        for (var i = 0; i < values.Length && !validity.IsEmpty;)
        {
            var bit = (from + i) & 63;
            var length = Math.Min(64 - bit, values.Length - i);
            var missing = ~validity[(from + i) >> 6] >> bit << (64 - length) >> (64 - length);
            for (; missing != 0; missing &= missing - 1)
            {
                values[i + BitOperations.TrailingZeroCount(missing)] = default;
            }

            i += length;
        }
    }

    public override void Append(ref readonly ColumnVector vector, int from, int count, long bytes)
    {
        Nulls.Append(in vector, from, count);
        var length = count * Unsafe.SizeOf<T>();
        fill(in vector, from, MemoryMarshal.Cast<byte, T>(_values.Free(length)[..length]));
        _values.Advance(length);
    }

    public override void Buffers(List<ReadOnlyMemory<byte>> to) => to.Add(_values.Written);

    public override void Clear()
    {
        base.Clear();
        _values.Clear();
    }

    public override void Dispose() => _values.Dispose();
}
