using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export.Arrow;

/// <summary>
/// One column of the record batch under way. What lies under a null is written as zero: DuckDB leaves there whatever it computed with,
/// and that is nobody's business.
/// </summary>
internal abstract class ArrowColumn : IDisposable
{
    private static readonly Int128 DecimalMax = Int128.Parse(new string('9', 38), CultureInfo.InvariantCulture);

    /// <summary>Which rows have a value.</summary>
    public NullBits Nulls { get; } = new();

    /// <summary>The column for a field whose values lie so in the result.</summary>
    public static ArrowColumn Of(ArrowField field, ResultColumn column)
        => field.Item is { } item ? new ListColumn(Of(item, column.Item!)) : Of(field, column.Kind); // looked at by the field

    private static ArrowColumn Of(ArrowField field, PhysicalKind kind) => field.Contract.Type.Kind switch
    {
        ColumnKind.Boolean => new BooleanColumn(),
        ColumnKind.Decimal => new FixedColumn<Int128>(kind switch
        {
            PhysicalKind.Decimal128 => FixedColumn<Int128>.Copy,
            PhysicalKind.Decimal64 => Widen<long>,
            PhysicalKind.Decimal32 => Widen<int>,
            PhysicalKind.Decimal16 => Widen<short>,
            _ => WholeNumbers,
        }),
        ColumnKind.Float when kind == PhysicalKind.Double => new FixedColumn<double>(FixedColumn<double>.Copy),
        ColumnKind.Float => new FixedColumn<double>(Doubles),
        ColumnKind.Date => new FixedColumn<int>(FixedColumn<int>.Copy),
        ColumnKind.Uuid => new UuidColumn(),
        ColumnKind.Text or ColumnKind.Code when field.Dictionary is { } number => new DictionaryColumn(number, field.Contract),
        ColumnKind.Text or ColumnKind.Code or ColumnKind.Json or ColumnKind.Geometry => new BytesColumn(),
        _ when kind is PhysicalKind.Int64 or PhysicalKind.Time or PhysicalKind.Timestamp => new FixedColumn<long>(FixedColumn<long>.Copy),
        _ => new FixedColumn<long>(Longs),
    };

    /// <summary>Bytes that rows take beyond their fixed part; they are what makes a batch large.</summary>
    public virtual long BytesOf(ref readonly ColumnVector vector, int from, int count) => 0;

    /// <summary>Adds rows of a chunk.</summary>
    /// <param name="vector">The column in the chunk.</param>
    /// <param name="from">First row.</param>
    /// <param name="count">Rows.</param>
    /// <param name="bytes">What <see cref="BytesOf"/> says of these rows.</param>
    public abstract void Append(ref readonly ColumnVector vector, int from, int count, long bytes);

    /// <summary>Length and number of nulls, of a list those of its values too.</summary>
    public virtual IEnumerable<long> Nodes(long rows) => [rows, Nulls.NullCount];

    /// <summary>Hands out the buffers after the null bits, in Arrow's order; they are valid until <see cref="Clear"/>.</summary>
    public abstract void Buffers(List<ReadOnlyMemory<byte>> to);

    /// <summary>Forgets the rows.</summary>
    public virtual void Clear() => Nulls.Clear();

    /// <inheritdoc/>
    public abstract void Dispose();

    private static void Widen<T>(ref readonly ColumnVector vector, int from, Span<Int128> to)
        where T : unmanaged, IBinaryInteger<T>
    {
        // As two halves: the second is the sign.
        var values = vector.Values<T>().Slice(from, to.Length);
        var halves = MemoryMarshal.Cast<Int128, long>(to);
        for (var i = 0; i < values.Length; i++)
        {
            var value = long.CreateTruncating(values[i]);
            halves[2 * i] = value;
            halves[(2 * i) + 1] = value >> 63;
        }

        FixedColumn<Int128>.ClearNulls(in vector, from, to);
    }

    // Sums may have more digits than a decimal.
    private static void WholeNumbers(ref readonly ColumnVector vector, int from, Span<Int128> to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            var value = vector.IsNull(from + i) ? 0 : vector.Int128At(from + i);
            to[i] = value >= -DecimalMax && value <= DecimalMax ? value : throw TooLong();
        }
    }

    private static void Doubles(ref readonly ColumnVector vector, int from, Span<double> to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = vector.IsNull(from + i) ? 0 : vector.DoubleAt(from + i);
        }
    }

    private static void Longs(ref readonly ColumnVector vector, int from, Span<long> to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = vector.IsNull(from + i) ? 0 : vector.Int64At(from + i);
        }
    }

    private static OpenDataException TooLong() => new(ExportErrors.ColumnMismatch, new LocalText(
        "Kết quả có số dài hơn 38 chữ số.", "The result has a number of more than 38 digits."));
}
