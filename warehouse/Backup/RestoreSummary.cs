namespace OpenData.Warehouse.Backup;

/// <summary>What a restore came to.</summary>
/// <param name="Files">Files written or found to be right already.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="RunsEnded">Runs that were at work when the backup was made; they are recorded with their end.</param>
/// <param name="MadeAt">The moment that the data folder shows.</param>
public sealed record RestoreSummary(int Files, long Bytes, int RunsEnded, DateTimeOffset MadeAt);
