namespace OpenData.Warehouse.Staging;

/// <summary>
/// The value of one column in the record under way; overwritten by the next record. Which part holds it follows from the column's type:
/// <see cref="Long"/> booleans (0, 1), integers, days, microseconds; <see cref="Wide"/> decimals and UUIDs; <see cref="Bytes"/> text and WKB;
/// <see cref="Items"/> lists.
/// </summary>
internal sealed class CellValue
{
    private byte[] _bytes = new byte[64];
    private int _length;
    private CellValue[] _items = [];
    private int _itemCount;

    /// <summary>True when there is a value.</summary>
    public bool HasValue { get; private set; }

    public long Long { get; private set; }

    public double Double { get; private set; }

    public Int128 Wide { get; private set; }

    /// <summary>UTF-8 or WKB.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>The values of a list.</summary>
    public ReadOnlySpan<CellValue> Items => _items.AsSpan(0, _itemCount);

    public void SetNull() => HasValue = false;

    public void Set(long value)
    {
        Long = value;
        HasValue = true;
    }

    public void Set(double value)
    {
        Double = value;
        HasValue = true;
    }

    public void Set(Int128 value)
    {
        Wide = value;
        HasValue = true;
    }

    public void Set(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        Commit(value.Length);
    }

    /// <summary>Space for a value of at most that many bytes; follow with <see cref="Commit"/>.</summary>
    public Span<byte> Reserve(int length)
    {
        if (length > _bytes.Length)
        {
            _bytes = new byte[Math.Max(length, _bytes.Length * 2)];
        }

        return _bytes.AsSpan(0, length);
    }

    /// <summary>Makes the value an empty list.</summary>
    public void BeginItems()
    {
        _itemCount = 0;
        HasValue = true;
    }

    /// <summary>Adds a value to the list; it is yet to be set.</summary>
    public CellValue NextItem()
    {
        if (_itemCount == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(8, _items.Length * 2));
        }

        return _items[_itemCount++] ??= new CellValue();
    }

    /// <summary>Makes the first bytes of the reserved space the value.</summary>
    public void Commit(int length)
    {
        _length = length;
        HasValue = true;
    }
}
