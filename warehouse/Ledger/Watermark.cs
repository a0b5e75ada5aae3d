namespace OpenData.Warehouse.Ledger;

/// <summary>How far the source of a dataset was read.</summary>
/// <param name="Dataset">Dataset id.</param>
/// <param name="Value">Highest change time that is published.</param>
/// <param name="ContractHash">Hash of the data-relevant contract part it was read under: another contract reads everything again.</param>
/// <param name="Version">The version that holds those rows.</param>
/// <param name="RunId">The run that set it.</param>
public sealed record Watermark(string Dataset, DateTimeOffset Value, string ContractHash, string Version, string RunId)
{
    /// <summary>The greatest published number, where the column counts instead of telling a time; <see cref="Value"/> is then the moment of asking.</summary>
    public long? Number { get; init; }
}
