using OpenData.Warehouse.Publishing;

namespace OpenData.Warehouse.Ledger;

/// <summary>The publication that a run left behind, as its manifest tells it.</summary>
/// <param name="Version">The version published.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Counts">What became of the received records.</param>
/// <param name="Quarantine">Refused records by rule.</param>
public sealed record PublishedRun(string Version, long Rows, RunCounts Counts, IReadOnlyList<QuarantineCount> Quarantine);
