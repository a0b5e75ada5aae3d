namespace OpenData.Warehouse.Accounts;

/// <summary>How long a sign-in lasts.</summary>
/// <param name="Idle">Without a request.</param>
/// <param name="Length">In all.</param>
public sealed record SessionLimits(TimeSpan Idle, TimeSpan Length);
