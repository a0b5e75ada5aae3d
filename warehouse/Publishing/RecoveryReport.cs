namespace OpenData.Warehouse.Publishing;

/// <summary>What <see cref="Recovery"/> removed.</summary>
/// <param name="WorkFolders">Work folders, by run id.</param>
/// <param name="Unpublished">Versions that were in place but never published.</param>
public sealed record RecoveryReport(IReadOnlyList<string> WorkFolders, IReadOnlyList<SnapshotParent> Unpublished);
