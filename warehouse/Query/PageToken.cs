using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Query;

/// <summary>
/// Where a traversal goes on: opaque for callers, bound to the dataset version and to the query. The checksum finds damage and
/// guessing; it is no secret, because a token gives no more than the query itself does.
/// </summary>
/// <param name="Version">Name of the dataset version on which the traversal began.</param>
/// <param name="QueryHash">Hash of the normalised query, see <see cref="HashOf"/>.</param>
/// <param name="IsOrdered">True when <see cref="Position"/> counts rows in the caller's order; false when it is the last <c>_rid</c>.</param>
/// <param name="Position">Where the next page starts; at least 0.</param>
/// <param name="Delivered">Rows already given out, counted against the caller's top.</param>
/// <param name="Now">What <c>now()</c> means on every page of the traversal; null when the query does not use it.</param>
public sealed record PageToken(string Version, ulong QueryHash, bool IsOrdered, long Position, long Delivered, DateTimeOffset? Now)
{
    private const byte Format = 3;
    private const char Behind = ' ';
    private const int HeadBytes = 1 + 1 + 8 + 8 + 8 + 8 + 8;
    private const long MaxTicks = 3_155_378_975_999_999_999;
    private const int VersionBytesMax = 2_048;
    private const int FirstHashedBytes = 512;
    private const byte OrderedFlag = 1;
    private const byte TracksFlag = 2;

    /// <summary>True when the last page of the traversal leads to later changes.</summary>
    public bool TracksChanges { get; init; }

    /// <summary>Versions of other datasets that the query reads over relations, as <see cref="RelatedOf"/> writes them.</summary>
    public string Related { get; init; } = "";

    /// <summary>Tells the result from which pages are cut from another of the same query; 0 when they are not cut from one.</summary>
    public ulong ResultMark { get; init; }

    /// <summary>Datasets and their versions as one text.</summary>
    public static string RelatedOf(IEnumerable<(string Dataset, string Version)> versions) => string.Concat(versions.Select(v => $"{Behind}{v.Dataset}={v.Version}"));

    /// <summary>The version of another dataset that the traversal reads; null when it reads none.</summary>
    public string? VersionOf(string dataset)
        => Related.Split(Behind).FirstOrDefault(r => r.StartsWith(dataset + "=", StringComparison.Ordinal))?[(dataset.Length + 1)..];

    /// <summary>A hash of the parts that make the query what it is, in a fixed order.</summary>
    public static ulong HashOf(params ReadOnlySpan<string?> parts)
    {
        var bytes = new ArrayBufferWriter<byte>(FirstHashedBytes);
        foreach (var part in parts)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.GetSpan(sizeof(int)), part?.Length ?? -1);
            bytes.Advance(sizeof(int));
            Encoding.UTF8.GetBytes(part, bytes);
        }

        // At once: every request has a tag, and a hash that goes on from part to part costs several times as much.
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.WrittenSpan, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    /// <summary>The token as base64url text.</summary>
    public override string ToString()
    {
        var version = Encoding.UTF8.GetBytes(Version + Related);
        var bytes = new byte[HeadBytes + version.Length];
        bytes[0] = Format;
        bytes[1] = (byte)((IsOrdered ? OrderedFlag : 0) | (TracksChanges ? TracksFlag : 0));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(2), QueryHash);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(10), Position);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(18), Delivered);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(26), Now?.UtcTicks ?? 0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(34), ResultMark);
        version.CopyTo(bytes, HeadBytes);
        return SealedText.Seal(bytes);
    }

    /// <summary>Reads a token.</summary>
    /// <exception cref="OpenDataException"><c>OD1214</c> when it is not one of ours, or damaged.</exception>
    public static PageToken Parse(string text)
    {
        if (SealedText.Open(text, HeadBytes + VersionBytesMax) is not { } bytes
            || bytes.Length <= HeadBytes
            || bytes[0] != Format
            || bytes[1] > (OrderedFlag | TracksFlag))
        {
            throw Bad("The page token is damaged or not one of ours.", "Mã trang bị hỏng hoặc không do hệ thống này tạo.");
        }

        var versions = Encoding.UTF8.GetString(bytes.AsSpan(HeadBytes));
        var own = versions.Split(Behind)[0];
        var token = new PageToken(
            own,
            BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(2)),
            (bytes[1] & OrderedFlag) != 0,
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(10)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(18)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(26)) is > 0 and <= MaxTicks and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null)
        {
            Related = versions[own.Length..],
            ResultMark = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(34)),
            TracksChanges = (bytes[1] & TracksFlag) != 0,
        };
        return token.Position >= 0 && token.Delivered >= 0 && token.ToString() == text
            ? token
            : throw Bad("The page token is damaged or not one of ours.", "Mã trang bị hỏng hoặc không do hệ thống này tạo.");
    }

    /// <summary>Fails when the token belongs to another query.</summary>
    /// <exception cref="OpenDataException"><c>OD1214</c>.</exception>
    public void RequireQuery(ulong queryHash)
    {
        if (QueryHash != queryHash)
        {
            throw Bad(
                "The page token belongs to another query. Follow the next link as it is.",
                "Mã trang thuộc về truy vấn khác. Hãy dùng nguyên liên kết trang sau.");
        }
    }

    private static OpenDataException Bad(string en, string vi) => QueryErrors.Of(QueryErrors.BadPageToken, en, vi);
}
