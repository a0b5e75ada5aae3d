using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Runs;

/// <summary>Why a run begins.</summary>
/// <param name="Trigger">What asked for it: <c>schedule</c>, <c>command</c>, <c>parent</c>, <c>first_start</c>, <c>reconcile</c>, <c>backfill</c>, <c>request</c>.</param>
/// <param name="Reason">What the public is told about the version that comes of it, as the operator wrote it; null when nothing is.</param>
/// <param name="Full">True for a full reconcile: everything is read, whatever was read before, and what the source no longer has goes.</param>
public sealed record RunCause(string Trigger, string? Reason = null, bool Full = false)
{
    /// <summary>The slot that the run takes up; null when no clock asked for it.</summary>
    public SlotTime? Slot { get; init; }

    /// <summary>The person who asked for it, as the audit log names them; null when no person did. Whoever asks may not approve what comes of it.</summary>
    public string? By { get; init; }

    /// <summary>The range that the run reads window by window; null reads what there is to read.</summary>
    public BackfillPlan? Backfill { get; init; }
}
