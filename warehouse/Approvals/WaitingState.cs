namespace OpenData.Warehouse.Approvals;

/// <summary>Where a version stands that needs an approval. The names in lower case stand in the database.</summary>
public enum WaitingState
{
    /// <summary>Nobody has decided.</summary>
    Waiting,

    /// <summary>Approved; published when its time has come.</summary>
    Approved,

    /// <summary>A worker is publishing it.</summary>
    Releasing,

    /// <summary>Published.</summary>
    Published,

    /// <summary>An approver turned it down.</summary>
    Rejected,

    /// <summary>A newer version or another publication took its place before it went out.</summary>
    Superseded,

    /// <summary>Its files were found damaged before it went out.</summary>
    Damaged,
}
