using System.Buffers.Binary;
using System.Text;

namespace OpenData.Warehouse.Export.Arrow;

/// <summary>
/// Builds one FlatBuffers message, the encoding of Arrow's metadata. It grows from its end towards its start, so what is referred to is
/// written before what refers to it; a place is named by its distance from the end.
/// </summary>
internal sealed class FlatBuffer
{
    /// <summary>Alignment of the whole, and of 64-bit numbers in it.</summary>
    private const int Alignment = 8;

    private byte[] _bytes = new byte[1024];
    private int _used;
    private int[] _slots = [];
    private int _tableStart;

    /// <summary>Ends the message; its length is a multiple of eight.</summary>
    /// <param name="root">The outermost table.</param>
    public ReadOnlyMemory<byte> Finish(int root)
    {
        Prepare(Alignment, sizeof(int));
        PutReference(root);
        return _bytes.AsMemory(_bytes.Length - _used);
    }

    /// <summary>Writes a text.</summary>
    public int Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Prepare(sizeof(int), length + 1);
        _used += length + 1;
        Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_bytes.Length - _used));
        Put(length);
        return _used;
    }

    /// <summary>Writes a vector of references.</summary>
    public int References(ReadOnlySpan<int> places)
    {
        Prepare(sizeof(int), places.Length * sizeof(int));
        for (var i = places.Length - 1; i >= 0; i--)
        {
            PutReference(places[i]);
        }

        Put(places.Length);
        return _used;
    }

    /// <summary>Writes a vector of structs that are made of 64-bit numbers.</summary>
    /// <param name="numbers">The numbers of all structs, in order.</param>
    /// <param name="perStruct">Numbers of one struct.</param>
    public int Structs(ReadOnlySpan<long> numbers, int perStruct)
    {
        Prepare(sizeof(int), numbers.Length * sizeof(long));
        Prepare(Alignment, numbers.Length * sizeof(long));
        for (var i = numbers.Length - 1; i >= 0; i--)
        {
            Put(numbers[i]);
        }

        Put(numbers.Length / perStruct);
        return _used;
    }

    /// <summary>Begins a table; add its fields, then <see cref="EndTable"/>. Tables do not nest: write inner ones before.</summary>
    /// <param name="slots">Number of fields that the schema of the table has, up to the last one used.</param>
    public FlatBuffer BeginTable(int slots)
    {
        _slots = new int[slots];
        _tableStart = _used;
        return this;
    }

    /// <summary>Adds a truth value or a small number.</summary>
    public FlatBuffer Byte(int slot, byte value)
    {
        Prepare(1, 0);
        _bytes[^(++_used)] = value;
        return Filled(slot);
    }

    /// <summary>Adds a 16-bit number.</summary>
    public FlatBuffer Int16(int slot, short value)
    {
        Prepare(sizeof(short), 0);
        Put(value);
        return Filled(slot);
    }

    /// <summary>Adds a 32-bit number.</summary>
    public FlatBuffer Int32(int slot, int value)
    {
        Prepare(sizeof(int), 0);
        Put(value);
        return Filled(slot);
    }

    /// <summary>Adds a 64-bit number.</summary>
    public FlatBuffer Int64(int slot, long value)
    {
        Prepare(sizeof(long), 0);
        Put(value);
        return Filled(slot);
    }

    /// <summary>Adds a reference to a text, a vector or a table; nothing when there is none.</summary>
    public FlatBuffer Reference(int slot, int? place)
    {
        if (place is not { } target)
        {
            return this;
        }

        Prepare(sizeof(int), 0);
        PutReference(target);
        return Filled(slot);
    }

    /// <summary>Ends the table and gives its place.</summary>
    public int EndTable()
    {
        Prepare(sizeof(int), 0);
        Put(0);
        var table = _used;
        Prepare(sizeof(short), (_slots.Length + 2) * sizeof(short));
        for (var i = _slots.Length - 1; i >= 0; i--)
        {
            Put((short)(_slots[i] == 0 ? 0 : table - _slots[i]));
        }

        Put((short)(table - _tableStart));
        Put((short)((_slots.Length + 2) * sizeof(short)));
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_bytes.Length - table), _used - table);
        return table;
    }

    private FlatBuffer Filled(int slot)
    {
        _slots[slot] = _used;
        return this;
    }

    private void Put(short value) => BinaryPrimitives.WriteInt16LittleEndian(Next(sizeof(short)), value);

    private void Put(int value) => BinaryPrimitives.WriteInt32LittleEndian(Next(sizeof(int)), value);

    private void Put(long value) => BinaryPrimitives.WriteInt64LittleEndian(Next(sizeof(long)), value);

    private void PutReference(int place) => Put(_used + sizeof(int) - place);

    private Span<byte> Next(int size)
    {
        _used += size;
        return _bytes.AsSpan(_bytes.Length - _used, size);
    }

    // Pads so that what follows ends at a multiple of its alignment, and makes room for it. Room is zero from the start: it is padding.
    private void Prepare(int alignment, int following)
    {
        var padding = -(_used + following) & (alignment - 1);
        var needed = _used + padding + following + sizeof(long);
        if (needed > _bytes.Length)
        {
            var larger = new byte[Math.Max(needed, _bytes.Length * 2)];
            _bytes.AsSpan(_bytes.Length - _used).CopyTo(larger.AsSpan(larger.Length - _used));
            _bytes = larger;
        }

        _used += padding;
    }
}
