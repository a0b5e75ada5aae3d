using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Staging;

/// <summary>Thrown inside decoding; the caller adds row and column and makes it OD2103 or OD2104.</summary>
/// <param name="offset">Offset of the byte in the file.</param>
/// <param name="vi">The reason in Vietnamese, without the text around it.</param>
/// <param name="en">The reason in English.</param>
/// <param name="code">The code to report.</param>
internal sealed class WrongByte(long offset, string vi, string en, ErrorCode code) : Exception(en)
{
    public long Offset { get; } = offset;

    public string Vi { get; } = vi;

    public string En { get; } = en;

    public ErrorCode Code { get; } = code;
}
