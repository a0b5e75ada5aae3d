using OpenData.Ingest.Runs;
using OpenData.Ingest.Tests.Commands;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;

namespace OpenData.Ingest.Tests.Runs;

/// <summary>A second person lets versions out: whole runs on the real engine.</summary>
public sealed class ApprovalTests
{
    private const string Required = "approval: { required: true }";
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_version_waits_unseen_until_it_is_approved_and_is_then_published_once_with_its_own_time()
    {
        var clock = new ShiftedClock();
        using var place = new Workplace { Clock = clock };
        var waiting = await RunAsync(place, "id,name\n1,a\n2,b\n");
        Assert.Equal((RunStatus.Waiting, null, 2L, true), (waiting.Status, waiting.Version, waiting.Rows, waiting.IsGood));
        var store = new SnapshotStore(place.DataFolder);
        Assert.Null(store.Current("units"));
        Assert.Empty(store.Datasets());
        Assert.Empty(await place.FindingsAsync());

        clock.Shift += TimeSpan.FromDays(2);
        await using (var worker = await place.Open())
        {
            Assert.Empty(await worker.ReleaseDueAsync(None));
            await worker.Ledger.ApproveAsync(waiting.RunId, "cli:minh", null, None);
            var released = Assert.Single(await worker.ReleaseDueAsync(None));
            Assert.Equal((waiting.RunId, RunStatus.Succeeded, 2L), (released.RunId, released.Status, released.Rows));
            Assert.Empty(await worker.ReleaseDueAsync(None));
        }

        var current = store.Current("units")!;
        Assert.Single(store.Publications("units"));
        Assert.Equal(waiting.RunId, current.Manifest.RunId);
        Assert.True(current.Manifest.PublishedAt - current.Manifest.ExtractedAt > TimeSpan.FromDays(1.9));
        Assert.Equal(VersionName.TimeOf(current.Version), current.Manifest.PublishedAt.AddTicks(-(current.Manifest.PublishedAt.Ticks % TimeSpan.TicksPerMillisecond)));
        Assert.Equal("id,name\n1,a\n2,b\n", await place.Csv("units"));
        var run = Assert.Single(await place.Runs());
        Assert.Equal((RunStatus.Succeeded, current.Version, current.Manifest.Counts), (run.Status, run.Version, run.Counts));
        Assert.Empty(await place.FindingsAsync());
        Assert.Empty(new WaitingFolders(place.DataFolder).All());
    }

    [Fact]
    public async Task An_embargo_holds_through_a_restart_and_the_same_content_read_again_does_not_end_it()
    {
        var clock = new ShiftedClock();
        using var place = new Workplace { Clock = clock };
        var waiting = await RunAsync(place, "id,name\n1,a\n");
        await using (var worker = await place.Open())
        {
            await worker.Ledger.ApproveAsync(waiting.RunId, "cli:minh", clock.GetUtcNow() + TimeSpan.FromHours(3), None);
        }

        var again = (await place.Run(new RunCause("schedule"), "units"))["units"];
        Assert.Equal((RunStatus.Blocked, "OD2434"), (again.Status, again.CauseCode));
        clock.Shift += TimeSpan.FromHours(2.9);
        await using (var worker = await place.Open())
        {
            Assert.Empty(await worker.ReleaseDueAsync(None));
        }

        clock.Shift += TimeSpan.FromHours(0.2);
        await using var later = await place.Open();
        Assert.Equal(waiting.RunId, Assert.Single(await later.ReleaseDueAsync(None)).RunId);
        Assert.Equal(RunStatus.Unchanged, (await place.Run(new RunCause("schedule"), "units"))["units"].Status);
        Assert.Empty(await place.FindingsAsync());
    }

    [Fact]
    public async Task A_newer_version_or_a_source_that_went_back_takes_the_place_of_one_that_waits()
    {
        using var place = new Workplace();
        await ReleaseAsync(place, (await RunAsync(place, "id,name\n1,a\n")).RunId);
        var first = await RunAsync(place, "id,name\n1,b\n");
        var second = await RunAsync(place, "id,name\n1,c\n");
        Assert.Equal(WaitingState.Superseded, await StateAsync(place, first.RunId));
        await using (var worker = await place.Open())
        {
            await worker.Ledger.ApproveAsync(second.RunId, "cli:minh", null, None);
            Assert.Equal(RunStatus.Unchanged, (await RunAsync(place, "id,name\n1,a\n")).Status);
            Assert.Empty(await worker.ReleaseDueAsync(None));
        }

        Assert.Equal(WaitingState.Superseded, await StateAsync(place, second.RunId));
        Assert.Equal("id,name\n1,a\n", await place.Csv("units"));
        Assert.Empty(new WaitingFolders(place.DataFolder).All());
        Assert.Empty(await place.FindingsAsync());
    }

    [Fact]
    public async Task When_the_contract_asks_no_approval_any_more_what_waited_is_superseded_by_what_is_published()
    {
        using var place = new Workplace();
        var waiting = await RunAsync(place, "id,name\n1,a\n");
        Assert.Equal(RunStatus.Succeeded, (await RunAsync(place, "id,name\n1,b\n", rest: "")).Status);
        Assert.Equal(WaitingState.Superseded, await StateAsync(place, waiting.RunId));
        Assert.Equal("OD2436", (await place.Runs()).Single(r => r.Id == waiting.RunId).CauseCode);
    }

