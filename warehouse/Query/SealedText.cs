using System.Buffers.Text;
using System.Security.Cryptography;

namespace OpenData.Warehouse.Query;

/// <summary>Bytes as base64url text with a checksum behind them, which finds damage and guessing; it is no secret.</summary>
internal static class SealedText
{
    private const int SumBytes = 8;

    /// <summary>The bytes as text.</summary>
    public static string Seal(ReadOnlySpan<byte> content) => Base64Url.EncodeToString([.. content, .. Sum(content)]);

    /// <summary>The bytes of a text; null when it is not one of ours, damaged, or holds more than <paramref name="bytesMax"/>.</summary>
    public static byte[]? Open(string text, int bytesMax)
    {
        var bytes = new byte[bytesMax + SumBytes];
        return text.Length <= bytes.Length * 2
            && Base64Url.IsValid(text)
            && Base64Url.TryDecodeFromChars(text, bytes, out var length)
            && length > SumBytes
            && Sum(bytes.AsSpan(0, length - SumBytes)).SequenceEqual(bytes.AsSpan(length - SumBytes, SumBytes))
            ? bytes[..(length - SumBytes)]
            : null;
    }

    private static ReadOnlySpan<byte> Sum(ReadOnlySpan<byte> content) => SHA256.HashData(content).AsSpan(0, SumBytes);
}
