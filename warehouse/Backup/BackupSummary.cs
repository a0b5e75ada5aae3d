using OpenData.Warehouse.Integrity;

namespace OpenData.Warehouse.Backup;

/// <summary>What a backup came to.</summary>
/// <param name="Files">Files of the backup.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="FilesCopied">Those that were not there already.</param>
/// <param name="BytesCopied">Bytes of those.</param>
/// <param name="Findings">What was damaged in the data folder and is therefore not in the backup.</param>
public sealed record BackupSummary(int Files, long Bytes, int FilesCopied, long BytesCopied, IReadOnlyList<Finding> Findings);
