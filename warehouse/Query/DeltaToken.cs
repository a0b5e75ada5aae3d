using System.Buffers.Binary;
using System.Text;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Query;

/// <summary>From which version changes are wanted: opaque for callers, bound to the query, no secret (see <see cref="PageToken"/>).</summary>
/// <param name="From">Name of the version that the caller has.</param>
/// <param name="To">Name of the version that a list of changes leads to; null at its start, where it leads to the current one.</param>
/// <param name="Position">Changes of that list already given out; at least 0.</param>
/// <param name="QueryHash">Hash of the defining query, see <see cref="PageToken.HashOf"/>.</param>
public sealed record DeltaToken(string From, string? To, long Position, ulong QueryHash)
{
    private const byte Format = 0xD1;
    private const int HeadBytes = 1 + 8 + 8 + 1;
    private const int VersionBytesMax = 64;

    /// <summary>The token as base64url text.</summary>
    public override string ToString()
    {
        var (from, to) = (Encoding.UTF8.GetBytes(From), Encoding.UTF8.GetBytes(To ?? ""));
        var bytes = new byte[HeadBytes + from.Length + to.Length];
        bytes[0] = Format;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(1), QueryHash);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(9), Position);
        bytes[17] = (byte)from.Length;
        from.CopyTo(bytes, HeadBytes);
        to.CopyTo(bytes, HeadBytes + from.Length);
        return SealedText.Seal(bytes);
    }

    /// <summary>Reads a token.</summary>
    /// <exception cref="OpenDataException"><c>OD1214</c> when it is not one of ours, or damaged.</exception>
    public static DeltaToken Parse(string text)
    {
        if (SealedText.Open(text, HeadBytes + (2 * VersionBytesMax)) is not { } bytes || bytes.Length <= HeadBytes || bytes[0] != Format || HeadBytes + bytes[17] > bytes.Length)
        {
            throw Damaged();
        }

        var to = Encoding.UTF8.GetString(bytes.AsSpan(HeadBytes + bytes[17]));
        var token = new DeltaToken(
            Encoding.UTF8.GetString(bytes.AsSpan(HeadBytes, bytes[17])),
            to.Length == 0 ? null : to,
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(9)),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(1)));
        return token.Position >= 0 && token.ToString() == text ? token : throw Damaged();
    }

    /// <summary>Fails when the token belongs to another query.</summary>
    /// <exception cref="OpenDataException"><c>OD1214</c>.</exception>
    public void RequireQuery(ulong queryHash)
    {
        if (QueryHash != queryHash)
        {
            throw QueryErrors.Of(
                QueryErrors.BadPageToken,
                "The delta token belongs to another query. Follow the delta link as it is.",
                "Mã thay đổi thuộc về truy vấn khác. Hãy dùng nguyên liên kết thay đổi.");
        }
    }

    private static OpenDataException Damaged() => QueryErrors.Of(
        QueryErrors.BadPageToken, "The delta token is damaged or not one of ours.", "Mã thay đổi bị hỏng hoặc không do hệ thống này tạo.");
}
