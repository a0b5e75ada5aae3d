using System.Globalization;
using System.Text;

namespace OpenData.Warehouse.Publishing;

/// <summary>One publication file: which version a fencing token made current, and the hash of its manifest.</summary>
/// <param name="Token">Fencing token; the name of the file, 20 digits.</param>
/// <param name="Version">Version name.</param>
/// <param name="ManifestSha256">SHA-256 of <c>manifest.json</c>, lower-case hex.</param>
public sealed record Publication(long Token, string Version, string ManifestSha256)
{
    private const int HashLength = 64;

    /// <summary>File name of a token: 20 digits, so that names sort as numbers.</summary>
    public static string FileName(long token) => token.ToString("D20", CultureInfo.InvariantCulture);

    /// <summary>The token in a file name; null when the name is none.</summary>
    public static long? TokenOf(string fileName)
        => fileName.Length == 20 && long.TryParse(fileName, NumberStyles.None, CultureInfo.InvariantCulture, out var token) ? token : null;

    /// <summary>The bytes of the file: version, space, manifest hash, newline.</summary>
    public byte[] ToBytes() => Encoding.ASCII.GetBytes($"{Version} {ManifestSha256}\n");

    /// <summary>Reads a publication file; null when it was torn by a crash or damaged.</summary>
    public static Publication? Read(long token, ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.ASCII.GetString(bytes);
        if (text.Length != 28 + 1 + HashLength + 1 || text[28] != ' ' || text[^1] != '\n' || !VersionName.IsValid(text[..28]))
        {
            return null;
        }

        var hash = text[29..^1];
        return hash.All(char.IsAsciiHexDigitLower) ? new Publication(token, text[..28], hash) : null;
    }
}
