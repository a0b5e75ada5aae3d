using OpenData.Ingest.Sources;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Landing;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Quarantine;

namespace OpenData.Ingest.Runs;

/// <summary>The places and stores that all runs of a worker share.</summary>
/// <param name="CatalogFolder">Absolute path of the catalogue.</param>
/// <param name="Ledger">Record of runs.</param>
/// <param name="Store">Published versions.</param>
/// <param name="Landing">Source bytes.</param>
/// <param name="Sources">Ways in which bytes arrive.</param>
/// <param name="Engine">Limits of validation and publishing.</param>
/// <param name="Clock">The time.</param>
internal sealed record RunRoom(
    string CatalogFolder,
    RunLedger Ledger,
    SnapshotStore Store,
    LandingStore Landing,
    SourceDirectory Sources,
    EngineOptions Engine,
    TimeProvider Clock)
{
    /// <summary>Versions that wait for an approval.</summary>
    public required WaitingFolders Waiting { get; init; }

    /// <summary>Refused records, for operators.</summary>
    public required QuarantineStore Quarantine { get; init; }

    /// <summary>Refused records of a run whose text is kept.</summary>
    public required int QuarantineRecordsMax { get; init; }
}
