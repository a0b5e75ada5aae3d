namespace OpenData.Warehouse.Publishing;

/// <summary>A new version is complete, and waits for a person to let it out: readers do not see it.</summary>
/// <param name="Snapshot">The version that waits.</param>
/// <param name="Counts">What became of the received records.</param>
/// <param name="ManifestSha256">SHA-256 of its manifest.</param>
public sealed record Held(Snapshot Snapshot, RunCounts Counts, string ManifestSha256) : PublishResult(Snapshot, Counts);
