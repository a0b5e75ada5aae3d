using System.Text.Json.Serialization;

namespace OpenData.Warehouse.Publishing;

/// <summary>What became of every received record of a run; each one is counted once. All numbers are records or rows.</summary>
/// <param name="Received">Records in the input.</param>
/// <param name="Inserted">Records whose key is new.</param>
/// <param name="Updated">Records whose key was published with other values.</param>
/// <param name="Unchanged">Records whose key was published with the same values, and those that delete a key that is not published.</param>
/// <param name="Deleted">Records that delete a published row.</param>
/// <param name="Superseded">Records that lost to a later one of the same key and other values.</param>
/// <param name="Duplicates">Records equal to another received one, or (append) whose key is already published.</param>
/// <param name="Quarantined">Records refused by a rule.</param>
/// <param name="Removed">Rows of the previous version that a <c>replace</c> input no longer holds; not received records.</param>
public sealed record RunCounts(
    long Received,
    long Inserted,
    long Updated,
    long Unchanged,
    long Deleted,
    long Superseded,
    long Duplicates,
    long Quarantined,
    long Removed)
{
    /// <summary>Rows that the version before did not have.</summary>
    [JsonIgnore]
    public long RowsAdded => Inserted;

    /// <summary>Rows whose values differ from the version before.</summary>
    [JsonIgnore]
    public long RowsChanged => Updated;

    /// <summary>Rows that only the version before had.</summary>
    [JsonIgnore]
    public long RowsRemoved => Deleted + Removed;

    /// <summary>True when every received record is counted once.</summary>
    [JsonIgnore]
    public bool ReceivedBalances
        => Received == Inserted + Updated + Unchanged + Deleted + Superseded + Duplicates + Quarantined;

    /// <summary>True when the rows of the version follow from those of the version before (0 when there was none).</summary>
    public bool VersionBalances(long rows, long rowsBefore) => rows == rowsBefore + Inserted - Deleted - Removed;
}
