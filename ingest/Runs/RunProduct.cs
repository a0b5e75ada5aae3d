using OpenData.Warehouse.Publishing;

namespace OpenData.Ingest.Runs;

/// <summary>What a run that ended well leaves.</summary>
/// <param name="Published">The version that is current now.</param>
/// <param name="Quarantine">Records that this run refused, by rule and column.</param>
internal sealed record RunProduct(PublishResult Published, IReadOnlyList<QuarantineCount> Quarantine);
