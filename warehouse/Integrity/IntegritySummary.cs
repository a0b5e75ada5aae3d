namespace OpenData.Warehouse.Integrity;

/// <summary>What a check looked at.</summary>
/// <param name="Datasets">Datasets with a folder.</param>
/// <param name="Versions">Published versions, collected ones included.</param>
/// <param name="Landed">Files in landing.</param>
/// <param name="Bytes">Bytes read for checksums.</param>
/// <param name="Findings">What was found.</param>
public sealed record IntegritySummary(int Datasets, int Versions, int Landed, long Bytes, IReadOnlyList<Finding> Findings);
