using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Tests.Ledger;

/// <content>What a full reconcile found.</content>
public sealed partial class RunLedgerTests
{
    [Theory]
    [LedgerKinds]
    public async Task Days_that_differ_are_kept_with_their_run_and_completed_after_its_publication(string kind)
    {
        await using var ledger = await Open(kind);
        var (one, other) = (await Start(ledger, "cases"), await Start(ledger, "trees"));
        ReconcileDay[] days = [new("2025-07-01", 5, 6, null), new("2025-06-30", 1, 0, null)];
        await ledger.SetReconcileDaysAsync(one, days, None);
        Assert.Equal([days[1], days[0]], await ledger.ReconcileDaysAsync(one, None));
        await ledger.SetReconcileDaysAsync(one, [.. days.Select(d => d with { After = d.AtSource })], None);
        Assert.Equal([0L, 6L], (await ledger.ReconcileDaysAsync(one, None)).Select(d => d.After!.Value));
        Assert.Empty(await ledger.ReconcileDaysAsync(other, None));
    }
}
