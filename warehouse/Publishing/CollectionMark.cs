using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpenData.Warehouse.Publishing;

/// <summary>The text of <c>collected.txt</c>: the time, and a hash of version and time, so that a flipped bit shows. Older marks are the time alone.</summary>
internal static class CollectionMark
{
    private const int HashLength = 64;

    /// <summary>The bytes of the mark.</summary>
    internal static byte[] Write(SnapshotManifest manifest, DateTimeOffset at)
    {
        var time = at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        return Encoding.ASCII.GetBytes($"{time} {Hash(manifest, time)}\n");
    }

    /// <summary>The time of a mark; null when it is damaged.</summary>
    internal static DateTimeOffset? Read(SnapshotManifest manifest, ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.ASCII.GetString(bytes);
        var parts = text.TrimEnd('\n').Split(' ');
        var isWhole = text.EndsWith('\n') && parts is [_] or [_, { Length: HashLength }] && (parts.Length == 1 || parts[1] == Hash(manifest, parts[0]));
        return isWhole && DateTimeOffset.TryParse(parts[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
    }

    private static string Hash(SnapshotManifest manifest, string time)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{manifest.Dataset} {manifest.Version} {time}")));
}
