namespace OpenData.Warehouse.Ledger;

/// <summary>A person's wish that a dataset is read now; a worker that serves takes it up within seconds.</summary>
/// <param name="Dataset">Dataset id.</param>
/// <param name="AskedBy">Name of the account.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Full">True for a full reconcile.</param>
public sealed record RunRequest(string Dataset, string AskedBy, DateTimeOffset AskedAt, bool Full);
