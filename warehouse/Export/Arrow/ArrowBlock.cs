namespace OpenData.Warehouse.Export.Arrow;

/// <summary>Where a message is in a file.</summary>
/// <param name="Offset">First byte, from the start of the file.</param>
/// <param name="HeadLength">Bytes of the metadata with its eight bytes of length before it.</param>
/// <param name="BodyLength">Bytes of the body.</param>
internal sealed record ArrowBlock(long Offset, int HeadLength, long BodyLength);
