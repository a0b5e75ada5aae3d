using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Publishing;

/// <summary>
/// Deletes the data files of versions that <see cref="Retention"/> lets go. The manifest, the contract and the publication file stay
/// for ever, and <c>collected.txt</c> says when, so that the version answers 410 and not 404. Several processes may do it at once.
/// </summary>
/// <param name="store">Where versions lie.</param>
/// <param name="clock">Gives the time.</param>
public sealed class SnapshotCollector(SnapshotStore store, TimeProvider clock)
{
    /// <summary>Collects what may go; returns the versions collected now, newest first.</summary>
    /// <param name="contract">The dataset's contract of today.</param>
    /// <param name="pins">Version → why an operator pinned it.</param>
    /// <param name="claimAsync">
    /// Asked for each version right before it goes; false when somebody pinned it in the meantime, and then it stays. After a yes nobody
    /// can pin it any more.
    /// </param>
    /// <exception cref="OpenDataException">OD9003, OD2305: the disk failed; run again.</exception>
    public async Task<IReadOnlyList<string>> CollectAsync(
        DatasetContract contract, IReadOnlyDictionary<string, string> pins, Func<string, Task<bool>> claimAsync)
    {
        var versions = store.Versions(contract.Id);
        var now = clock.GetUtcNow();
        var plan = Retention.Plan(
            RetainedVersion.Of(versions), contract.Keep, pins, TimeZoneInfo.FindSystemTimeZoneById(contract.TimeZone), now);
        var collected = new List<string>();
        foreach (var stay in plan.Where(s => s.Because == KeptBecause.MayGo))
        {
            if (await claimAsync(stay.Version))
            {
                Collect(versions.First(v => v.Version == stay.Version), now);
                collected.Add(stay.Version);
            }
        }

        // Files that a crash left behind after the mark.
        foreach (var version in versions.Where(v => v.CollectedAt is not null))
        {
            RemoveData(version);
        }

        return collected;
    }

    private static void Collect(Snapshot version, DateTimeOffset now)
    {
        // The mark comes first and is durable: a crash in between leaves a collected version with files, never a damaged one.
        Durable.CreateExclusive(version.Path(SnapshotFiles.Collected), CollectionMark.Write(version.Manifest, now));
        Fault.Hit("collect.marked");
        RemoveData(version);
    }

    // A file that a reader holds open is read to its end: removing takes the name away, not the bytes.
    private static void RemoveData(Snapshot version)
    {
        try
        {
            foreach (var file in version.Manifest.Files.Where(f => f.Name != SnapshotFiles.Contract))
            {
                File.Delete(version.Path(file.Name));
            }
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new OpenDataException(
                PublishingErrors.DiskFailed,
                new LocalText(
                    $"Chưa xoá hết tệp của phiên bản {version.Version} đã hết hạn lưu.",
                    $"Not all files of version {version.Version}, which is no longer kept, could be removed."),
                inner: failed);
        }
    }
}
