using System.Security.Cryptography;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Landing;

/// <summary>
/// Keeps source bytes untouched under <c>landing/&lt;aa&gt;/&lt;sha256&gt;</c>. Bytes are spooled first and named only when they are whole;
/// landing the same bytes twice gives the same file. Datasets with personal columns land cleaned records instead.
/// </summary>
public sealed class LandingStore
{
    private readonly TimeProvider _clock;

    /// <summary>Opens the store; folders are made when first needed.</summary>
    /// <param name="dataFolder">Absolute path of <c>DATA_DIR</c>.</param>
    /// <param name="clock">Tells when bytes were fetched.</param>
    public LandingStore(string dataFolder, TimeProvider clock)
    {
        Folder = Path.Combine(dataFolder, "landing");
        _clock = clock;
    }

    /// <summary>Absolute path of the landing folder.</summary>
    public string Folder { get; }

    /// <summary>Opens a spool for one input. Write the bytes, then <see cref="LandingSpool.Land"/>; dispose it in any case.</summary>
    /// <param name="contract">Decides whether the bytes may rest on disk.</param>
    /// <param name="runFolder">Absolute path of <c>work/&lt;runId&gt;</c>.</param>
    /// <param name="origin">Where the bytes come from, fit for the public.</param>
    /// <param name="meter">Counts the bytes on, for those who watch; null when nobody does.</param>
    public LandingSpool Open(DatasetContract contract, string runFolder, string origin, WorkMeter? meter = null)
        => new(this, contract, runFolder, origin, _clock.GetUtcNow(), meter);

    /// <summary>Lands a whole stream.</summary>
    /// <exception cref="OpenDataException">OD21xx for a personal dataset whose bytes cannot be read; OD9003 when the disk fails.</exception>
    public async Task<LandedFile> LandAsync(
        DatasetContract contract, string runFolder, string origin, Stream bytes, CancellationToken token)
    {
        using var spool = Open(contract, runFolder, origin);
        await bytes.CopyToAsync(spool.Stream, token);
        return spool.Land(token);
    }

    /// <summary>The landed file of that hash, or null: gone by retention, or never landed.</summary>
    /// <param name="sha256">Lower-case hexadecimal.</param>
    /// <param name="fetchedAt">When it was fetched, from the run ledger.</param>
    /// <param name="origin">Where it came from, from the run ledger.</param>
    /// <param name="isCleaned">Whether it holds cleaned records: true for datasets with personal columns.</param>
    public LandedFile? Find(string sha256, DateTimeOffset fetchedAt, string origin, bool isCleaned)
    {
        var path = PathOf(sha256);
        var file = new FileInfo(path);
        return file.Exists ? new LandedFile(sha256, file.Length, path, fetchedAt, origin) { IsCleaned = isCleaned } : null;
    }

    /// <summary>Everything that lies in landing.</summary>
    public IReadOnlyList<LandingFile> Files()
    {
        var folder = new DirectoryInfo(Folder);
        return folder.Exists
            ? [.. folder.EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
                .Where(f => IsHash(f.Name) && f.Exists) // one that its rule has just removed; what is asked next is what was seen here
                .Select(f => new LandingFile(f.Name, new DateTimeOffset(f.LastWriteTimeUtc, TimeSpan.Zero), f.Length))]
            : [];
    }

    /// <summary>Removes landed bytes, unless they were landed again since they were looked at. A reader that holds them open reads on.</summary>
    /// <exception cref="OpenDataException">OD9003: the disk failed.</exception>
    public bool Remove(LandingFile file)
    {
        var path = PathOf(file.Sha256);
        try
        {
            if (new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero) != file.LandedAt)
            {
                return false;
            }

            File.Delete(path);
            return true;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new OpenDataException(
                EngineErrors.NotDurable,
                new LocalText("Chưa xoá được tệp tiếp nhận đã hết hạn lưu.", "A landed file that is no longer kept could not be removed."),
                inner: failed);
        }
    }

    /// <summary>True when the landed bytes still have their hash.</summary>
    public static bool IsIntact(LandedFile file)
    {
        if (!File.Exists(file.Path))
        {
            return false;
        }

        using var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(stream)) == file.Sha256;
    }

    /// <summary>Moves a finished, closed spool file to its name; whole or not at all.</summary>
    internal string Keep(string spoolPath, string sha256)
    {
        var path = PathOf(sha256);
        var folder = Path.GetDirectoryName(path)!;
        if (TryTouch(path))
        {
            File.Delete(spoolPath);
            return path;
        }

        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            Durable.FlushFolder(Folder);
        }

        TryTouch(spoolPath);
        Fault.Hit("landing-before-rename");
        Durable.Rename(spoolPath, path);
        return path;
    }

    /// <summary>
    /// Landed, or landed again: the age of the bytes begins anew, so that nothing removes them under the run that is about to read them.
    /// False when they are not there.
    /// </summary>
    private bool TryTouch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, _clock.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private static bool IsHash(string name) => name.Length == 64 && name.All(char.IsAsciiHexDigitLower);

    private string PathOf(string sha256) => Path.Combine(Folder, sha256[..2], sha256);
}
