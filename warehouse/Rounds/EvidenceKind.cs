using OpenData.Catalogs;

namespace OpenData.Warehouse.Rounds;

/// <summary>
/// Pure: kinds of files that are taken as evidence, found by their first bytes and the ending of their name together. Nothing that a browser runs is among them.
/// </summary>
/// <param name="Ending">Ending of the name, with its point.</param>
/// <param name="MediaType">Media type.</param>
/// <param name="Start">First bytes.</param>
public sealed record EvidenceKind(string Ending, string MediaType, ReadOnlyMemory<byte> Start)
{
    private static readonly byte[] Pdf = "%PDF-"u8.ToArray();
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF];
    private static readonly byte[] Zip = [0x50, 0x4B, 0x03, 0x04];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<EvidenceKind> All { get; } =
    [
        new(".pdf", "application/pdf", Pdf),
        new(".png", "image/png", Png),
        new(".jpg", "image/jpeg", Jpeg),
        new(".jpeg", "image/jpeg", Jpeg),
        new(".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Zip),
        new(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Zip),
        new(".odt", "application/vnd.oasis.opendocument.text", Zip),
        new(".ods", "application/vnd.oasis.opendocument.spreadsheet", Zip),
    ];

    /// <summary>The endings as a person reads them.</summary>
    public static string Endings { get; } = string.Join(", ", All.Select(k => k.Ending));

    /// <summary>The kind of a file; null when it is none of them.</summary>
    /// <param name="name">Name under which it was given.</param>
    /// <param name="start">Its first bytes, at least 16 where it has so many.</param>
    public static EvidenceKind? Of(string name, ReadOnlySpan<byte> start)
    {
        foreach (var kind in All)
        {
            if (name.EndsWith(kind.Ending, StringComparison.OrdinalIgnoreCase) && start.StartsWith(kind.Start.Span))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>What is wrong with a file that is none of them.</summary>
    internal static LocalText Refusal { get; } = new(
        $"Chỉ nhận tệp {Endings}, và nội dung phải đúng loại tệp.", $"Files are {Endings}, and the content has to be what the name says.");
}
