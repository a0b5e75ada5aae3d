namespace OpenData.Warehouse.Approvals;

/// <summary>A complete version that a run made and that a person must let out, as the ledger keeps it.</summary>
/// <param name="RunId">The run that made it; also its name.</param>
/// <param name="Dataset">Dataset id.</param>
/// <param name="ContentHash">Content hash of its manifest.</param>
/// <param name="ContractHash">Contract hash of its manifest.</param>
/// <param name="ManifestSha256">SHA-256 of its manifest as it waits.</param>
public sealed record WaitingVersion(string RunId, string Dataset, string ContentHash, string ContractHash, string ManifestSha256)
{
    /// <summary>The published version that it was made on; null for the first.</summary>
    public string? BaseVersion { get; init; }

    /// <summary>Persons who asked for it, and may not approve it; empty when the schedule did. Never shown in public.</summary>
    public IReadOnlyList<string> ProposedBy { get; init; } = [];

    /// <summary>Since when it waits.</summary>
    public DateTimeOffset WaitingSince { get; init; }

    /// <summary>What the contract says: it is not published before; null when nothing.</summary>
    public DateTimeOffset? EarliestAt { get; init; }

    /// <summary>When it is published, once approved: the later of the contract's moment and the approver's; null means at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Where it stands.</summary>
    public WaitingState State { get; init; } = WaitingState.Waiting;

    /// <summary>Who decided; null before. Never shown in public.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When; null before.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Why it was turned down; null otherwise. Never shown in public.</summary>
    public string? Reason { get; init; }

    /// <summary>The name under which it was published; null before.</summary>
    public string? Version { get; init; }

    /// <summary>True while it may still go out.</summary>
    public bool IsOpen => State is WaitingState.Waiting or WaitingState.Approved or WaitingState.Releasing;
}
