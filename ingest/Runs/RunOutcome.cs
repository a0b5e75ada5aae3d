using OpenData.Catalogs;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;

namespace OpenData.Ingest.Runs;

/// <summary>How a run ended, for the one who asked for it.</summary>
/// <param name="Dataset">Dataset id.</param>
/// <param name="RunId">Run id.</param>
/// <param name="Status">The end.</param>
/// <param name="Duration">How long it took.</param>
public sealed record RunOutcome(string Dataset, string RunId, RunStatus Status, TimeSpan Duration)
{
    /// <summary>Version published or current; null when the run ended badly.</summary>
    public string? Version { get; init; }

    /// <summary>Rows of that version.</summary>
    public long? Rows { get; init; }

    /// <summary>What became of the received records; null when the run ended badly.</summary>
    public RunCounts? Counts { get; init; }

    /// <summary>Refused records by rule and column.</summary>
    public IReadOnlyList<QuarantineCount> Quarantine { get; init; } = [];

    /// <summary>Stable code of the failure.</summary>
    public string? CauseCode { get; init; }

    /// <summary>One sentence about it.</summary>
    public LocalText? Cause { get; init; }

    /// <summary>True when the dataset stands as its source does, or will as soon as a person has approved.</summary>
    public bool IsGood => Status is RunStatus.Succeeded or RunStatus.Unchanged or RunStatus.Waiting;
}
