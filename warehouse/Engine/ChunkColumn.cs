using System.Runtime.CompilerServices;
using System.Text.Unicode;
using DuckDB.NET.Native;

namespace OpenData.Warehouse.Engine;

/// <summary>The setters of one column of a <see cref="ChunkAppender"/>; each checks that it fits the column's kind.</summary>
public sealed unsafe class ChunkColumn
{
    private const int StringBytes = 16;
    private const int InlineBytesMax = 12;

    private readonly ResultColumn _column;
    private readonly ChunkColumn? _items;
    private readonly int _size;
    private readonly Int128 _decimalLimit;
    private IntPtr _vector;
    private byte* _data;
    private ulong* _validity;

    // Rows that may be set: those of a chunk, or the values that lists have room for.
    private int _rows = ChunkAppender.ChunkRows;

    internal ChunkColumn(ResultColumn column)
    {
        _column = column;
        _items = column.Item is { } item ? new ChunkColumn(item) { _rows = 0 } : null;
        _size = DuckDbTypes.SizeOf(column.Kind);
        _decimalLimit = PowerOfTen(column.Precision);
    }

    /// <summary>How the column's values lie in memory.</summary>
    public PhysicalKind Kind => _column.Kind;

    /// <summary>Digits after the point of a decimal column; else 0.</summary>
    public int Scale => _column.Scale;

    /// <summary>Leaves the row without a value.</summary>
    public void SetNull(int row)
    {
        if (_validity is null)
        {
            NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(_vector);
            _validity = NativeMethods.Vectors.DuckDBVectorGetValidity(_vector);
        }

        _validity[CheckedRow(row) >> 6] &= ~(1UL << (row & 63));
    }

    /// <summary>Sets a BOOLEAN.</summary>
    public void SetBool(int row, bool value) => Set(row, value ? (byte)1 : (byte)0, Kind == PhysicalKind.Boolean);

    /// <summary>Sets a BIGINT, a TIME or a TIMESTAMP (microseconds); an INTEGER when it fits.</summary>
    public void SetInt64(int row, long value)
    {
        if (Kind == PhysicalKind.Int32)
        {
            Set(row, checked((int)value), fits: true);
            return;
        }

        Set(row, value, Kind is PhysicalKind.Int64 or PhysicalKind.Time or PhysicalKind.Timestamp);
    }

    /// <summary>Sets an INTEGER or a DATE (days since 1970-01-01).</summary>
    public void SetInt32(int row, int value) => Set(row, value, Kind is PhysicalKind.Int32 or PhysicalKind.Date);

    /// <summary>Sets a DOUBLE.</summary>
    public void SetDouble(int row, double value) => Set(row, value, Kind == PhysicalKind.Double);

    /// <summary>Sets a DECIMAL by all its digits as a whole number; the scale is the column's.</summary>
    /// <exception cref="OverflowException">More digits than the column has.</exception>
    public void SetDecimal(int row, Int128 unscaled)
    {
        if (unscaled >= _decimalLimit || unscaled <= -_decimalLimit)
        {
            throw new OverflowException($"{unscaled} has more than {_column.Precision} digits.");
        }

        switch (Kind)
        {
            case PhysicalKind.Decimal16:
                Set(row, (short)unscaled, fits: true);
                break;
            case PhysicalKind.Decimal32:
                Set(row, (int)unscaled, fits: true);
                break;
            case PhysicalKind.Decimal64:
                Set(row, (long)unscaled, fits: true);
                break;
            default:
                Set(row, unscaled, Kind == PhysicalKind.Decimal128);
                break;
        }
    }

    /// <summary>Sets a VARCHAR.</summary>
    /// <exception cref="ArgumentException">The bytes are not UTF-8.</exception>
    public void SetUtf8(int row, ReadOnlySpan<byte> text)
    {
        Require(Kind == PhysicalKind.Utf8, nameof(SetUtf8));
        if (!Utf8.IsValid(text))
        {
            throw new ArgumentException("The text is not valid UTF-8.", nameof(text));
        }

        SetBytes(row, text);
    }

