namespace OpenData.Warehouse.Ledger;

/// <summary>Where a run stands. Every run begins as <see cref="Started"/> and ends in exactly one of the others but <see cref="Waiting"/>.</summary>
public enum RunStatus
{
    /// <summary>At work; durable before the work began.</summary>
    Started,

    /// <summary>Its version is complete and waits for a person; it goes on when that person has decided.</summary>
    Waiting,

    /// <summary>A new version is published.</summary>
    Succeeded,

    /// <summary>The input gave the version that is already published.</summary>
    Unchanged,

    /// <summary>An error ended it; the published version stays.</summary>
    Failed,

    /// <summary>It could not begin its work: a parent is missing or another worker holds the dataset.</summary>
    Blocked,

    /// <summary>Its process stopped or died before the publication.</summary>
    Interrupted,
}
