using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Publishing;

/// <summary>
/// Tidies up after processes that died, when a worker starts: work folders of dead runs go, and so do versions that were renamed into
/// place but never named by a publication file. Such a version is removed, not completed: nobody ever saw it, its run is recorded as
/// interrupted, and the next run makes it again under a token of its own.
/// </summary>
/// <param name="store">Where versions lie.</param>
public sealed class Recovery(SnapshotStore store)
{
    /// <summary>Tidies up.</summary>
    /// <param name="isLive">True for runs that another process is working on right now (it holds a lease); their folders stay.</param>
    /// <exception cref="OpenDataException">OD9003: the disk failed.</exception>
    public RecoveryReport Run(Predicate<string> isLive)
    {
        var work = CleanWork(isLive);
        var versions = new List<SnapshotParent>();
        foreach (var dataset in store.Datasets())
        {
            versions.AddRange(RemoveUnpublished(dataset, isLive).Select(v => new SnapshotParent(dataset, v)));
        }

        return new RecoveryReport(work, versions);
    }

    private List<string> CleanWork(Predicate<string> isLive)
    {
        var removed = new List<string>();
        if (!Directory.Exists(store.WorkFolder))
        {
            return removed;
        }

        foreach (var folder in Directory.EnumerateDirectories(store.WorkFolder))
        {
            var run = Path.GetFileName(folder);
            if (!isLive(run))
            {
                Directory.Delete(folder, recursive: true);
                removed.Add(run);
            }
        }

        return removed;
    }

    private List<string> RemoveUnpublished(string dataset, Predicate<string> isLive)
    {
        var removed = new List<string>();

        // Looked at once: the files that are counted are the files that were read. One that cannot be read now, whether torn or because the
        // disk failed for a moment, may name any version: then nothing is removed, and verify says so.
        var (files, publications) = store.FilesAndPublications(dataset);
        if (files != publications.Count)
        {
            return removed;
        }

        var published = publications.Select(p => p.Version).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in Directory.EnumerateDirectories(store.DatasetFolder(dataset)))
        {
            var version = Path.GetFileName(folder);
            if (!VersionName.IsValid(version) || published.Contains(version) || IsOfLiveRun(folder, isLive))
            {
                continue;
            }

            // Out of the readers' folder in one step, so that a crash leaves no half of it there.
            Directory.CreateDirectory(store.WorkFolder);
            var rubbish = Path.Combine(store.WorkFolder, "unpublished-" + version);
            Durable.Rename(folder, rubbish);
            Directory.Delete(rubbish, recursive: true);
            removed.Add(version);
        }

        return removed;
    }

    private static bool IsOfLiveRun(string folder, Predicate<string> isLive)
    {
        var manifest = Path.Combine(folder, SnapshotFiles.Manifest);
        return File.Exists(manifest) && ManifestJson.Read(File.ReadAllBytes(manifest)) is { } read && isLive(read.RunId);
    }
}
