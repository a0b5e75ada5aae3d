using OpenData.Catalogs;

namespace OpenData.Warehouse.Publishing;

/// <summary>A published version as it lies on disk. Immutable; only <see cref="SnapshotStore"/> makes one.</summary>
public sealed class Snapshot
{
    private readonly Func<DatasetContract?, DatasetContract> _readContract;
    private DatasetContract? _contract;
    private KeyFile? _keys;

    internal Snapshot(
        SnapshotManifest manifest, string folder, long token, DateTimeOffset? collectedAt, Func<DatasetContract?, DatasetContract> readContract)
    {
        Manifest = manifest;
        Folder = folder;
        Token = token;
        CollectedAt = collectedAt;
        _readContract = readContract;
    }

    /// <summary>What the version is made of.</summary>
    public SnapshotManifest Manifest { get; }

    /// <summary>Absolute path of the version's folder.</summary>
    public string Folder { get; }

    /// <summary>Fencing token that made it current.</summary>
    public long Token { get; }

    /// <summary>When its files were collected; null while they are there. A collected version answers 410.</summary>
    public DateTimeOffset? CollectedAt { get; }

    /// <summary>Dataset id.</summary>
    public string Dataset => Manifest.Dataset;

    /// <summary>Version name.</summary>
    public string Version => Manifest.Version;

    /// <summary>Absolute path of <c>data.duckdb</c>.</summary>
    public string DataFile => Path(SnapshotFiles.Data);

    /// <summary>The contract by which the version was made, from its own <c>contract.yaml</c>.</summary>
    /// <exception cref="OpenData.Catalogs.Errors.OpenDataException">OD2309: the stored contract cannot be read.</exception>
    public DatasetContract Contract => _contract ??= _readContract(null);

    /// <summary>
    /// Reads the contract, and takes <paramref name="known"/> for it when the stored text is that one's: understanding the text is the dearest part of
    /// opening a version.
    /// </summary>
    /// <exception cref="OpenData.Catalogs.Errors.OpenDataException">OD2309: the stored contract cannot be read.</exception>
    public void ReadContract(DatasetContract known) => _contract ??= _readContract(known);

    /// <summary>Where the row of a key lies; null for versions without such a file, which are scanned.</summary>
    /// <exception cref="IOException">The version is being collected.</exception>
    /// <exception cref="OpenData.Catalogs.Errors.OpenDataException">OD2308: the file is damaged.</exception>
    public KeyFile? Keys => Manifest.File(SnapshotFiles.Keys) is null ? null : _keys ??= KeyFile.Open(Path(SnapshotFiles.Keys));

    /// <summary>Absolute path of a file of the version.</summary>
    public string Path(string fileName) => System.IO.Path.Combine(Folder, fileName);
}
