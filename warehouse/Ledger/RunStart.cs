namespace OpenData.Warehouse.Ledger;

/// <summary>What is known when a run begins.</summary>
/// <param name="Id">From <see cref="RunId.New"/>.</param>
/// <param name="Dataset">Dataset id.</param>
/// <param name="Trigger"><c>command</c>, <c>schedule</c>, <c>reconcile</c>, <c>first_start</c>, <c>parent</c>, <c>request</c>, <c>backfill</c> or <c>replay</c>.</param>
/// <param name="StartedAt">Begin.</param>
/// <param name="Worker">The process that does it.</param>
public sealed record RunStart(string Id, string Dataset, string Trigger, DateTimeOffset StartedAt, WorkerIdentity Worker)
{
    /// <summary>The slot that the run takes up; null when no clock asked for it.</summary>
    public SlotTime? Slot { get; init; }

    /// <summary>The wish that the run takes up; null when nobody asked for it through the ledger.</summary>
    public RunRequest? Request { get; init; }
}
