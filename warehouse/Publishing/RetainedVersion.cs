namespace OpenData.Warehouse.Publishing;

/// <summary>What <see cref="Retention"/> needs to know of a version.</summary>
/// <param name="Version">Version name.</param>
/// <param name="PublishedAt">When it became current.</param>
/// <param name="Bytes">Bytes of its files.</param>
public sealed record RetainedVersion(string Version, DateTimeOffset PublishedAt, long Bytes);
