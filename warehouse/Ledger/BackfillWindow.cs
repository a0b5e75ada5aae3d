namespace OpenData.Warehouse.Ledger;

/// <summary>A window of a backfill that has been read and landed.</summary>
/// <param name="Ordinal">Its number, from 1.</param>
/// <param name="Landed">The files that it gave, in order.</param>
public sealed record BackfillWindow(int Ordinal, IReadOnlyList<LandingRecord> Landed);
