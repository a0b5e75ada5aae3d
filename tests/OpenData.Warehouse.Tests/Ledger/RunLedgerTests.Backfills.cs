using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Tests.Ledger;

/// <content>Ranges that are read window by window.</content>
public sealed partial class RunLedgerTests
{
    [Theory]
    [LedgerKinds]
    public async Task Windows_that_are_in_are_known_to_the_next_run_until_the_backfill_is_published_or_given_up(string kind)
    {
        await using var ledger = await Open(kind);
        var (one, two) = (await Start(ledger, "cases"), await Start(ledger, "cases"));
        var at = _clock.GetUtcNow();
        var wanted = new Backfill(one, "cases", new DateOnly(2024, 1, 1), new DateOnly(2024, 12, 31), "P1M", 12, "hash", at.AddDays(-1), at);
        Assert.Equal(wanted, await ledger.TakeBackfillAsync(wanted, anew: false, None));
        await ledger.AddWindowAsync(one, 1, one, [Landed(one, "a"), Landed(one, "b")], None);
        await ledger.AddWindowAsync(one, 2, one, [Landed(one, "c")], None);

        Assert.Equal(wanted, await ledger.TakeBackfillAsync(wanted with { Id = two, TailFrom = at }, anew: false, None));
        await ledger.AddLandingsAsync(two, [Landed(two, "other")], None);
        await ledger.AddWindowAsync(one, 2, two, [Landed(two, "d")], None);
        var windows = await ledger.WindowsAsync(one, None);
        Assert.Equal(["1:a b", "2:d"], windows.Select(w => $"{w.Ordinal}:{string.Join(' ', w.Landed.Select(l => l.Sha256))}"));
        Assert.Equal((wanted, wanted), (await ledger.BackfillOfAsync(one, None), await ledger.BackfillOfAsync(two, None)));
        Assert.Equal(new[] { one, two }.Order(), (await ledger.OpenBackfillRunsAsync(None)).Order());

        Assert.Equal(two, (await ledger.TakeBackfillAsync(wanted with { Id = two, Window = "P1W" }, anew: false, None)).Id);
        Assert.Empty(await ledger.OpenBackfillRunsAsync(None));
        await ledger.AddWindowAsync(two, 1, two, [Landed(two, "e")], None);
        await ledger.EndBackfillAsync(two, None);
        Assert.Empty(await ledger.OpenBackfillRunsAsync(None));
        var three = await Start(ledger, "cases");
        Assert.Equal(three, (await ledger.TakeBackfillAsync(wanted with { Id = three, Window = "P1W" }, anew: false, None)).Id);
        var four = await Start(ledger, "cases");
        Assert.Equal(four, (await ledger.TakeBackfillAsync(wanted with { Id = four, Window = "P1W" }, anew: true, None)).Id);

        LandingRecord Landed(string run, string sha256) => new(run, "cases", sha256, 1, "http://agency/cases", at, false);
    }
}