    /// <summary>Sets a BLOB.</summary>
    public void SetBlob(int row, ReadOnlySpan<byte> bytes)
    {
        Require(Kind == PhysicalKind.Blob, nameof(SetBlob));
        SetBytes(row, bytes);
    }

    /// <summary>Sets a UUID.</summary>
    public void SetGuid(int row, Guid value) => Set(row, EngineUuid.Stored(value), Kind == PhysicalKind.Uuid);

    /// <summary>Sets a list: the values are then set in <paramref name="items"/>, each of them, at <paramref name="from"/> and the rows behind it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="count">How many values the list has.</param>
    /// <param name="items">Setters of the values; the object stays the same for the appender's life.</param>
    /// <param name="from">Place of the first value.</param>
    public void SetList(int row, int count, out ChunkColumn items, out int from)
    {
        items = _items ?? throw new InvalidOperationException($"{nameof(SetList)} does not fit a column of kind {Kind}.");
        from = items._rows;
        Set(row, ((UInt128)(uint)count << 64) | (uint)from, fits: true);
        items.Grow(_vector, checked(from + count));
    }

    internal void Bind(IntPtr vector)
    {
        _vector = vector;
        _data = (byte*)NativeMethods.Vectors.DuckDBVectorGetData(vector);
        _validity = null;

        // A cell that nobody sets must not be what an earlier chunk left: a stale string pointer would be read.
        new Span<byte>(_data, ChunkAppender.ChunkRows * _size).Clear();
        _items?._rows = 0;
    }

    // Room moves when it grows, and what is in it moves along.
    private void Grow(IntPtr lists, int rows)
    {
        var done = NativeMethods.Vectors.DuckDBListVectorReserve(lists, (ulong)rows).IsSuccess()
            && NativeMethods.Vectors.DuckDBListVectorSetSize(lists, (ulong)rows).IsSuccess();
        if (!done)
        {
            throw new InvalidOperationException($"DuckDB has no room for {rows} values of lists.");
        }

        _vector = NativeMethods.Vectors.DuckDBListVectorGetChild(lists);
        _data = (byte*)NativeMethods.Vectors.DuckDBVectorGetData(_vector);
        _validity = null;
        new Span<byte>(_data + ((long)_rows * _size), (rows - _rows) * _size).Clear();
        _rows = rows;
    }

    private static Int128 PowerOfTen(int exponent)
    {
        var power = Int128.One;
        for (var digit = 0; digit < exponent; digit++)
        {
            power *= 10;
        }

        return power;
    }

    private int CheckedRow(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)_rows, nameof(row));
        return row;
    }

    private void Set<T>(int row, T value, bool fits, [CallerMemberName] string setter = "")
        where T : unmanaged
    {
        Require(fits, setter);
        Unsafe.WriteUnaligned(_data + ((long)CheckedRow(row) * sizeof(T)), value);
    }

    // Short strings lie in the vector itself; only longer ones need DuckDB to keep their bytes.
    private void SetBytes(int row, ReadOnlySpan<byte> bytes)
    {
        var cell = _data + ((long)CheckedRow(row) * StringBytes);
        if (bytes.Length <= InlineBytesMax)
        {
            new Span<byte>(cell, StringBytes).Clear();
            *(int*)cell = bytes.Length;
            bytes.CopyTo(new Span<byte>(cell + 4, InlineBytesMax));
            return;
        }

        fixed (byte* first = bytes)
        {
            NativeMethods.Vectors.DuckDBUnsafeVectorAssignStringElementLength(_vector, (ulong)row, first, bytes.Length);
        }
    }

    private void Require(bool fits, string setter)
    {
        if (!fits)
        {
            throw new InvalidOperationException($"{setter} does not fit a column of kind {Kind}.");
        }
    }
}
