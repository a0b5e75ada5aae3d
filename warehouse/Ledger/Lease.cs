namespace OpenData.Warehouse.Ledger;

/// <summary>The right to work on a dataset for a while.</summary>
/// <param name="Dataset">Dataset id.</param>
/// <param name="Owner">The run that holds it.</param>
/// <param name="Token">Fencing token; every grant of the dataset's lease has a greater one.</param>
/// <param name="ExpiresAt">End of the right unless it is renewed.</param>
public sealed record Lease(string Dataset, string Owner, long Token, DateTimeOffset ExpiresAt);
