namespace OpenData.Warehouse.Publishing;

/// <summary>The input gives the content of the current version: no new one was made.</summary>
/// <param name="Snapshot">The version that stays current.</param>
/// <param name="Counts">What became of the received records.</param>
public sealed record Unchanged(Snapshot Snapshot, RunCounts Counts) : PublishResult(Snapshot, Counts);
