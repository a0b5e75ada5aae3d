using System.Security.Cryptography;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Publishing;

/// <summary>The last steps of every publication: a whole and durable folder is renamed into place, then named by a publication file.</summary>
/// <param name="store">Where versions lie.</param>
internal sealed class SnapshotPlacement(SnapshotStore store)
{
    /// <summary>Publishes the version that lies in a folder.</summary>
    /// <param name="manifest">Its manifest, with the token and the version before it.</param>
    /// <param name="manifestBytes">The same as it lies there.</param>
    /// <param name="folder">Where it was made, on the same file system.</param>
    internal Snapshot Place(SnapshotManifest manifest, byte[] manifestBytes, string folder)
    {
        var publication = new Publication(manifest.Token, manifest.Version, Convert.ToHexStringLower(SHA256.HashData(manifestBytes)));
        var currentFolder = store.CurrentFolder(manifest.Dataset);
        MakeFolders(store.DatasetFolder(manifest.Dataset), currentFolder);
        using var gate = CloseGate(currentFolder, manifest.Dataset);
        RefuseStale(manifest.Dataset, manifest.Token, manifest.PreviousVersion);
        var placed = store.VersionFolder(manifest.Dataset, manifest.Version);
        Durable.Rename(folder, placed);
        var pointer = Path.Combine(currentFolder, Publication.FileName(publication.Token));
        try
        {
            Fault.Hit("publish.renamed");
            RefuseStale(manifest.Dataset, manifest.Token, manifest.PreviousVersion);
            if (!Durable.CreateExclusive(pointer, publication.ToBytes()))
            {
                throw Stale(manifest.Dataset, manifest.Token);
            }
        }
        catch
        {
            // Once the publication file is there readers may have followed it: then the version stays, whatever failed after.
            if (!File.Exists(pointer))
            {
                RemoveFolder(placed);
            }

            throw;
        }

        Fault.Hit("publish.pointed");
        return store.Open(manifest.Dataset, publication) ?? throw new OpenDataException(PublishingErrors.Damaged, new LocalText(
            $"Phiên bản {manifest.Version} vừa công bố không đọc lại được.",
            $"Version {manifest.Version} cannot be read right after it was published."));
    }

    /// <summary>Checked at the start (cheap), before the rename and before the publication; a lower token that slips through never wins anyway.</summary>
    internal void RefuseStale(string dataset, long token, string? previousVersion)
    {
        if (store.HighestToken(dataset) is { } highest && highest >= token)
        {
            throw Stale(dataset, token);
        }

        if (store.Current(dataset)?.Version != previousVersion)
        {
            throw new OpenDataException(PublishingErrors.BaseChanged, new LocalText(
                $"Phiên bản hiện hành của {dataset} đã đổi trong lúc chạy; hãy chạy lại.",
                $"The current version of {dataset} changed during the run; run again."));
        }
    }

    /// <summary>Waits until every file of the folder is on the disk, and makes them read-only.</summary>
    internal static void MakeDurable(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            Durable.FlushFile(file);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            }
        }

        Durable.FlushFolder(folder);
    }

    /// <summary>Writes a new small file.</summary>
    internal static void WriteFile(string path, byte[] bytes)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        file.Write(bytes);
    }

    /// <summary>Removes a folder that nobody reads.</summary>
    internal static void RemoveFolder(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (IOException)
        {
            // What cannot be removed now goes with the work folder at the next start; the first failure is the one to tell.
        }
    }

    // Between the last look at the tokens and the publication nobody else may publish, or a merge could be built on a version that is
    // not the one before it. The lock is the operating system's: it ends with the process. Where a file system has no locks, the highest
    // token still wins.
    private static FileStream CloseGate(string currentFolder, string dataset)
    {
        try
        {
            return new FileStream(Path.Combine(currentFolder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException busy) when (busy is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(Path.Combine(currentFolder, ".lock")))
        {
            throw new OpenDataException(PublishingErrors.BaseChanged, new LocalText(
                $"Một tiến trình khác đang công bố {dataset}; hãy chạy lại.",
                $"Another worker is publishing {dataset} at this moment; run again."), inner: busy);
        }
    }

    private void MakeFolders(string datasetFolder, string currentFolder)
    {
        if (Directory.Exists(currentFolder))
        {
            return;
        }

        Directory.CreateDirectory(currentFolder);
        Durable.FlushFolder(datasetFolder);
        Durable.FlushFolder(store.PublishedFolder);
        Durable.FlushFolder(Path.GetDirectoryName(store.PublishedFolder)!); // the data folder
    }

    private static OpenDataException Stale(string dataset, long token) => new(PublishingErrors.StaleToken, new LocalText(
        FormattableString.Invariant($"Quyền công bố số {token} của {dataset} đã cũ."),
        FormattableString.Invariant($"Publishing right {token} of {dataset} is out of date.")));
}
