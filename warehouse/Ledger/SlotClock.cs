namespace OpenData.Warehouse.Ledger;

/// <summary>A clock of a dataset as the ledger knows it, and up to when its slots are accounted for.</summary>
/// <param name="Dataset">Dataset id.</param>
/// <param name="Name">Which of its clocks: <see cref="Refresh"/> or another one of its own name.</param>
/// <param name="Cron">Quartz cron expression.</param>
/// <param name="TimeZone">IANA name of the zone that it counts in.</param>
/// <param name="AccountedTo">Every slot up to and including this instant has run or is recorded as skipped.</param>
public sealed record SlotClock(string Dataset, string Name, string Cron, string TimeZone, DateTimeOffset AccountedTo)
{
    /// <summary>The clock of <c>refresh</c> in the contract.</summary>
    public const string Refresh = "refresh";

    /// <summary>The clock of the full reconcile of an incremental source.</summary>
    public const string Reconcile = "reconcile";
}
