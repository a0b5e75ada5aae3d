using OpenData.Warehouse.Derivation;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Staging;

namespace OpenData.Ingest.Runs;

/// <summary>What a run validates and publishes.</summary>
/// <param name="Staged">The rows.</param>
/// <param name="ExtractedAt">When the source was asked, or the parents were read.</param>
/// <param name="Lineage">Column lineage of a derived dataset.</param>
/// <param name="Parents">Versions that a derived dataset was made from.</param>
internal sealed record RunInput(StagedTable Staged, DateTimeOffset ExtractedAt, Lineage? Lineage, IReadOnlyList<SnapshotParent> Parents);
