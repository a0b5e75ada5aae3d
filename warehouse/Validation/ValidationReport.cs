using OpenData.Warehouse.Publishing;

namespace OpenData.Warehouse.Validation;

/// <summary>What validation found. All numbers are records.</summary>
/// <param name="Received">Records received.</param>
/// <param name="Good">Rows left to publish.</param>
/// <param name="Quarantined">Records refused, by staging and here.</param>
/// <param name="Duplicates">Records equal to another received one.</param>
/// <param name="Superseded">Records that lost to a later received one of the same key.</param>
/// <param name="SuppressedRows">Rows that lost cells to the disclosure rule.</param>
/// <param name="Expectations">Outcome of every expectation, in the contract's order.</param>
/// <param name="Quarantine">Refused records by rule and column.</param>
/// <param name="Parents">Versions that rules looked into.</param>
public sealed record ValidationReport(
    long Received,
    long Good,
    long Quarantined,
    long Duplicates,
    long Superseded,
    long SuppressedRows,
    IReadOnlyList<ExpectationOutcome> Expectations,
    IReadOnlyList<QuarantineCount> Quarantine,
    IReadOnlyList<SnapshotParent> Parents)
{
    /// <summary>Records that say their key is gone.</summary>
    public long Deletions { get; init; }
}
