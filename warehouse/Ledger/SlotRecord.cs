namespace OpenData.Warehouse.Ledger;

/// <summary>What became of a slot, or of a stretch of slots that were skipped for one cause.</summary>
/// <param name="Dataset">Dataset id.</param>
/// <param name="Clock">Name of the clock (<see cref="SlotClock.Name"/>).</param>
/// <param name="FirstAt">The first slot.</param>
/// <param name="LastAt">The last slot; the first one when it is one.</param>
/// <param name="Count">How many slots.</param>
/// <param name="RunId">The run that took it up; null when they were skipped.</param>
/// <param name="CauseCode">Why they were skipped; null when a run took the slot up.</param>
/// <param name="RecordedAt">When this was written.</param>
public sealed record SlotRecord(
    string Dataset, string Clock, DateTimeOffset FirstAt, DateTimeOffset LastAt, long Count, string? RunId, string? CauseCode, DateTimeOffset RecordedAt);
