using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Serving;

/// <summary>A version as lists show it.</summary>
/// <param name="Snapshot">The version.</param>
/// <param name="Stay">Why its files are there and how long at least; null when they were collected.</param>
public sealed record ListedVersion(Snapshot Snapshot, VersionStay? Stay);
