namespace OpenData.Warehouse.Ledger;

/// <summary>A schedule that an operator has stopped for a while.</summary>
/// <param name="Dataset">Dataset id.</param>
/// <param name="PausedBy">Who did it; never shown in public.</param>
/// <param name="Reason">Why.</param>
/// <param name="PausedAt">Since when.</param>
public sealed record Pause(string Dataset, string PausedBy, string Reason, DateTimeOffset PausedAt);
