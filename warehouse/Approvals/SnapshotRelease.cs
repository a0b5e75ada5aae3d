using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Integrity;
using OpenData.Warehouse.Publishing;

namespace OpenData.Warehouse.Approvals;

/// <summary>
/// Publishes a version that waited: every file is read and compared once more, then the version gets its name, its time and its token, and goes the
/// way of every publication. What waits stays where it is until the publication is there, so that a death at any point loses nothing.
/// </summary>
/// <param name="store">Where versions lie.</param>
/// <param name="folders">Where they wait.</param>
/// <param name="clock">Gives the time of publication.</param>
public sealed class SnapshotRelease(SnapshotStore store, WaitingFolders folders, TimeProvider clock)
{
    /// <summary>The points at which a test may kill the process, in the order in which they are passed.</summary>
    internal static readonly IReadOnlyList<string> FaultPoints = ["release.verified", "release.linked", "publish.renamed", "publish.pointed"];

    /// <summary>Publishes.</summary>
    /// <param name="waiting">An approved version.</param>
    /// <param name="fencing">Token of the dataset's lease; higher than every earlier one.</param>
    /// <param name="token">Stops before the publication.</param>
    /// <exception cref="OpenDataException">OD2439: it is damaged; OD2301, OD2302: another version was published meanwhile; OD2304, OD2305: the disk.</exception>
    public Snapshot Release(WaitingVersion waiting, long fencing, CancellationToken token)
    {
        var made = Path.Combine(store.WorkFolder, waiting.RunId, waiting.Dataset + ".version");
        try
        {
            var verifier = new SnapshotVerifier(store, new ReadingPace(null, clock));
            if (folders.Damage(waiting, verifier, token).Count > 0 || folders.Open(waiting) is not { } held)
            {
                throw Damaged();
            }

            Fault.Hit("release.verified");
            var placement = new SnapshotPlacement(store);
            placement.RefuseStale(waiting.Dataset, fencing, waiting.BaseVersion);
            var (manifest, bytes) = Publishable(held.Manifest, fencing);
            Link(held, made, bytes);
            Fault.Hit("release.linked");
            token.ThrowIfCancellationRequested();
            return placement.Place(manifest, bytes, made);
        }
        catch (Exception failed)
        {
            SnapshotPlacement.RemoveFolder(made);
            if (DiskFault.Named(failed) is { } named)
            {
                throw named;
            }

            throw;
        }
    }

    // Name and time are those of the publication, not of the waiting: readers order versions by them and ask what was there at a moment.
    private (SnapshotManifest Manifest, byte[] Bytes) Publishable(SnapshotManifest held, long fencing)
    {
        var now = clock.GetUtcNow().ToUniversalTime();
        var latest = store.Publications(held.Dataset).Select(p => p.Version).Max(StringComparer.Ordinal);
        var manifest = held with { Version = VersionName.Make(now, held.ContentHash, latest), Token = fencing, PublishedAt = now };
        return (manifest, ManifestJson.Write(manifest));
    }

    private static void Link(Snapshot held, string folder, byte[] manifest)
    {
        SnapshotPlacement.RemoveFolder(folder);
        Directory.CreateDirectory(folder);
        foreach (var file in held.Manifest.Files)
        {
            Durable.LinkOrCopy(held.Path(file.Name), Path.Combine(folder, file.Name));
        }

        SnapshotPlacement.WriteFile(Path.Combine(folder, SnapshotFiles.Manifest), manifest);
        SnapshotPlacement.MakeDurable(folder);
    }

    private static OpenDataException Damaged() => new(ApprovalErrors.Damaged, new LocalText(
        "Một tệp của phiên bản đang chờ không còn như lúc được tạo; lượt nạp sau sẽ tạo lại.",
        "A file of the waiting version is not as it was made; the next run makes it again."));
}
