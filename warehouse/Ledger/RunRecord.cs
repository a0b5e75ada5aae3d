using OpenData.Catalogs;
using OpenData.Warehouse.Publishing;

namespace OpenData.Warehouse.Ledger;

/// <summary>One run as the ledger keeps it.</summary>
/// <param name="Id">Run id; sorts by time.</param>
/// <param name="Dataset">Dataset id.</param>
/// <param name="Trigger"><c>command</c>, <c>schedule</c>, <c>reconcile</c>, <c>first_start</c> or <c>parent</c>.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="StartedAt">Begin, UTC.</param>
/// <param name="FinishedAt">End, UTC; null while it is at work.</param>
/// <param name="Version">Version published, or the current one when unchanged.</param>
/// <param name="Rows">Rows of that version.</param>
/// <param name="Counts">What became of the received records; null when unknown.</param>
/// <param name="CauseCode">Stable code of the failure.</param>
/// <param name="Cause">One sentence about it, fit for the public.</param>
/// <param name="Worker">The process that did it.</param>
public sealed record RunRecord(
    string Id,
    string Dataset,
    string Trigger,
    RunStatus Status,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    string? Version,
    long? Rows,
    RunCounts? Counts,
    string? CauseCode,
    LocalText? Cause,
    WorkerIdentity Worker);
