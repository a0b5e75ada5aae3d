using System.Buffers.Binary;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export.Arrow;

/// <summary>Lists: the values of all rows end to end in a column of their own, and where each row's end.</summary>
internal sealed class ListColumn : ArrowColumn
{
    // What a value takes beside its text, at most: batches stay small however long the lists are.
    private const int ItemBytes = 16;

    private readonly ArrowColumn _items;
    private readonly Utf8Buffer _ends = new(capacity: 4096);
    private int _count;

    /// <summary>Makes an empty column.</summary>
    /// <param name="items">The column of the values.</param>
    public ListColumn(ArrowColumn items)
    {
        _items = items;
        End();
    }

    public override long BytesOf(ref readonly ColumnVector vector, int from, int count)
    {
        var all = vector.Items;
        var bytes = 0L;
        for (var row = from; row < from + count; row++)
        {
            if (!vector.IsNull(row))
            {
                var (first, length) = vector.ItemsAt(row);
                bytes += _items.BytesOf(in all, first, length) + ((long)length * ItemBytes);
            }
        }

        return bytes;
    }

    public override void Append(ref readonly ColumnVector vector, int from, int count, long bytes)
    {
        Nulls.Append(in vector, from, count);
        var all = vector.Items;
        for (var row = from; row < from + count; row++)
        {
            if (!vector.IsNull(row))
            {
                var (first, length) = vector.ItemsAt(row);
                _items.Append(in all, first, length, _items.BytesOf(in all, first, length));
                _count += length;
            }

            End();
        }
    }

    public override IEnumerable<long> Nodes(long rows) => [.. base.Nodes(rows), .. _items.Nodes(_count)];

    public override void Buffers(List<ReadOnlyMemory<byte>> to)
    {
        to.Add(_ends.Written);
        to.Add(_items.Nulls.Written);
        _items.Buffers(to);
    }

    public override void Clear()
    {
        base.Clear();
        _items.Clear();
        _ends.Clear();
        _count = 0;
        End();
    }

    public override void Dispose()
    {
        _ends.Dispose();
        _items.Dispose();
    }

    private void End()
    {
        BinaryPrimitives.WriteInt32LittleEndian(_ends.Free(sizeof(int)), _count);
        _ends.Advance(sizeof(int));
    }
}
