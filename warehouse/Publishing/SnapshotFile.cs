namespace OpenData.Warehouse.Publishing;

/// <summary>One file of a version.</summary>
/// <param name="Name">Name inside the version's folder.</param>
/// <param name="Bytes">Length in bytes.</param>
/// <param name="Sha256">SHA-256, lower-case hex.</param>
public sealed record SnapshotFile(string Name, long Bytes, string Sha256);
