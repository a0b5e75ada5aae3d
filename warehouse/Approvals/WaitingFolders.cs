using System.Security.Cryptography;
using System.Text.RegularExpressions;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Publishing;

namespace OpenData.Warehouse.Approvals;

/// <summary>
/// Where waiting versions lie: <c>waiting/&lt;dataset&gt;/&lt;run&gt;</c>, outside <c>published/</c>, so that nothing that serves readers can find
/// one. Only the owner and the group of the folder may look into it.
/// </summary>
/// <param name="dataFolder">The data folder.</param>
public sealed partial class WaitingFolders(string dataFolder)
{
    private const UnixFileMode OwnerAndGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    private readonly SnapshotStore _store = new(dataFolder);

    /// <summary>Absolute path of <c>waiting/</c>.</summary>
    public string Root { get; } = Path.Combine(Path.GetFullPath(dataFolder), "waiting");

    /// <summary>Every folder there, by dataset and run.</summary>
    public IReadOnlyList<(string Dataset, string RunId)> All()
        => Directory.Exists(Root)
            ? [.. Directory.EnumerateDirectories(Root).Order(StringComparer.Ordinal).SelectMany(d => Directory.EnumerateDirectories(d)
                .Order(StringComparer.Ordinal)
                .Select(r => (Path.GetFileName(d), Path.GetFileName(r))))]
            : [];

    /// <summary>The version as its run left it; null when its manifest is not the one that the ledger knows.</summary>
    public Snapshot? Open(WaitingVersion waiting)
    {
        var folder = FolderOf(waiting.Dataset, waiting.RunId);
        try
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, SnapshotFiles.Manifest));
            return Convert.ToHexStringLower(SHA256.HashData(bytes)) == waiting.ManifestSha256 && ManifestJson.Read(bytes) is { } manifest
                ? SnapshotStore.OpenFolder(manifest, folder)
                : null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with its files; empty when all is as its run wrote it.</summary>
    public IReadOnlyList<SnapshotDamage> Damage(WaitingVersion waiting, SnapshotVerifier verifier, CancellationToken token)
        => verifier.VerifyFolder(FolderOf(waiting.Dataset, waiting.RunId), waiting.Dataset, waiting.RunId, waiting.ManifestSha256, token);

    /// <summary>Moves a version that is whole and durable from a run's work folder here.</summary>
    internal string TakeIn(string folder, string dataset, string runId)
    {
        var target = FolderOf(dataset, runId);
        var parent = Path.GetDirectoryName(target)!; // below the root
        if (!Directory.Exists(parent))
        {
            Directory.CreateDirectory(Root);
            Close();
            Directory.CreateDirectory(parent);
            Durable.FlushFolder(Root);
            Durable.FlushFolder(Path.GetDirectoryName(Root)!); // the data folder
        }

        Durable.Rename(folder, target);
        return target;
    }

    /// <summary>Removes one; what is half removed is nobody's version any more and goes the next time.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public void Remove(string dataset, string runId)
    {
        var folder = FolderOf(dataset, runId);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Closes the root, where there is one, to all but owner and group.</summary>
    internal void Close()
    {
        if (!OperatingSystem.IsWindows() && Directory.Exists(Root))
        {
            File.SetUnixFileMode(Root, OwnerAndGroup);
        }
    }

    /// <summary>Absolute path of a waiting version.</summary>
    /// <exception cref="ArgumentException">The names are none: they must never become a path.</exception>
    internal string FolderOf(string dataset, string runId)
        => RunName().IsMatch(runId)
            ? Path.Combine(Root, Path.GetFileName(_store.DatasetFolder(dataset)), runId)
            : throw new ArgumentException("Not a run.", nameof(runId));

    [GeneratedRegex("^[A-Za-z0-9-]{1,80}\\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RunName();
}
