using System.Security.Cryptography;
using System.Text.RegularExpressions;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Publishing;

/// <summary>
/// Finds published versions below <c>published/</c>. Reads only; every call looks at the disk, so a new publication is seen at once.
/// A publication whose file is torn, whose manifest does not have the promised hash, or whose files are missing or of another length
/// is passed over: the last whole version is served (<see cref="SnapshotVerifier"/> says which were not whole).
/// </summary>
/// <param name="dataFolder">The data folder.</param>
public sealed partial class SnapshotStore(string dataFolder)
{
    /// <summary>Absolute path of <c>published/</c>.</summary>
    public string PublishedFolder { get; } = Path.Combine(Path.GetFullPath(dataFolder), "published");

    /// <summary>Absolute path of <c>work/</c>.</summary>
    public string WorkFolder { get; } = Path.Combine(Path.GetFullPath(dataFolder), "work");

    /// <summary>Datasets that have a folder, sorted; not each has a publication.</summary>
    public IReadOnlyList<string> Datasets()
        => Directory.Exists(PublishedFolder)
            ? [.. Directory.EnumerateDirectories(PublishedFolder).Select(d => Path.GetFileName(d)).Where(IsDatasetId).Order(StringComparer.Ordinal)]
            : [];

    /// <summary>The version with the highest token that is whole; null when there is none.</summary>
    public Snapshot? Current(string datasetId)
    {
        foreach (var publication in ReadPublications(datasetId))
        {
            if (Open(datasetId, publication) is { CollectedAt: null } snapshot)
            {
                return snapshot;
            }
        }

        return null;
    }

    /// <summary>A published version by name, collected ones included; null when it was never published or is not whole.</summary>
    public Snapshot? Find(string datasetId, string version)
        => VersionName.IsValid(version) && ReadPublications(datasetId).FirstOrDefault(p => p.Version == version) is { } publication
            ? Open(datasetId, publication)
            : null;

    /// <summary>All published versions, the current one first, collected ones included.</summary>
    public IReadOnlyList<Snapshot> Versions(string datasetId) => [.. NewestFirst(datasetId)];

    /// <summary>The same as <see cref="Versions"/>, each opened when it is reached: who looks for the newest reads no others.</summary>
    public IEnumerable<Snapshot> NewestFirst(string datasetId)
        => ReadPublications(datasetId).DistinctBy(p => p.Version).Select(p => Open(datasetId, p)).OfType<Snapshot>();

    /// <summary>The readable publication with the highest token, whether its version is whole or not; null when there is none.</summary>
    public Publication? Newest(string datasetId) => ReadPublications(datasetId).FirstOrDefault();

    /// <summary>All readable publications, highest token first.</summary>
    public IReadOnlyList<Publication> Publications(string datasetId) => [.. ReadPublications(datasetId)];

    /// <summary>The highest token ever used, readable or not; null when there is none.</summary>
    public long? HighestToken(string datasetId)
        => PublicationFiles(datasetId) is [var (highest, _), ..] ? highest : null;

    /// <summary>Absolute path of a version's folder.</summary>
    internal string VersionFolder(string datasetId, string version) => Path.Combine(DatasetFolder(datasetId), version);

    /// <summary>Absolute path of the folder of publication files.</summary>
    internal string CurrentFolder(string datasetId) => Path.Combine(DatasetFolder(datasetId), "current");

    /// <summary>Absolute path of a dataset's folder.</summary>
    /// <exception cref="ArgumentException">The id is none: it must never become a path.</exception>
    internal string DatasetFolder(string datasetId)
        => IsDatasetId(datasetId)
            ? Path.Combine(PublishedFolder, datasetId)
            : throw new ArgumentException("Not a dataset id.", nameof(datasetId));

    /// <summary>How many publication files there are, and those of them that could be read, in one look.</summary>
    internal (int Files, IReadOnlyList<Publication> Readable) FilesAndPublications(string datasetId)
    {
        var files = PublicationFiles(datasetId);
        return (files.Count, [.. Read(files)]);
    }

