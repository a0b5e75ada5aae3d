using OpenData.Catalogs;
using OpenData.Warehouse.Publishing;

namespace OpenData.Warehouse.Ledger;

/// <summary>How a run ended.</summary>
/// <param name="Status">Anything but <see cref="RunStatus.Started"/>.</param>
public sealed record RunEnd(RunStatus Status)
{
    /// <summary>The version published, or the current one when unchanged; null otherwise.</summary>
    public string? Version { get; init; }

    /// <summary>Rows of that version.</summary>
    public long? Rows { get; init; }

    /// <summary>What became of every received record; null when the run did not get that far.</summary>
    public RunCounts? Counts { get; init; }

    /// <summary>Stable code of the failure; null when there was none.</summary>
    public string? CauseCode { get; init; }

    /// <summary>One sentence about the cause, fit for the public; null when there was none.</summary>
    public LocalText? Cause { get; init; }

    /// <summary>Quarantined records by rule and column.</summary>
    public IReadOnlyList<QuarantineCount> Quarantine { get; init; } = [];

    /// <summary>The last lines of the run's log, those that were not noted while it was at work.</summary>
    public IReadOnlyList<RunLine> Lines { get; init; } = [];
}
