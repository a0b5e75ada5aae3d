using System.Security.Cryptography;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Integrity;

namespace OpenData.Warehouse.Publishing;

/// <summary>Recomputes every checksum of published versions and names what is damaged. Reads only.</summary>
/// <param name="store">Where versions lie.</param>
/// <param name="pace">How fast files are read; null means as fast as the disk gives.</param>
public sealed class SnapshotVerifier(SnapshotStore store, ReadingPace? pace = null)
{
    private readonly ReadingPace _pace = pace ?? new ReadingPace(null, TimeProvider.System);

    private static readonly HashSet<string> Own = new(StringComparer.Ordinal) { SnapshotFiles.Manifest, SnapshotFiles.Collected };

    /// <summary>Damage of every dataset; empty means that all is as it was published.</summary>
    public IReadOnlyList<SnapshotDamage> VerifyAll(CancellationToken token)
        => [.. store.Datasets().SelectMany(d => Verify(d, token))];

    /// <summary>Damage of all versions of a dataset.</summary>
    public IReadOnlyList<SnapshotDamage> Verify(string datasetId, CancellationToken token)
    {
        var damages = new List<SnapshotDamage>();
        foreach (var (tokenNumber, path) in store.PublicationFiles(datasetId))
        {
            var name = Path.GetFileName(path);
            if (ReadOrNull(path) is not { } bytes)
            {
                damages.Add(new SnapshotDamage(datasetId, null, name, DamageKind.Unreadable));
            }
            else if (Publication.Read(tokenNumber, bytes) is not { } publication)
            {
                damages.Add(new SnapshotDamage(datasetId, null, name, DamageKind.Malformed));
            }
            else
            {
                damages.AddRange(Verify(datasetId, publication, token));
            }
        }

        return [.. damages.Distinct()];
    }

    /// <summary>Damage of one version.</summary>
    public IReadOnlyList<SnapshotDamage> Verify(string datasetId, Publication publication, CancellationToken token)
        => VerifyFolder(store.VersionFolder(datasetId, publication.Version), datasetId, publication.Version, publication.ManifestSha256, token);

    /// <summary>Damage of a version that lies in some folder.</summary>
    /// <param name="folder">Absolute path.</param>
    /// <param name="datasetId">Its dataset.</param>
    /// <param name="version">How it is called.</param>
    /// <param name="manifestSha256">The hash that its manifest must have.</param>
    /// <param name="token">Stops between two files.</param>
    internal IReadOnlyList<SnapshotDamage> VerifyFolder(string folder, string datasetId, string version, string manifestSha256, CancellationToken token)
    {
        SnapshotDamage Damage(string file, DamageKind kind) => new(datasetId, version, file, kind);

        var manifestPath = Path.Combine(folder, SnapshotFiles.Manifest);
        if (!File.Exists(manifestPath))
        {
            return [Damage(SnapshotFiles.Manifest, DamageKind.Missing)];
        }

        if (ReadOrNull(manifestPath) is not { } bytes)
        {
            return [Damage(SnapshotFiles.Manifest, DamageKind.Unreadable)];
        }

        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != manifestSha256)
        {
            return [Damage(SnapshotFiles.Manifest, DamageKind.Checksum)];
        }

        if (ManifestJson.Read(bytes) is not { } manifest)
        {
            return [Damage(SnapshotFiles.Manifest, DamageKind.Malformed)];
        }

        var damages = new List<SnapshotDamage>();
        foreach (var file in manifest.Files)
        {
            token.ThrowIfCancellationRequested();
            var path = Path.Combine(folder, file.Name);
            var kind = File.Exists(path) ? KindOf(path, file, token) : DamageKind.Missing;

            // Looked for after the file: a version may be collected meanwhile, and then its mark was there before the file went.
            if (kind is not null && (File.Exists(path) || !File.Exists(Path.Combine(folder, SnapshotFiles.Collected))))
            {
                damages.Add(Damage(file.Name, kind.Value));
            }
        }

        if (ReadOrNull(Path.Combine(folder, SnapshotFiles.Collected)) is { } mark && CollectionMark.Read(manifest, mark) is null)
        {
            damages.Add(Damage(SnapshotFiles.Collected, DamageKind.Malformed));
        }

        damages.AddRange(Directory.EnumerateFileSystemEntries(folder)
            .Select(p => Path.GetFileName(p))
            .Where(name => !Own.Contains(name) && manifest.File(name) is null && !Durable.IsPartOf(SnapshotFiles.Collected, name))
            .Order(StringComparer.Ordinal)
            .Select(name => Damage(name, DamageKind.Unlisted)));
        return damages;
    }

    private DamageKind? KindOf(string path, SnapshotFile file, CancellationToken token)
    {
        try
        {
            if (new FileInfo(path).Length != file.Bytes)
            {
                return DamageKind.Length;
            }

            return _pace.Sha256Of(path, token) == file.Sha256 ? null : DamageKind.Checksum;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return DamageKind.Unreadable;
        }
    }

    private static byte[]? ReadOrNull(string path)
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
}
