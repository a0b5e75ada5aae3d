using OpenData.Catalogs;
using OpenData.TestKit;
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
        Assert.Equal((FreshnessState.Due, FreshnessCause.NotStarted), State(Of(run, run, Now.AddHours(-6))));
        run = Run(RunStatus.Succeeded, hoursAgo: 37);
        Assert.Equal((FreshnessState.Late, FreshnessCause.NotStarted), State(Of(run, run, Now.AddHours(-13))));
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
        Assert.Equal(FreshnessCause.WaitingForApproval, Of(good, Run(RunStatus.Waiting, 1, "OD2434"), null).Cause);
        Assert.Equal(FreshnessCause.WaitingForApproval, Of(good, Run(RunStatus.Blocked, 1, "OD2434"), null).Cause);
        Assert.Equal(FreshnessCause.NotApproved, Of(good, Run(RunStatus.Failed, 1, "OD2435"), null).Cause);
        Assert.Equal(FreshnessCause.JobFailed, Of(good, Run(RunStatus.Failed, 1, "OD2407"), null).Cause);
        Assert.Equal(FreshnessCause.Interrupted, Of(good, Run(RunStatus.Interrupted, 1, "OD2406"), null).Cause);
    }

    [Fact]
    public void A_failed_try_within_the_promise_is_due_and_a_dataset_never_published_is_late()
    {
        Assert.Equal((FreshnessState.Due, FreshnessCause.SourceSilent), State(Of(Run(RunStatus.Succeeded, 5), Run(RunStatus.Failed, 1, "OD2003"), null)));
        Assert.Equal((FreshnessState.Late, FreshnessCause.SourceSilent), State(Of(null, Run(RunStatus.Failed, 1, "OD2003"), null)));
        Assert.Equal((FreshnessState.Late, FreshnessCause.NotStarted), State(Of(null, null, null)));
    }

    [Fact]
    public void Without_a_promise_nothing_is_late()
    {
        var run = Run(RunStatus.Succeeded, hoursAgo: 10_000);
        var verdict = Freshness.Of(Daily with { DueWithin = null, Cron = null }, new FreshnessFacts(run, run, null), Now);
        Assert.Equal(new FreshnessVerdict(FreshnessState.OnTime, null, null), verdict);
    }

    [Fact]
    public void Over_Tet_a_promise_of_two_working_days_is_late_at_midnight_after_the_second_with_nothing_running()
    {
        var policy = Daily with { DueWithin = null, DueWithinWorkingDays = 2 };
        var calendar = CatalogReader.Read(Repository.File("catalogs/thai-nguyen")).Catalog.WorkingDays;
        var read = new DateTimeOffset(2026, 2, 12, 1, 30, 0, TimeSpan.FromHours(7));
        var run = Run(RunStatus.Succeeded, 0) with { StartedAt = read };
        var facts = new FreshnessFacts(run, run, read.AddDays(1)) { WorkingDays = calendar };
        var late = new DateTimeOffset(2026, 2, 24, 0, 0, 0, TimeSpan.FromHours(7));
        Assert.Equal((FreshnessState.OnTime, null), State(Freshness.Of(policy, facts, read.AddHours(12))));
        Assert.Equal((FreshnessState.Due, FreshnessCause.NotStarted), State(Freshness.Of(policy, facts, new DateTimeOffset(2026, 2, 18, 12, 0, 0, TimeSpan.FromHours(7)))));
        Assert.Equal((FreshnessState.Due, FreshnessCause.NotStarted), State(Freshness.Of(policy, facts, late)));
        var verdict = Freshness.Of(policy, facts, late.AddSeconds(1));
        Assert.Equal((FreshnessState.Late, FreshnessCause.NotStarted, late), (verdict.State, verdict.Cause, verdict.LateFrom));
    }

    [Fact]
    public void A_slot_that_nothing_ran_in_is_the_nearer_cause_than_a_failure_before_it_and_a_run_at_work_hides_neither()
    {
        var (good, failed) = (Run(RunStatus.Succeeded, 48), Run(RunStatus.Failed, 30, "OD2003"));
        Assert.Equal(FreshnessCause.NotStarted, Of(good, failed, Now.AddHours(-6)).Cause);
        var atWork = new FreshnessFacts(good, Run(RunStatus.Started, 0), Now.AddHours(-6)) { Ended = failed };
        Assert.Equal(FreshnessCause.SourceSilent, Freshness.Of(Daily, atWork, Now).Cause);
    }

    [Fact]
    public void A_paused_schedule_is_the_cause_unless_a_run_was_tried_in_vain()
    {
        var good = Run(RunStatus.Succeeded, 48);
        FreshnessCause? Paused(RunRecord ended) => Freshness.Of(Daily, new FreshnessFacts(good, ended, null) { PausedAt = Now.AddHours(-40) }, Now).Cause;
        Assert.Equal(FreshnessCause.SchedulePaused, Paused(good));
        Assert.Equal(FreshnessCause.SourceSilent, Paused(Run(RunStatus.Failed, 30, "OD2003")));
    }

    private static (FreshnessState State, FreshnessCause? Cause) State(FreshnessVerdict verdict) => (verdict.State, verdict.Cause);

    private static FreshnessVerdict Of(RunRecord? confirmed, RunRecord? latest, DateTimeOffset? next)
        => Freshness.Of(Daily, new FreshnessFacts(confirmed, latest, next), Now);

    private static RunRecord Run(RunStatus status, int hoursAgo, string? code = null)
        => new("id", "trees", "schedule", status, Now.AddHours(-hoursAgo), Now.AddHours(-hoursAgo), null, null, null, code, null, WorkerIdentity.Current);
}
