namespace OpenData.Warehouse.Ledger;

/// <summary>The judgement.</summary>
/// <param name="State">On time, due or late.</param>
/// <param name="Cause">Why not on time; null when on time.</param>
/// <param name="LateFrom">When it becomes or became late; null when the contract promises no time.</param>
public sealed record FreshnessVerdict(FreshnessState State, FreshnessCause? Cause, DateTimeOffset? LateFrom);
