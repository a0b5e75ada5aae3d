namespace OpenData.Warehouse.Publishing;

/// <summary>How the making of a version ended well: <see cref="PublishedSnapshot"/>, <see cref="Publishing.Unchanged"/> or <see cref="Held"/>.</summary>
/// <param name="Snapshot">The version that is current now, or the one that waits.</param>
/// <param name="Counts">What became of the received records.</param>
public abstract record PublishResult(Snapshot Snapshot, RunCounts Counts);
