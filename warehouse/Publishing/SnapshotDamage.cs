namespace OpenData.Warehouse.Publishing;

/// <summary>Something wrong with a published version.</summary>
/// <param name="Dataset">Dataset id.</param>
/// <param name="Version">Version name; null when a publication file names none.</param>
/// <param name="File">File name inside the version's folder, or the name of the publication file.</param>
/// <param name="Kind">What is wrong.</param>
public sealed record SnapshotDamage(string Dataset, string? Version, string File, DamageKind Kind);
