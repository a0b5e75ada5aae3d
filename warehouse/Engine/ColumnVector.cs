using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Engine;

/// <summary>
/// One column of one chunk, read where DuckDB left it: no boxing, no copy, no allocation. The value of a null row is undefined, so
/// ask <see cref="IsNull"/> first.
/// </summary>
public readonly unsafe ref struct ColumnVector
{
    /// <summary>Bytes that <see cref="CopyBytes"/> may write beyond the last text: its <c>to</c> must have room for them.</summary>
    public const int CopySpare = InlineBytesMax;

    private const int StringBytes = 16;
    private const int InlineBytesMax = 12;

    private readonly byte* _data;
    private readonly ulong* _validity;
    private readonly ResultColumn _column;
    private readonly IntPtr _vector;

    internal ColumnVector(IntPtr vector, byte* data, ulong* validity, int rowCount, ResultColumn column)
    {
        _vector = vector;
        _data = data;
        _validity = validity;
        _column = column;
        RowCount = rowCount;
    }

    /// <summary>How the values lie in memory.</summary>
    public PhysicalKind Kind => _column.Kind;

    /// <summary>Digits after the point of a decimal; else 0.</summary>
    public int Scale => _column.Scale;

    /// <summary>Rows in the chunk; of <see cref="Items"/>, values of all its lists.</summary>
    public int RowCount { get; }

    /// <summary>The values of all lists of the column, end to end.</summary>
    public ColumnVector Items
    {
        get
        {
            var items = NativeMethods.Vectors.DuckDBListVectorGetChild(Kind == PhysicalKind.List ? _vector : throw Mismatch(nameof(Items)));
            return new ColumnVector(
                items,
                (byte*)NativeMethods.Vectors.DuckDBVectorGetData(items),
                NativeMethods.Vectors.DuckDBVectorGetValidity(items),
                checked((int)NativeMethods.Vectors.DuckDBListVectorGetSize(_vector)),
                _column.Item!); // a list has one
        }
    }

    /// <summary>Where the row's values are among <see cref="Items"/>.</summary>
    public (int From, int Count) ItemsAt(int row)
    {
        var place = Kind == PhysicalKind.List ? At<UInt128>(row) : throw Mismatch(nameof(ItemsAt));
        return (checked((int)unchecked((ulong)place)), checked((int)(ulong)(place >> 64)));
    }

    /// <summary>False when the vector has no null mask, so that the test per row can be left out.</summary>
    public bool MayHaveNulls => _validity is not null;

    /// <summary>The null mask, one bit per row, lowest first, 1 = has a value; empty when every row has one.</summary>
    public ReadOnlySpan<ulong> Validity => _validity is null ? default : new ReadOnlySpan<ulong>(_validity, (RowCount + 63) / 64);

    /// <summary>Whether the row has no value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsNull(int row) => _validity is not null && (_validity[row >> 6] & (1UL << (row & 63))) == 0;

    /// <summary>All values of a fixed-width column; the type must have the width of the kind.</summary>
    /// <exception cref="InvalidOperationException">The width differs, or the column holds text or bytes.</exception>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged
    {
        if (sizeof(T) != DuckDbTypes.SizeOf(Kind) || Kind is PhysicalKind.Utf8 or PhysicalKind.Blob or PhysicalKind.List)
        {
            throw Mismatch(typeof(T).Name);
        }

        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.AsRef<T>(_data), RowCount);
    }

    /// <summary>The row's text as UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8(int row) => Kind == PhysicalKind.Utf8 ? Bytes(row) : throw Mismatch(nameof(Utf8));

    /// <summary>The row's bytes.</summary>
    public ReadOnlySpan<byte> Blob(int row) => Kind == PhysicalKind.Blob ? Bytes(row) : throw Mismatch(nameof(Blob));

    /// <summary>
    /// The sixteen bytes that stand for a text of up to twelve bytes; false for longer ones. Equal bytes are equal texts, so that few
    /// different short texts are told apart without reading them.
    /// </summary>
    public bool TryShortText(int row, out UInt128 bits)
    {
        bits = Kind == PhysicalKind.Utf8 ? At<UInt128>(row) : throw Mismatch(nameof(TryShortText));
        return (uint)bits <= InlineBytesMax;
    }

    /// <summary>Length of the texts or blobs of some rows together; a null row has none.</summary>
    public long BytesLength(int from, int count)
    {
        RequireBytes(from, count);
        var total = 0L;
        for (var row = from; row < from + count; row++)
        {
            total += IsNull(row) ? 0 : (uint)*(int*)(_data + ((long)row * StringBytes));
        }

        return total;
    }

    /// <summary>Copies the texts or blobs of some rows end to end. Benchmark <c>export-arrow</c>.</summary>
    /// <param name="from">First row.</param>
    /// <param name="count">Rows.</param>
    /// <param name="to">Room for <see cref="BytesLength"/> and <see cref="CopySpare"/> more.</param>
    /// <param name="ends">Gets where each row's text ends, counted from the start of <paramref name="to"/> plus <paramref name="start"/>.</param>
    /// <param name="start">Added to every end.</param>
    public void CopyBytes(int from, int count, Span<byte> to, Span<int> ends, int start)
    {
        RequireBytes(from, count);
        ArgumentOutOfRangeException.ThrowIfLessThan(ends.Length, count, nameof(ends));
        ArgumentOutOfRangeException.ThrowIfLessThan(to.Length, CopySpare, nameof(to));
        fixed (byte* first = to)
        fixed (int* end = ends)
        {
            var next = first;
            var room = (uint)(to.Length - CopySpare);
            for (var i = 0; i < count; i++)
            {
                if (!IsNull(from + i))
                {
                    var text = _data + ((long)(from + i) * StringBytes);
                    var length = *(int*)text;
                    ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, room, nameof(to));
                    room -= (uint)length;
                    if (length <= InlineBytesMax)
                    {
                        // All twelve bytes at once, whatever the length: what is too much is overwritten by the next text.
                        Unsafe.WriteUnaligned(next, Unsafe.ReadUnaligned<long>(text + 4));
                        Unsafe.WriteUnaligned(next + 8, Unsafe.ReadUnaligned<int>(text + 12));
                    }
                    else
                    {
                        Unsafe.CopyBlockUnaligned(next, *(byte**)(text + 8), (uint)length);
                    }

                    next += length;
                }

                end[i] = start + (int)(next - first);
            }
        }
    }

    /// <summary>The row's truth value.</summary>
    public bool BoolAt(int row) => Kind == PhysicalKind.Boolean ? At<byte>(row) != 0 : throw Mismatch(nameof(Boolean));

    /// <summary>A whole number of any width, or the count that a date, time or timestamp is.</summary>
    /// <exception cref="OverflowException">A wider number does not fit.</exception>
    public long Int64At(int row) => Kind switch
    {
        PhysicalKind.Int64 or PhysicalKind.Time or PhysicalKind.Timestamp => At<long>(row),
        PhysicalKind.Int32 or PhysicalKind.Date => At<int>(row),
        PhysicalKind.UInt32 => At<uint>(row),
        _ => checked((long)Int128At(row)),
    };

    /// <summary>A whole number of any width.</summary>
    public Int128 Int128At(int row) => Kind switch
    {
        PhysicalKind.Int8 => At<sbyte>(row),
        PhysicalKind.Int16 => At<short>(row),
        PhysicalKind.Int32 => At<int>(row),
        PhysicalKind.Int64 => At<long>(row),
        PhysicalKind.UInt8 => At<byte>(row),
        PhysicalKind.UInt16 => At<ushort>(row),
        PhysicalKind.UInt32 => At<uint>(row),
        PhysicalKind.UInt64 => At<ulong>(row),
        PhysicalKind.Int128 => At<Int128>(row),
        PhysicalKind.UInt128 => checked((Int128)At<UInt128>(row)),
        _ => throw Mismatch(nameof(Int128)),
    };

    /// <summary>A binary floating-point number.</summary>
    public double DoubleAt(int row) => Kind switch
    {
        PhysicalKind.Double => At<double>(row),
        PhysicalKind.Float => At<float>(row),
        _ => throw Mismatch(nameof(Double)),
    };

    /// <summary>An exact number of any width.</summary>
    public DecimalValue DecimalAt(int row) => Kind switch
    {
        PhysicalKind.Decimal16 => new(At<short>(row), Scale),
        PhysicalKind.Decimal32 => new(At<int>(row), Scale),
        PhysicalKind.Decimal64 => new(At<long>(row), Scale),
        PhysicalKind.Decimal128 => new(At<Int128>(row), Scale),
        _ => new(Int128At(row), 0),
    };

    /// <summary>A UUID.</summary>
    public Guid GuidAt(int row) => Kind == PhysicalKind.Uuid ? EngineUuid.FromStored(At<UInt128>(row)) : throw Mismatch(nameof(Guid));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T At<T>(int row)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)RowCount, nameof(row));
        return Unsafe.ReadUnaligned<T>(_data + ((long)row * sizeof(T)));
    }

    // A string is its length, then either up to 12 bytes in place or a 4-byte prefix and a pointer.
    private ReadOnlySpan<byte> Bytes(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)RowCount, nameof(row));
        var text = _data + ((long)row * StringBytes);
        var length = *(int*)text;
        return new ReadOnlySpan<byte>(length <= InlineBytesMax ? text + 4 : *(byte**)(text + 8), length);
    }

    private void RequireBytes(int from, int count)
    {
        if (Kind is not (PhysicalKind.Utf8 or PhysicalKind.Blob))
        {
            throw Mismatch(nameof(CopyBytes));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)from + (uint)count, (uint)RowCount, nameof(count));
    }

    private InvalidOperationException Mismatch(string wanted)
        => new($"Column {_column.Name} holds {Kind} and cannot be read as {wanted}.");
}
