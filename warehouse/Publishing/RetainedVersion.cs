namespace OpenData.Warehouse.Publishing;

/// <summary>What <see cref="Retention"/> needs to know of a version.</summary>
/// <param name="Version">Version name.</param>
/// <param name="PublishedAt">When it became current.</param>
/// <param name="Bytes">Bytes of its files.</param>
public sealed record RetainedVersion(string Version, DateTimeOffset PublishedAt, long Bytes)
{
    /// <summary>When the next version took its place, also when that one is collected; null: the version before it in the list did.</summary>
    public DateTimeOffset? ReplacedAt { get; init; }

    /// <summary>The versions whose files are there, newest first.</summary>
    /// <param name="versions">All versions of one dataset, newest first, collected ones included.</param>
    public static IReadOnlyList<RetainedVersion> Of(IReadOnlyList<Snapshot> versions) =>
    [
        .. versions
            .Select((v, i) => (Snapshot: v, ReplacedAt: i == 0 ? (DateTimeOffset?)null : versions[i - 1].Manifest.PublishedAt))
            .Where(v => v.Snapshot.CollectedAt is null)
            .Select(v => new RetainedVersion(v.Snapshot.Version, v.Snapshot.Manifest.PublishedAt, v.Snapshot.Manifest.Bytes) { ReplacedAt = v.ReplacedAt }),
    ];
}
