using System.Buffers.Binary;
using System.Runtime.InteropServices;
using OpenData.Catalogs;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export.Arrow;

/// <summary>Texts of a closed list as 16-bit indexes into a dictionary.</summary>
/// <param name="number">Number of the dictionary in the schema.</param>
/// <param name="contract">The column, with its list.</param>
internal sealed class DictionaryColumn(int number, ColumnContract contract) : ArrowColumn
{
    private readonly Utf8Buffer _indexes = new(capacity: 4096);

    // Where the index of a short text was last found: contracts list short words, and few of them.
    private readonly (UInt128 Text, int IndexPlusOne)[] _recent = new (UInt128, int)[256];
    private readonly TextDictionary _dictionary = new(contract);
    private int _valuesTaken;

    /// <summary>Number of the dictionary in the schema.</summary>
    public int Number => number;

    public override void Append(ref readonly ColumnVector vector, int from, int count, long bytes)
    {
        Nulls.Append(in vector, from, count);
        var length = count * sizeof(short);
        var indexes = MemoryMarshal.Cast<byte, short>(_indexes.Free(length)[..length]);
        for (var i = 0; i < indexes.Length; i++)
        {
            indexes[i] = vector.IsNull(from + i) ? (short)0 : IndexOf(in vector, from + i);
        }

        _indexes.Advance(length);
    }

    public override void Buffers(List<ReadOnlyMemory<byte>> to) => to.Add(_indexes.Written);

    /// <summary>The values as buffers of text when there are more than were taken before; else null.</summary>
    public (int Count, ReadOnlyMemory<byte> Ends, ReadOnlyMemory<byte> Texts)? TakeGrown()
    {
        var values = _dictionary.Values;
        if (values.Count == _valuesTaken)
        {
            return null;
        }

        _valuesTaken = values.Count;
        var ends = new byte[(values.Count + 1) * sizeof(int)];
        var texts = new byte[values.Sum(v => v.Length)];
        var end = 0;
        for (var i = 0; i < values.Count; i++)
        {
            values[i].CopyTo(texts, end);
            end += values[i].Length;
            BinaryPrimitives.WriteInt32LittleEndian(ends.AsSpan((i + 1) * sizeof(int)), end);
        }

        return (values.Count, ends, texts);
    }

    public override void Clear()
    {
        base.Clear();
        _indexes.Clear();
    }

    public override void Dispose() => _indexes.Dispose();

    private short IndexOf(ref readonly ColumnVector vector, int row)
    {
        if (!vector.TryShortText(row, out var bits))
        {
            return _dictionary.IndexOf(vector.Utf8(row));
        }

        ref var recent = ref _recent[(((ulong)bits ^ ((ulong)(bits >> 64) * 31)) * 0x9E3779B97F4A7C15) >> 56];
        if (recent.IndexPlusOne == 0 || recent.Text != bits)
        {
            recent = (bits, _dictionary.IndexOf(vector.Utf8(row)) + 1);
        }

        return (short)(recent.IndexPlusOne - 1);
    }
}
