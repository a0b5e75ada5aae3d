using System.Buffers;
using System.Security.Cryptography;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Rounds;

/// <summary>
/// Bytes of evidence below <c>data/evidence</c>, each file under its SHA-256 and nothing of its own name. The same bytes are kept once. Who may read them is decided
/// by <see cref="RoundBook"/>'s rows and not here: a hash is no permission.
/// </summary>
public sealed class EvidenceStore(string dataFolder)
{
    /// <summary>Greatest size of one file: 20 MiB.</summary>
    public const long BytesMax = 20L << 20;

    private const int PieceBytes = 1 << 16;
    private const int StartBytes = 16;
    private const int HashLetters = 64;

    private readonly string _root = Path.Combine(dataFolder, "evidence");

    /// <summary>Keeps a file.</summary>
    /// <param name="name">Name under which it was given; tells its kind together with its first bytes.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="token">Ends the reading; nothing is kept then.</param>
    /// <returns>Hash, media type and size.</returns>
    /// <exception cref="OpenDataException"><see cref="RoundErrors.BadEvidence"/>: empty, too large, or of a kind that is not taken.</exception>
    public async Task<(string Sha256, string MediaType, long Bytes)> KeepAsync(string name, Stream content, CancellationToken token)
    {
        Directory.CreateDirectory(_root);
        var part = Path.Combine(_root, $".{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}.part");
        try
        {
            var (hash, kind, bytes) = await WriteAsync(part, name, content, token);
            var target = PathOf(hash);
            if (!File.Exists(target))
            {
                var folder = Path.GetDirectoryName(target)!; // It is below the root.
                Directory.CreateDirectory(folder);
                Durable.FlushFile(part);
                Durable.Rename(part, target);
                Durable.FlushFolder(_root);
            }

            return (hash, kind.MediaType, bytes);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Opens the bytes of that hash; null when they are not there.</summary>
    public FileStream? Open(string sha256)
    {
        try
        {
            return new FileStream(PathOf(sha256), FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>True when the bytes of that hash are there.</summary>
    public bool Has(string sha256) => File.Exists(PathOf(sha256));

    /// <summary>All files that are whole, with the hash that each is named by.</summary>
    public IEnumerable<(string Path, string Sha256)> Files()
        => !Directory.Exists(_root)
            ? []
            : Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories)
                .Select(f => (Path: f, Sha256: Path.GetFileName(f)))
                .Where(f => IsHash(f.Sha256))
                .OrderBy(f => f.Sha256, StringComparer.Ordinal);

    private static bool IsHash(string text) => text.Length == HashLetters && text.All(char.IsAsciiHexDigitLower);

    private static async Task<(string Hash, EvidenceKind Kind, long Bytes)> WriteAsync(string part, string name, Stream content, CancellationToken token)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            EvidenceKind? kind = null;
            long bytes = 0;
            var read = await content.ReadAtLeastAsync(piece, StartBytes, throwOnEndOfStream: false, token);
            while (read > 0)
            {
                kind ??= EvidenceKind.Of(name, piece.AsSpan(0, read)) ?? throw Bad(EvidenceKind.Refusal);
                bytes += read;
                if (bytes > BytesMax)
                {
                    throw Bad(new LocalText("Tệp lớn hơn 20 MiB.", "The file is larger than 20 MiB."));
                }

                hash.AppendData(piece, 0, read);
                await file.WriteAsync(piece.AsMemory(0, read), token);
                read = await content.ReadAsync(piece, token);
            }

            return (Convert.ToHexStringLower(hash.GetHashAndReset()), kind ?? throw Bad(new LocalText("Tệp rỗng.", "The file is empty.")), bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private static OpenDataException Bad(LocalText why) => new(RoundErrors.BadEvidence, why);

    private string PathOf(string sha256)
        => IsHash(sha256)
            ? Path.Combine(_root, sha256[..2], sha256)
            : throw new ArgumentException("This is no SHA-256.", nameof(sha256));
}
