namespace OpenData.Warehouse.Ledger;

/// <summary>One step of a run.</summary>
/// <param name="Name"><c>fetch</c>, <c>stage</c> (or <c>derive</c>), <c>validate</c>, <c>compare</c> (a full reconcile: days that differ) or <c>publish</c>.</param>
/// <param name="StartedAt">Begin, UTC.</param>
/// <param name="Duration">How long it took.</param>
public sealed record StepRecord(string Name, DateTimeOffset StartedAt, TimeSpan Duration)
{
    /// <summary>Records that the step handed on; null when it does not count records.</summary>
    public long? Records { get; init; }

    /// <summary>Bytes that the step wrote; null when it wrote none.</summary>
    public long? Bytes { get; init; }

    /// <summary>SHA-256 (hex) of what the step made; null when it made no bytes.</summary>
    public string? Sha256 { get; init; }
}
