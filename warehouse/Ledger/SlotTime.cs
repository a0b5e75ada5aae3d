namespace OpenData.Warehouse.Ledger;

/// <summary>One slot of a clock of a dataset.</summary>
/// <param name="Clock">Name of the clock (<see cref="SlotClock.Name"/>).</param>
/// <param name="At">The instant.</param>
public sealed record SlotTime(string Clock, DateTimeOffset At);
