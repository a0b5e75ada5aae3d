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

    /// <summary>A new version is complete and waits for a person, or for its time.</summary>
    WaitingForApproval,

    /// <summary>The new version did not go out: an approver turned it down, or a newer one took its place.</summary>
    NotApproved,

    /// <summary>The run failed on our side.</summary>
    JobFailed,

    /// <summary>The last run was stopped, or its process died, before it published.</summary>
    Interrupted,

    /// <summary>No run was started although one was due: no worker follows the schedules.</summary>
    NotStarted,

    /// <summary>An operator has stopped its schedule for a while.</summary>
    SchedulePaused,
}
