using OpenData.Catalogs;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Tests.Ledger;

public sealed class FreshnessTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 2, 30, 0, TimeSpan.Zero);
    private static readonly RefreshPolicy Daily = new("0 30 1 * * ?", "Asia/Ho_Chi_Minh", TimeSpan.FromHours(36), "run_once");

    [Fact]
    public void A_dataset_read_within_its_promise_is_on_time()
    {
        var run = Run(RunStatus.Unchanged, hoursAgo: 20);
        Assert.Equal(new FreshnessVerdict(FreshnessState.OnTime, null, Now.AddHours(16)), Of(run, run, Now.AddHours(4)));
    }

    [Fact]
    public void A_missed_slot_makes_it_due_and_its_age_makes_it_late_even_when_no_job_starts()
    {
        var run = Run(RunStatus.Succeeded, hoursAgo: 30);
        Assert.Equal((FreshnessState.Due, FreshnessCause.JobFailed), State(Of(run, run, Now.AddHours(-6))));
        run = Run(RunStatus.Succeeded, hoursAgo: 37);
        Assert.Equal((FreshnessState.Late, FreshnessCause.JobFailed), State(Of(run, run, Now.AddHours(-13))));
    }

    [Fact]
    public void The_newest_run_gives_the_cause()
    {
        var good = Run(RunStatus.Succeeded, hoursAgo: 48);
        Assert.Equal(FreshnessCause.SourceSilent, Of(good, Run(RunStatus.Failed, 1, "OD2003"), null).Cause);
        Assert.Equal(FreshnessCause.ContractBroken, Of(good, Run(RunStatus.Failed, 1, "OD2105"), null).Cause);
        var share = Run(RunStatus.Failed, 1, "OD2201") with { Cause = new LocalText("Kỳ vọng quarantine_share không đạt.", "Expectation quarantine_share failed.") };
        Assert.Equal(FreshnessCause.RowsQuarantined, Of(good, share, null).Cause);
        Assert.Equal(FreshnessCause.ContractBroken, Of(good, Run(RunStatus.Failed, 1, "OD2201"), null).Cause);
        Assert.Equal(FreshnessCause.WaitingForParent, Of(good, Run(RunStatus.Blocked, 1, "OD2405"), null).Cause);
        Assert.Equal(FreshnessCause.JobFailed, Of(good, Run(RunStatus.Failed, 1, "OD2407"), null).Cause);
        Assert.Equal(FreshnessCause.JobFailed, Of(good, Run(RunStatus.Interrupted, 1, "OD2406"), null).Cause);
    }

    [Fact]
    public void A_failed_try_within_the_promise_is_due_and_a_dataset_never_published_is_late()
    {
        Assert.Equal((FreshnessState.Due, FreshnessCause.SourceSilent), State(Of(Run(RunStatus.Succeeded, 5), Run(RunStatus.Failed, 1, "OD2003"), null)));
        Assert.Equal((FreshnessState.Late, FreshnessCause.SourceSilent), State(Of(null, Run(RunStatus.Failed, 1, "OD2003"), null)));
        Assert.Equal((FreshnessState.Late, FreshnessCause.JobFailed), State(Of(null, null, null)));
    }

    [Fact]
    public void Without_a_promise_nothing_is_late()
    {
        var run = Run(RunStatus.Succeeded, hoursAgo: 10_000);
        var verdict = Freshness.Of(Daily with { DueWithin = null, Cron = null }, new FreshnessFacts(run, run, null), Now);
        Assert.Equal(new FreshnessVerdict(FreshnessState.OnTime, null, null), verdict);
    }

    private static (FreshnessState State, FreshnessCause? Cause) State(FreshnessVerdict verdict) => (verdict.State, verdict.Cause);

    private static FreshnessVerdict Of(RunRecord? confirmed, RunRecord? latest, DateTimeOffset? next)
        => Freshness.Of(Daily, new FreshnessFacts(confirmed, latest, next), Now);

    private static RunRecord Run(RunStatus status, int hoursAgo, string? code = null)
        => new("id", "trees", "schedule", status, Now.AddHours(-hoursAgo), Now.AddHours(-hoursAgo), null, null, null, code, null, WorkerIdentity.Current);
}
