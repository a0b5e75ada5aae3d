using System.Runtime.InteropServices;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export.Arrow;

/// <summary>Texts or bytes end to end, and where each ends.</summary>
internal class BytesColumn : ArrowColumn
{
    public BytesColumn() => Ends.Append([0, 0, 0, 0]);

    /// <summary>Zero, then where each row's bytes end: 32-bit, so a batch holds less than 2 GiB of them.</summary>
    protected Utf8Buffer Ends { get; } = new(capacity: 4096);

    /// <summary>The bytes of all rows.</summary>
    protected Utf8Buffer Bytes { get; } = new(capacity: 4096);

    public override long BytesOf(ref readonly ColumnVector vector, int from, int count) => vector.BytesLength(from, count);

    public override void Append(ref readonly ColumnVector vector, int from, int count, long bytes)
    {
        Nulls.Append(in vector, from, count);
        var length = checked((int)bytes);
        var ends = MemoryMarshal.Cast<byte, int>(Ends.Free(count * sizeof(int)))[..count];
        vector.CopyBytes(from, count, Bytes.Free(length + ColumnVector.CopySpare), ends, Bytes.Length);
        Ends.Advance(count * sizeof(int));
        Bytes.Advance(length);
    }

    public override void Buffers(List<ReadOnlyMemory<byte>> to)
    {
        to.Add(Ends.Written);
        to.Add(Bytes.Written);
    }

    public override void Clear()
    {
        base.Clear();
        Bytes.Clear();
        Ends.Clear();
        Ends.Append([0, 0, 0, 0]);
    }

    public override void Dispose()
    {
        Ends.Dispose();
        Bytes.Dispose();
    }
}
