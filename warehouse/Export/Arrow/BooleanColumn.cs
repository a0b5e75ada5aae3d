using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export.Arrow;

/// <summary>Truth values, one bit each, lowest first.</summary>
internal sealed class BooleanColumn : ArrowColumn
{
    private byte[] _bits = new byte[64];
    private int _rows;

    public override void Append(ref readonly ColumnVector vector, int from, int count, long bytes)
    {
        Nulls.Append(in vector, from, count);
        var needed = (_rows + count + 7) / 8;
        if (needed > _bits.Length)
        {
            Array.Resize(ref _bits, Math.Max(needed, _bits.Length * 2));
        }

        for (var row = from; row < from + count; row++)
        {
            if (!vector.IsNull(row) && vector.BoolAt(row))
            {
                _bits[_rows >> 3] |= (byte)(1 << (_rows & 7));
            }

            _rows++;
        }
    }

    public override void Buffers(List<ReadOnlyMemory<byte>> to) => to.Add(_bits.AsMemory(0, (_rows + 7) / 8));

    public override void Clear()
    {
        base.Clear();
        _bits.AsSpan().Clear();
        _rows = 0;
    }

    public override void Dispose()
    {
        // Its memory is small and not rented.
    }
}
