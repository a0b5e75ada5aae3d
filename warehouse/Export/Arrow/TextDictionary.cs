using System.Buffers.Binary;
using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Export.Arrow;

/// <summary>
/// The values of a column that the contract lists, in its order, and behind them every other value that turns up: rows of an older version
/// of the contract may hold some. Values only ever join at the end, so an index once given stays right.
/// </summary>
internal sealed class TextDictionary
{
    private const int CountMax = short.MaxValue + 1;

    // A list has short values; a column of essays must not fill the memory.
    private const int BytesMax = 16 << 20;

    private readonly string _column;
    private readonly List<byte[]> _values = [];

    // Open addressing, at most half full; a slot holds an index plus one.
    private int[] _slots = new int[16];
    private int _bytes;

    /// <summary>Makes the dictionary with the listed values in it.</summary>
    public TextDictionary(ColumnContract column)
    {
        _column = column.Name;
        foreach (var value in column.OneOf ?? [])
        {
            IndexOf(Encoding.UTF8.GetBytes(value));
        }
    }

    /// <summary>The values by index.</summary>
    public IReadOnlyList<byte[]> Values => _values;

    /// <summary>The index of a value, which joins when it is new.</summary>
    /// <exception cref="OpenDataException">OD1311 there are too many values.</exception>
    public short IndexOf(ReadOnlySpan<byte> value)
    {
        var hash = Hash(value);
        for (var slot = hash & (_slots.Length - 1); ; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (_slots[slot] == 0)
            {
                return Add(value.ToArray(), slot);
            }

            var index = _slots[slot] - 1;
            if (value.SequenceEqual(_values[index]))
            {
                return (short)index;
            }
        }
    }

    // Eight bytes at a time, the last eight or four once more: no byte is left out and none is looked at alone but in the shortest texts.
    private static int Hash(ReadOnlySpan<byte> value)
    {
        var hash = (ulong)value.Length;
        if (value.Length >= sizeof(ulong))
        {
            for (var rest = value; rest.Length > sizeof(ulong); rest = rest[sizeof(ulong)..])
            {
                hash = Mixed(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(rest));
            }

            hash ^= BinaryPrimitives.ReadUInt64LittleEndian(value[^sizeof(ulong)..]);
        }
        else if (value.Length >= sizeof(uint))
        {
            hash ^= ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(value) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(value[^sizeof(uint)..]);
        }
        else
        {
            foreach (var letter in value)
            {
                hash = (hash << 8) | letter;
            }
        }

        return (int)(Mixed(hash) >> 33);
    }

    private static ulong Mixed(ulong bits) => (bits ^ (bits >> 32)) * 0x9E3779B97F4A7C15;

    private short Add(byte[] value, int slot)
    {
        if (_values.Count == CountMax || value.Length > BytesMax - _bytes)
        {
            throw new OpenDataException(ExportErrors.TooManyValues, new LocalText(
                $"Cột {_column} có quá nhiều giá trị khác nhau hoặc quá dài, trong khi hợp đồng liệt kê giá trị của nó; hãy dùng CSV hoặc Parquet.",
                $"Column {_column} holds too many or too long different values although the contract lists them; take CSV or Parquet."));
        }

        _bytes += value.Length;
        _values.Add(value);
        _slots[slot] = _values.Count;
        if (_values.Count * 2 > _slots.Length)
        {
            Widen();
        }

        return (short)(_values.Count - 1);
    }

    private void Widen()
    {
        _slots = new int[_slots.Length * 2];
        for (var index = 0; index < _values.Count; index++)
        {
            var slot = Hash(_values[index]) & (_slots.Length - 1);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = index + 1;
        }
    }
}
