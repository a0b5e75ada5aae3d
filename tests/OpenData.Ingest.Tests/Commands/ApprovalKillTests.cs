using OpenData.Ingest.Runs;
using OpenData.Ingest.Tests.Runs;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;

namespace OpenData.Ingest.Tests.Commands;

/// <summary>Real worker processes that die between a run and the publication of what it made.</summary>
public sealed class ApprovalKillTests
{
    private const int KilledExitCode = 128 + 9;
    private static readonly CancellationToken None = CancellationToken.None;

    public static TheoryData<string> Points =>
        [
            "approve.recorded", "release.begun", "release.verified", "release.linked", "publish.renamed", "publish.pointed",
            "release.before-finish", "release.finished",
        ];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Killed_between_approval_and_publication_the_version_goes_out_exactly_once(string point)
    {
        using var place = new Workplace();
        var waiting = await PrepareAsync(place);
        Assert.Equal(KilledExitCode, (await IngestProcess.Run(place, point, "approvals", "approve", waiting)).Code);

        // A reader between the death and the next start sees a whole version, or none.
        var store = new SnapshotStore(place.DataFolder);
        Assert.All(store.Publications("units"), p => Assert.NotNull(store.Open("units", p)));
        await using (var worker = await place.Open())
        {
            await worker.ReleaseDueAsync(None);
            Assert.Empty(await worker.ReleaseDueAsync(None));
        }

        Assert.Single(store.Publications("units"));
        Assert.Equal(waiting, store.Current("units")!.Manifest.RunId);
        Assert.Equal("id,name\n1,a\n", await place.Csv("units"));
        var run = Assert.Single(await place.Runs());
        Assert.Equal((RunStatus.Succeeded, store.Current("units")!.Version), (run.Status, run.Version));
        Assert.Empty(new WaitingFolders(place.DataFolder).All());
        Assert.Empty(await place.FindingsAsync());
    }

    [Theory]
    [InlineData("hold.moved", RunStatus.Interrupted)]
    [InlineData("hold.recorded", RunStatus.Waiting)]
    public async Task Killed_while_a_version_begins_to_wait_it_waits_whole_or_its_run_was_interrupted(string point, RunStatus status)
    {
        using var place = new Workplace();
        place.Contract("units", $"{{ kind: csv, path: {place.Write("in/units.csv", "id,name\n1,a\n")} }}", rest: "approval: { required: true }");
        Assert.Equal(KilledExitCode, (await IngestProcess.Run(place, point, "run", "units")).Code);
        await using (var worker = await place.Open())
        {
            var run = Assert.Single(await place.Runs());
            Assert.Equal(status, run.Status);
            Assert.Equal(status == RunStatus.Waiting ? 1 : 0, new WaitingFolders(place.DataFolder).All().Count);
            Assert.Empty(await place.FindingsAsync());
            Assert.Null(worker.Store.Current("units"));
        }
    }

    [Fact]
    public async Task A_serving_worker_publishes_an_approved_version_and_the_commands_tell_what_waits()
    {
        using var place = new Workplace();
        var waiting = await PrepareAsync(place);
        Assert.Contains($"{waiting}  units  ", (await IngestProcess.Run(place, null, "approvals", "list")).Output, StringComparison.Ordinal);
        var shown = (await IngestProcess.Run(place, null, "approvals", "show", waiting)).Output;
        Assert.Contains("rows 1; the current version has none", shown, StringComparison.Ordinal);
        Assert.Contains("asked for by nobody: the schedule", shown, StringComparison.Ordinal);
        Assert.Equal(2, (await IngestProcess.Run(place, null, "approvals", "approve", waiting, "--not-before", "tomorrow")).Code);
        Assert.Equal(2, (await IngestProcess.Run(place, null, "approvals", "reject", waiting)).Code);
        Assert.StartsWith("OD2438", (await IngestProcess.Run(place, null, "approvals", "approve", "none")).Error, StringComparison.Ordinal);
        await using (var ledger = await RunLedger.OpenAsync(place.Settings.Ledger, TimeProvider.System, None))
        {
            await ledger.ApproveAsync(waiting, "cli:minh", null, None);
        }

        using var serving = IngestProcess.Start(place, null, "serve");
        var store = new SnapshotStore(place.DataFolder);
        for (var i = 0; i < 600 && store.Current("units") is null; i++)
        {
            await Task.Delay(50);
        }

        serving.Kill();
        await serving.WaitForExitAsync();
        Assert.Equal(waiting, store.Current("units")!.Manifest.RunId);
    }

    [Fact]
    public async Task Whoever_ran_a_dataset_on_the_command_line_may_not_approve_it_there()
    {
        using var place = new Workplace();
        place.Contract("units", $"{{ kind: csv, path: {place.Write("in/units.csv", "id,name\n1,a\n")} }}", rest: "approval: { required: true }");
        var ran = await IngestProcess.Run(place, null, "run", "units");
        Assert.Equal(0, ran.Code);
        Assert.Contains("units: waiting for approval as ", ran.Output, StringComparison.Ordinal);
        var id = Assert.Single(await place.Runs()).Id;
        var refused = await IngestProcess.Run(place, null, "approvals", "approve", id);
        Assert.Equal(1, refused.Code);
        Assert.StartsWith("OD2437", refused.Error, StringComparison.Ordinal);
        Assert.StartsWith("OD2437", (await IngestProcess.Run(place, null, "approvals", "reject", id, "--reason", "x")).Error, StringComparison.Ordinal);
        Assert.Null(new SnapshotStore(place.DataFolder).Current("units"));
    }

    private static async Task<string> PrepareAsync(Workplace place)
    {
        place.Contract("units", $"{{ kind: csv, path: {place.Write("in/units.csv", "id,name\n1,a\n")} }}", rest: "approval: { required: true }");
        var outcome = (await place.Run(new RunCause("schedule"), "units"))["units"];
        Assert.Equal(RunStatus.Waiting, outcome.Status);
        return outcome.RunId;
    }
}
