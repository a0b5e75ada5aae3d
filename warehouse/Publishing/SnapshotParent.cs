namespace OpenData.Warehouse.Publishing;

/// <summary>A version of another dataset that a version was made from or checked against.</summary>
/// <param name="Dataset">Dataset id.</param>
/// <param name="Version">Version name.</param>
public sealed record SnapshotParent(string Dataset, string Version);
