namespace OpenData.Warehouse.Publishing;

/// <summary>A new version is current.</summary>
/// <param name="Snapshot">The new version.</param>
/// <param name="Counts">What became of the received records.</param>
public sealed record PublishedSnapshot(Snapshot Snapshot, RunCounts Counts) : PublishResult(Snapshot, Counts);
