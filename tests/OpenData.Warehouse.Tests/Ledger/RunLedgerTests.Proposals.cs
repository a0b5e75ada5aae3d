using OpenData.Warehouse.Staging;

namespace OpenData.Warehouse.Tests.Ledger;

/// <content>Proposed changes of contracts.</content>
public sealed partial class RunLedgerTests
{
    [Theory]
    [LedgerKinds]
    public async Task A_proposal_is_stored_once_decided_once_and_open_again_only_after_it_was_obsolete(string kind)
    {
        await using var ledger = await Open(kind);
        var change = new ProposedChange("new_column", "soTien", "so_tien", "{ name: so_tien }", "check");
        Assert.True(await ledger.ProposeAsync("trees", "run1", change, None));
        Assert.False(await ledger.ProposeAsync("trees", "run2", change with { Text = "{ name: so_tien, type: text }" }, None));
        Assert.True(await ledger.ProposeAsync("cases", "run1", change, None));
        var open = await ledger.ProposalsAsync(onlyOpen: true, None);
        Assert.Equal(["cases", "trees"], open.Select(p => p.Dataset).Order());
        var trees = open.Single(p => p.Dataset == "trees");
        Assert.Equal((change, "run1", "open"), (trees.Change, trees.RunId, trees.Status));

        Assert.True(await ledger.DecideProposalAsync(trees.Id, "obsolete", "lan", null, None));
        Assert.False(await ledger.DecideProposalAsync(trees.Id, "accepted", "minh", null, None));
        Assert.True(await ledger.ProposeAsync("trees", "run3", change, None));
        Assert.True(await ledger.DecideProposalAsync(trees.Id, "declined", "lan", "nội bộ", None));
        Assert.False(await ledger.ProposeAsync("trees", "run4", change, None));
        var declined = await ledger.ProposalAsync(trees.Id, None);
        Assert.Equal(("declined", "lan", "nội bộ", "run3"), (declined!.Status, declined.DecidedBy, declined.Reason, declined.RunId));
        Assert.Null(await ledger.ProposalAsync("none", None));
    }
}