    /// <summary>Publication files, highest token first.</summary>
    internal IReadOnlyList<(long Token, string Path)> PublicationFiles(string datasetId)
    {
        if (!IsDatasetId(datasetId) || !Directory.Exists(CurrentFolder(datasetId)))
        {
            return [];
        }

        return
        [
            .. Directory.EnumerateFiles(CurrentFolder(datasetId))
                .Select(path => (Token: Publication.TokenOf(Path.GetFileName(path)), Path: path))
                .Where(file => file.Token is not null)
                .Select(file => (file.Token!.Value, file.Path)) // the filter above
                .OrderByDescending(file => file.Value),
        ];
    }

    private IEnumerable<Publication> ReadPublications(string datasetId) => Read(PublicationFiles(datasetId));

    private static IEnumerable<Publication> Read(IReadOnlyList<(long Token, string Path)> files)
    {
        foreach (var (token, path) in files)
        {
            if (ReadSmallFile(path) is { } bytes && Publication.Read(token, bytes) is { } publication)
            {
                yield return publication;
            }
        }
    }

    /// <summary>Opens the version that a publication names; null when it is not whole.</summary>
    public Snapshot? Open(string datasetId, Publication publication)
    {
        var folder = VersionFolder(datasetId, publication.Version);
        if (ReadSmallFile(Path.Combine(folder, SnapshotFiles.Manifest)) is not { } bytes
            || Convert.ToHexStringLower(SHA256.HashData(bytes)) != publication.ManifestSha256
            || ManifestJson.Read(bytes) is not { } manifest
            || manifest.Dataset != datasetId
            || manifest.Version != publication.Version)
        {
            return null;
        }

        var collectedAt = CollectedAt(manifest, folder);
        if (collectedAt is null && !HasAllFiles(manifest, folder))
        {
            // The collector marks before it deletes, so a version collected between the two looks is marked by now: gone, not damaged.
            collectedAt = CollectedAt(manifest, folder);
            if (collectedAt is null)
            {
                return null;
            }
        }

        return new Snapshot(manifest, folder, publication.Token, collectedAt, known => ReadContract(folder, known));
    }

    /// <summary>A version that lies elsewhere and is not published.</summary>
    internal static Snapshot OpenFolder(SnapshotManifest manifest, string folder)
        => new(manifest, folder, manifest.Token, null, known => ReadContract(folder, known));

    private static bool HasAllFiles(SnapshotManifest manifest, string folder)
        => manifest.Files.All(f => new FileInfo(Path.Combine(folder, f.Name)) is { Exists: true } file && file.Length == f.Bytes);

    // A mark that cannot be read is a mark all the same: the files may be gone.
    private static DateTimeOffset? CollectedAt(SnapshotManifest manifest, string folder)
        => ReadSmallFile(Path.Combine(folder, SnapshotFiles.Collected)) is { } bytes
            ? CollectionMark.Read(manifest, bytes) ?? DateTimeOffset.UnixEpoch
            : null;

    private static DatasetContract ReadContract(string folder, DatasetContract? known)
    {
        var yaml = ReadSmallFile(Path.Combine(folder, SnapshotFiles.Contract)) is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes) : null;
        if (known is not null && string.Equals(yaml, known.Yaml, StringComparison.Ordinal))
        {
            return known;
        }

        var contract = yaml is null ? null : CatalogReader.ReadContract(yaml, SnapshotFiles.Contract).Contract;
        return contract ?? throw new OpenDataException(PublishingErrors.StoredContractUnreadable, new LocalText(
            $"Không đọc được hợp đồng lưu cùng phiên bản {Path.GetFileName(folder)}.",
            $"The contract stored with version {Path.GetFileName(folder)} cannot be read."));
    }

    // A file that vanishes or cannot be read counts as not there: the caller passes over it.
    private static byte[]? ReadSmallFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsDatasetId(string id) => DatasetId().IsMatch(id);

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}\\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DatasetId();
}
