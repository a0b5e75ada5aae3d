namespace OpenData.Warehouse.Ledger;

/// <summary>A file that a run landed.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Dataset">Dataset id.</param>
/// <param name="Sha256">Hash of the landed bytes: their name in landing.</param>
/// <param name="Bytes">Landed bytes.</param>
/// <param name="Origin">Where they came from, fit for the public.</param>
/// <param name="FetchedAt">When they were fetched.</param>
/// <param name="IsCleaned">True for records without their personal fields.</param>
public sealed record LandingRecord(string RunId, string Dataset, string Sha256, long Bytes, string Origin, DateTimeOffset FetchedAt, bool IsCleaned)
{
    /// <summary>When the file was removed by the dataset's rule; null while it is there.</summary>
    public DateTimeOffset? RemovedAt { get; init; }
}
