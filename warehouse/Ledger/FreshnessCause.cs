namespace OpenData.Warehouse.Ledger;

/// <summary>Why a dataset is not on time.</summary>
public enum FreshnessCause
{
    /// <summary>The source did not answer, or not with data (OD20xx).</summary>
    SourceSilent,

    /// <summary>What the source sent is not what the contract says (OD10xx, OD21xx, OD22xx).</summary>
    ContractBroken,

    /// <summary>Too many records were refused.</summary>
    RowsQuarantined,

    /// <summary>A parent dataset has no version or failed.</summary>
    WaitingForParent,

    /// <summary>The run failed on our side, was interrupted, or did not start.</summary>
    JobFailed,
}
