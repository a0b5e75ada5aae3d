using System.Buffers.Binary;
using System.IO.Compression;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// A text input that may come packed: gzip, or a ZIP of one file, known by its first bytes, which begin no text. It is unpacked as it is read,
/// within bounds, and never to a name that the archive gives.
/// </summary>
internal static class PackedInput
{
    private static ReadOnlySpan<byte> GzipMark => [0x1F, 0x8B];

    private static ReadOnlySpan<byte> ZipMark => "PK\u0003\u0004"u8;

    private static ReadOnlySpan<byte> EmptyZipMark => "PK\u0005\u0006"u8;

    /// <summary>The plain bytes of a seekable stream.</summary>
    /// <exception cref="OpenDataException">OD2120 damaged, OD2122 not one plain file. Reading may throw OD2120 to OD2122.</exception>
    public static Stream Open(Stream raw, StagingOptions options)
    {
        Span<byte> head = stackalloc byte[4];
        var mark = head[..raw.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        raw.Position = 0;
        if (mark.StartsWith(GzipMark))
        {
            return new UnpackedStream(new GZipStream(raw, CompressionMode.Decompress), raw, raw.Length, Trailer(raw), options);
        }

        return mark.StartsWith(ZipMark) || mark.StartsWith(EmptyZipMark) ? OpenZip(raw, options) : raw;
    }

    /// <summary>True for the first bytes of a packed file.</summary>
    public static bool IsPacked(ReadOnlySpan<byte> head) => head.StartsWith(GzipMark) || head.StartsWith(ZipMark) || head.StartsWith(EmptyZipMark);

    // The framework takes a gzip file that was cut off for a whole one, so its last eight bytes are compared with what came out.
    private static (long Length, uint Crc) Trailer(Stream raw)
    {
        Span<byte> trailer = stackalloc byte[8];
        if (raw.Length < trailer.Length)
        {
            raw.Dispose();
            throw Damaged(null);
        }

        raw.Position = raw.Length - trailer.Length;
        raw.ReadExactly(trailer);
        raw.Position = 0;
        return (BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]), BinaryPrimitives.ReadUInt32LittleEndian(trailer));
    }

    private static UnpackedStream OpenZip(Stream raw, StagingOptions options)
    {
        try
        {
            var zip = new ZipArchive(raw, ZipArchiveMode.Read);
            if (Single(zip) is not { IsEncrypted: false } entry)
            {
                zip.Dispose();
                throw Refused();
            }

            return new UnpackedStream(entry.Open(), zip, Math.Max(1, entry.CompressedLength), (entry.Length, entry.Crc32), options);
        }
        catch (Exception cause) when (cause is InvalidDataException or NotSupportedException or ArgumentException)
        {
            raw.Dispose();
            throw Damaged(cause);
        }
    }

    // Folders are no files; a second file is one too many, whatever it is called.
    private static ZipArchiveEntry? Single(ZipArchive zip)
    {
        ZipArchiveEntry? single = null;
        foreach (var entry in zip.Entries.Where(e => !e.FullName.EndsWith('/')))
        {
            if (single is not null)
            {
                return null;
            }

            single = entry;
        }

        return single;
    }

    /// <summary>The packed file is cut off or damaged.</summary>
    public static OpenDataException Damaged(Exception? cause) => new(
        StagingErrors.PackedDamaged,
        new LocalText("Tệp nén bị cắt cụt hoặc hỏng.", "The packed file is cut off or damaged."),
        inner: cause);

    /// <summary>More than one file, a password, or a packed file inside the packed one.</summary>
    public static OpenDataException Refused() => new(
        StagingErrors.PackedRefused,
        new LocalText(
            "Tệp nén phải chứa đúng một tệp văn bản, không đặt mật khẩu và không nén lồng nhau.",
            "A packed file holds exactly one text file, without a password and without another packed file inside."));
}
