using System.Buffers.Binary;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export.Arrow;

/// <summary>
/// UUIDs as their text, the same as in CSV and JSON. Few readers show sixteen bytes with Arrow's UUID extension as a UUID; in the others
/// they would neither read nor join (docs/formats.md).
/// </summary>
internal sealed class UuidColumn : BytesColumn
{
    public override long BytesOf(ref readonly ColumnVector vector, int from, int count) => (long)count * ValueText.LengthMax;

    public override void Append(ref readonly ColumnVector vector, int from, int count, long bytes)
    {
        Nulls.Append(in vector, from, count);
        for (var row = from; row < from + count; row++)
        {
            if (!vector.IsNull(row))
            {
                Bytes.Advance(ValueText.Uuid(Bytes.Free(ValueText.LengthMax), vector.GuidAt(row)));
            }

            BinaryPrimitives.WriteInt32LittleEndian(Ends.Free(sizeof(int)), Bytes.Length);
            Ends.Advance(sizeof(int));
        }
    }
}
