namespace OpenData.Warehouse.Backup;

/// <summary>One file of a backup.</summary>
/// <param name="Path">Path below the backup's folder, with slashes; that below the data folder but for the folder of the state.</param>
/// <param name="Bytes">Length in bytes.</param>
/// <param name="Sha256">SHA-256, lower-case hex.</param>
public sealed record BackupFile(string Path, long Bytes, string Sha256);
