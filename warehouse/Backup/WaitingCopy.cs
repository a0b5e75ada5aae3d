using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Publishing;

namespace OpenData.Warehouse.Backup;

/// <summary>Copies versions that wait for an approval.</summary>
/// <param name="folders">Where they wait.</param>
/// <param name="copy">Copies.</param>
/// <param name="root">Folder of the backup.</param>
internal sealed class WaitingCopy(WaitingFolders folders, FileCopy copy, string root)
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Copies one: all of it, or nothing where it has gone out or away meanwhile.</summary>
    /// <param name="waiting">The version.</param>
    /// <param name="add">Takes each file of the backup.</param>
    /// <param name="token">Stops between two files.</param>
    /// <returns>False when it could not be copied whole.</returns>
    internal bool Copy(WaitingVersion waiting, Action<BackupFile> add, CancellationToken token)
    {
        var folder = folders.FolderOf(waiting.Dataset, waiting.RunId);
        var target = Path.Combine(root, "waiting", waiting.Dataset, waiting.RunId);
        BackupFile? Bring(string name, string? sha256) => copy.Bring(Path.Combine(folder, name), Path.Combine(target, name), sha256, OwnerFile, token);

        if (Bring(SnapshotFiles.Manifest, waiting.ManifestSha256) is not { } manifest)
        {
            return false;
        }

        var files = (ManifestJson.Read(File.ReadAllBytes(manifest.Path))?.Files ?? []).Select(f => Bring(f.Name, f.Sha256)).ToList();
        if (files.Contains(null))
        {
            return false;
        }

        add(manifest);
        files.ForEach(f => add(f!)); // none is null
        return true;
    }
}
