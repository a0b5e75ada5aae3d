namespace OpenData.Warehouse.Ledger;

/// <summary>An operator's word that a version stays, whatever the contract keeps.</summary>
/// <param name="Dataset">Dataset id.</param>
/// <param name="Version">Version name.</param>
/// <param name="PinnedBy">Who said so; never shown in public.</param>
/// <param name="Reason">Why; shown in public.</param>
/// <param name="PinnedAt">When.</param>
public sealed record Pin(string Dataset, string Version, string PinnedBy, string Reason, DateTimeOffset PinnedAt);
