using System.Buffers.Binary;
using OpenData.Catalogs;

namespace OpenData.Warehouse.Staging;

/// <summary>UUIDs as 8-4-4-4-12 hexadecimal digits, letter case free.</summary>
internal sealed class UuidParser(ColumnContract column) : CellParser(column)
{
    /// <summary>The value as a GUID.</summary>
    public static Guid ToGuid(Int128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt128BigEndian(bytes, value);
        return new Guid(bytes, bigEndian: true);
    }

    protected override string? Read(ReadOnlySpan<byte> text, ReadOnlySpan<byte> cell, CellForm form, CellValue to)
    {
        if (form != CellForm.Text || text.Length != 36)
        {
            return StagingRules.Type;
        }

        UInt128 value = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (i is 8 or 13 or 18 or 23)
            {
                if (text[i] != '-')
                {
                    return StagingRules.Type;
                }

                continue;
            }

            var digit = text[i] switch
            {
                >= (byte)'0' and <= (byte)'9' => text[i] - '0',
                >= (byte)'a' and <= (byte)'f' => text[i] - 'a' + 10,
                >= (byte)'A' and <= (byte)'F' => text[i] - 'A' + 10,
                _ => -1,
            };
            if (digit < 0)
            {
                return StagingRules.Type;
            }

            value = (value << 4) | (uint)digit;
        }

        to.Set((Int128)value);
        return null;
    }
}
