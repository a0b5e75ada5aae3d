using System.Security.Cryptography;
using OpenData.Warehouse.Integrity;
using OpenData.Warehouse.Publishing;

namespace OpenData.Warehouse.Backup;

/// <summary>Copies published versions: all files of a version before the publication that names it.</summary>
/// <param name="store">Where they lie.</param>
/// <param name="copy">Copies.</param>
/// <param name="root">Folder of the backup.</param>
/// <param name="saved">What the saved state knows.</param>
/// <param name="savedAt">A moment not later than that of the saved state.</param>
internal sealed class PublishedCopy(SnapshotStore store, FileCopy copy, string root, SavedState saved, DateTimeOffset savedAt)
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Copies the versions of a dataset.</summary>
    /// <param name="dataset">Dataset id.</param>
    /// <param name="add">Takes each file of the backup.</param>
    /// <param name="report">Takes what is damaged and therefore left out.</param>
    /// <param name="token">Stops between two files.</param>
    internal void Copy(string dataset, Action<BackupFile> add, Action<Finding> report, CancellationToken token)
    {
        // Looked at first: every version that they name is there in whole, and those that come later are not of this moment.
        var publications = store.PublicationFiles(dataset);
        var copied = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (number, path) in publications)
        {
            var publication = Publication.Read(number, File.ReadAllBytes(path));
            if (publication is null)
            {
                report(new Finding(BackupErrors.LeftOut, $"{dataset} {Path.GetFileName(path)}", "The publication file is torn; it is copied as it is."));
            }
            else if (Manifest(dataset, publication) is { } manifest && IsLater(manifest))
            {
                continue;
            }
            else if (copied.Add(publication.Version))
            {
                CopyVersion(dataset, publication, add, report, token);
            }

            if (copy.Bring(path, Path.Combine(root, "published", dataset, "current", Path.GetFileName(path)), null, OwnerFile, token) is { } named)
            {
                add(named);
            }
        }
    }

    // Published after the state was saved, by a run that it does not know.
    private bool IsLater(SnapshotManifest manifest) => manifest.PublishedAt >= savedAt && !saved.Runs.Contains(manifest.RunId);

    private void CopyVersion(string dataset, Publication publication, Action<BackupFile> add, Action<Finding> report, CancellationToken token)
    {
        var folder = store.VersionFolder(dataset, publication.Version);
        var target = Path.Combine(root, "published", dataset, publication.Version);
        BackupFile? Bring(string name, string? sha256) => copy.Bring(Path.Combine(folder, name), Path.Combine(target, name), sha256, OwnerFile, token);
        void Missing(string name) => report(new Finding(
            BackupErrors.LeftOut, $"{dataset} {publication.Version}", $"{name} is missing or damaged."));

        // The backup may have the right bytes of an earlier time, even where those of the data folder are damaged now.
        if (Bring(SnapshotFiles.Manifest, publication.ManifestSha256) is not { } manifestFile)
        {
            Missing(SnapshotFiles.Manifest);
            return;
        }

        add(manifestFile);
        foreach (var file in ManifestJson.Read(File.ReadAllBytes(manifestFile.Path))?.Files ?? [])
        {
            if (Bring(file.Name, file.Sha256) is { } there)
            {
                add(there);
            }
            else if (!File.Exists(Path.Combine(folder, SnapshotFiles.Collected)))
            {
                // The collector marks before it removes, so this one did not go by its rule.
                Missing(file.Name);
            }
        }

        if (Bring(SnapshotFiles.Collected, null) is { } mark)
        {
            add(mark);
        }
    }

    private SnapshotManifest? Manifest(string dataset, Publication publication)
    {
        var path = Path.Combine(store.VersionFolder(dataset, publication.Version), SnapshotFiles.Manifest);
        return File.Exists(path) && File.ReadAllBytes(path) is var bytes && Convert.ToHexStringLower(SHA256.HashData(bytes)) == publication.ManifestSha256
            ? ManifestJson.Read(bytes)
            : null;
    }
}
