namespace OpenData.Warehouse.Publishing;

/// <summary>How a publication ended well: <see cref="PublishedSnapshot"/> or <see cref="Publishing.Unchanged"/>.</summary>
/// <param name="Snapshot">The version that is current now.</param>
/// <param name="Counts">What became of the received records.</param>
public abstract record PublishResult(Snapshot Snapshot, RunCounts Counts);
