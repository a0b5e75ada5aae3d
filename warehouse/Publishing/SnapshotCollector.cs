using System.Globalization;
using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Publishing;

/// <summary>
/// Deletes the data files of versions that <see cref="Retention"/> lets go. The manifest, the contract and the publication file stay
/// for ever, and <c>collected.txt</c> says when, so that the version answers 410 and not 404. Run by the worker that holds the lease.
/// </summary>
/// <param name="store">Where versions lie.</param>
/// <param name="clock">Gives the time.</param>
public sealed class SnapshotCollector(SnapshotStore store, TimeProvider clock)
{
    /// <summary>Collects what may go; returns the versions collected now, newest first.</summary>
    /// <param name="contract">The dataset's contract.</param>
    /// <param name="pinned">Versions that must stay.</param>
    /// <exception cref="OpenDataException">OD9003: the disk failed; run again.</exception>
    public IReadOnlyList<string> Collect(DatasetContract contract, IReadOnlySet<string> pinned)
    {
        var present = store.Versions(contract.Id).Where(v => v.CollectedAt is null).ToList();
        var now = clock.GetUtcNow();
        var expired = Retention.Expired(
            [.. present.Select(v => new RetainedVersion(v.Version, v.Manifest.PublishedAt, v.Manifest.Bytes))],
            contract.Keep,
            pinned,
            TimeZoneInfo.FindSystemTimeZoneById(contract.TimeZone),
            now);
        foreach (var version in present.Where(v => expired.Contains(v.Version)))
        {
            Collect(version, now);
        }

        Finish(contract.Id);
        return expired;
    }

    private static void Collect(Snapshot version, DateTimeOffset now)
    {
        // The mark comes first and is durable: a crash in between leaves a collected version with files, never a damaged one.
        var mark = now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) + "\n";
        Durable.CreateExclusive(version.Path(SnapshotFiles.Collected), Encoding.ASCII.GetBytes(mark));
        Fault.Hit("collect.marked");
        RemoveData(version);
    }

    // Files that a crash left behind after the mark.
    private void Finish(string datasetId)
    {
        foreach (var version in store.Versions(datasetId).Where(v => v.CollectedAt is not null))
        {
            RemoveData(version);
        }
    }

    private static void RemoveData(Snapshot version)
    {
        foreach (var file in version.Manifest.Files.Where(f => f.Name != SnapshotFiles.Contract))
        {
            File.Delete(version.Path(file.Name));
        }
    }
}
