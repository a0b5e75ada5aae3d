using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Derivation;

namespace OpenData.Warehouse.Publishing;

/// <summary>What the publisher is told by the run.</summary>
/// <param name="RunId">Run id; also the run's folder below <c>work/</c>.</param>
/// <param name="Token">Fencing token of the run's lease; must be higher than every earlier one of the dataset.</param>
/// <param name="StartedAt">When the run began.</param>
/// <param name="ExtractedAt">When the source was read.</param>
/// <param name="ContractYaml">Text of the contract file, copied beside the data.</param>
public sealed record PublishRequest(string RunId, long Token, DateTimeOffset StartedAt, DateTimeOffset ExtractedAt, string ContractYaml)
{
    /// <summary>Versions that a derived dataset was made from; those that rules looked into are added.</summary>
    public IReadOnlyList<SnapshotParent> Parents { get; init; } = [];

    /// <summary>What the operator wants the public to know about the version; null when nothing.</summary>
    public string? Reason { get; init; }

    /// <summary>Where the version waits for a person to let it out; null when it is published at once.</summary>
    public WaitingFolders? Holds { get; init; }

    /// <summary>Column lineage of a derived dataset; null for one that is read from a source.</summary>
    public Lineage? Lineage { get; init; }
}