    [Fact]
    public async Task A_rejected_version_is_not_asked_about_again_by_the_schedule_and_goes_after_its_time()
    {
        var clock = new ShiftedClock();
        using var place = new Workplace { Clock = clock };
        const string Keep = "approval: { required: true, keep_rejected: P7D }";
        var waiting = await RunAsync(place, "id,name\n1,a\n", Keep);
        await using (var worker = await place.Open())
        {
            await worker.Ledger.RejectAsync(waiting.RunId, "cli:minh", "thiếu xã", None);
        }

        var folders = new WaitingFolders(place.DataFolder);
        var again = (await place.Run(new RunCause("schedule"), "units"))["units"];
        Assert.Equal((RunStatus.Failed, "OD2435"), (again.Status, again.CauseCode));
        Assert.Equal([("units", waiting.RunId)], folders.All());
        clock.Shift += TimeSpan.FromDays(7.1);
        await using (await place.Open())
        {
            Assert.Empty(folders.All());
        }

        var asked = (await place.Run(new RunCause("command") { By = "cli:lan" }, "units"))["units"];
        Assert.Equal(RunStatus.Waiting, asked.Status);
    }

    [Fact]
    public async Task Whoever_ran_it_by_hand_or_accepted_the_change_of_its_contract_may_not_approve_it()
    {
        using var place = new Workplace();
        await ReleaseAsync(place, (await RunAsync(place, "id,name\n1,a\n")).RunId);
        await RunAsync(place, "id,name,x\n1,b,1\n");
        await using var worker = await place.Open();
        var proposal = Assert.Single(await worker.Ledger.ProposalsAsync(onlyOpen: true, None));
        await worker.Ledger.DecideProposalAsync(proposal.Id, "accepted", "hoa", null, None);
        place.Contract(
            "units",
            $"{{ kind: csv, path: {place.Write("in/units.csv", "id,name,x\n1,c,1\n")} }}",
            "  - { name: id, type: integer, required: true, title: { vi: Mã, en: Id } }\n  - { name: x, type: integer, title: { vi: X, en: X } }\n",
            rest: Required);
        var waiting = (await place.Run(new RunCause("command") { By = "cli:lan" }, "units"))["units"];
        Assert.Equal(["cli:lan", "hoa"], (await worker.Ledger.FindWaitingAsync(waiting.RunId, None))!.ProposedBy);
    }

    [Fact]
    public async Task A_damaged_version_is_found_by_verify_and_not_published()
    {
        using var place = new Workplace();
        var waiting = await RunAsync(place, "id,name\n1,a\n");
        var file = Directory.EnumerateFiles(Path.Combine(place.DataFolder, "waiting"), "data.duckdb", SearchOption.AllDirectories).Single();
        File.SetAttributes(file, FileAttributes.Normal);
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        Assert.Equal(["OD2439"], (await place.FindingsAsync()).Select(f => f.Code.Code));

        await using (var worker = await place.Open())
        {
            await worker.Ledger.ApproveAsync(waiting.RunId, "cli:minh", null, None);
            Assert.Equal((RunStatus.Failed, "OD2439"), (Assert.Single(await worker.ReleaseDueAsync(None)) is { } end ? (end.Status, end.CauseCode) : default));
        }

        Assert.Null(new SnapshotStore(place.DataFolder).Current("units"));
        Assert.Equal(WaitingState.Damaged, await StateAsync(place, waiting.RunId));
        Assert.Equal(RunStatus.Waiting, (await place.Run(new RunCause("schedule"), "units"))["units"].Status);
        Assert.Empty(await place.FindingsAsync());
    }

    [Fact]
    public async Task A_merged_version_waits_on_its_base_and_readers_see_the_base_until_it_goes_out()
    {
        using var place = new Workplace();
        const string Rest = Required;
        await ReleaseAsync(place, (await RunAsync(place, "id,name\n1,a\n2,b\n", Rest, "merge")).RunId);
        var waiting = await RunAsync(place, "id,name\n2,c\n3,d\n", Rest, "merge");
        Assert.Equal("id,name\n1,a\n2,b\n", await place.Csv("units"));
        await ReleaseAsync(place, waiting.RunId);
        Assert.Equal("id,name\n1,a\n2,c\n3,d\n", await place.Csv("units"));
        Assert.Empty(await place.FindingsAsync());
    }

    [Fact]
    public async Task A_dataset_that_waits_says_so_to_the_public()
    {
        using var place = new Workplace();
        await ReleaseAsync(place, (await RunAsync(place, "id,name\n1,a\n")).RunId);
        await RunAsync(place, "id,name\n1,b\n");
        var said = await IngestProcess.Run(place, null, "explain", "units", "--language", "en");
        Assert.Contains("waits for an approver", said.Output, StringComparison.Ordinal);
        Assert.Contains("OD2434", said.Output, StringComparison.Ordinal);
    }

    private static async Task<RunOutcome> RunAsync(Workplace place, string csv, string rest = Required, string load = "replace")
    {
        place.Contract("units", $"{{ kind: csv, path: {place.Write("in/units.csv", csv)} }}", load: load, rest: rest);
        return (await place.Run(new RunCause("schedule"), "units"))["units"];
    }

    private static async Task ReleaseAsync(Workplace place, string runId)
    {
        await using var worker = await place.Open();
        await worker.Ledger.ApproveAsync(runId, "cli:minh", null, None);
        Assert.Equal(RunStatus.Succeeded, Assert.Single(await worker.ReleaseDueAsync(None)).Status);
    }

    private static async Task<WaitingState> StateAsync(Workplace place, string runId)
    {
        await using var ledger = RunLedger.ForReading(place.Settings.Ledger, TimeProvider.System);
        return (await ledger.FindWaitingAsync(runId, None))!.State;
    }
}
