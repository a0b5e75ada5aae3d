using OpenData.Warehouse.Publishing;

namespace OpenData.Warehouse.Quarantine;

/// <summary>What one run refused.</summary>
/// <param name="Run">Run id.</param>
/// <param name="Dataset">Dataset id.</param>
/// <param name="At">When it was written.</param>
/// <param name="Received">Records received.</param>
/// <param name="Refused">Records refused; always whole.</param>
/// <param name="Kept">Records whose text is kept; at most the bound of the worker.</param>
/// <param name="Counts">Refused records by rule and column; always whole.</param>
public sealed record QuarantineEntry(
    string Run, string Dataset, DateTimeOffset At, long Received, long Refused, int Kept, IReadOnlyList<QuarantineCount> Counts);
