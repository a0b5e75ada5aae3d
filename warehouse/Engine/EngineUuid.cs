using System.Buffers.Binary;

namespace OpenData.Warehouse.Engine;

/// <summary>Pure: GUIDs ↔ 128 bits. Vectors hold the bits with the top one flipped, so that signed order is text order.</summary>
internal static class EngineUuid
{
    private static readonly UInt128 TopBit = UInt128.One << 127;

    public static UInt128 Bits(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    public static UInt128 Stored(Guid id) => Bits(id) ^ TopBit;

    public static Guid FromStored(UInt128 stored)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, stored ^ TopBit);
        return new Guid(bytes, bigEndian: true);
    }
}
