using OpenData.Ingest.Scheduling;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Tests.Scheduling;

public sealed class SlotRulesTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);
    private static readonly SlotClock Daily = new("cases", SlotClock.Refresh, "0 30 1 * * ?", "Asia/Ho_Chi_Minh", Monday);

    [Fact]
    public void After_three_days_off_one_late_run_stands_for_all_and_the_others_are_recorded()
    {
        var verdict = Decide(Facts(Monday.AddDays(3)));
        Assert.Equal(Monday.AddDays(2).AddMinutes(30), verdict.Run);
        Assert.Equal([new SlotSkip(Monday.AddMinutes(30), Monday.AddDays(1).AddMinutes(30), 2, SlotErrors.Missed)], verdict.Skipped);
        Assert.Equal(Monday.AddDays(1).AddMinutes(30), verdict.AccountedTo);
    }

    [Fact]
    public void A_contract_that_skips_what_was_missed_has_all_of_it_recorded()
    {
        var verdict = Decide(Facts(Monday.AddDays(3)) with { SkipsMissed = true });
        Assert.Null(verdict.Run);
        Assert.Equal([new SlotSkip(Monday.AddMinutes(30), Monday.AddDays(2).AddMinutes(30), 3, SlotErrors.Missed)], verdict.Skipped);
    }

    [Fact]
    public void A_slot_in_its_time_runs_whatever_the_rule_for_missed_ones()
        => Assert.Equal(Monday.AddMinutes(30), Decide(Facts(Monday.AddMinutes(31)) with { SkipsMissed = true }).Run);

    [Fact]
    public void Slots_while_a_run_is_at_work_are_told_from_those_that_were_missed_before_it()
    {
        var verdict = Decide(Facts(Monday.AddDays(3)) with { BusySince = Monday.AddDays(1) });
        Assert.Null(verdict.Run);
        Assert.Equal([(1L, SlotErrors.Missed), (2L, SlotErrors.StillRunning)], verdict.Skipped.Select(s => (s.Count, s.Cause)));
    }

    [Fact]
    public void Slots_of_a_paused_schedule_are_told_from_those_that_were_missed_before_the_pause()
    {
        var verdict = Decide(Facts(Monday.AddDays(3)) with { PausedSince = Monday.AddDays(2) });
        Assert.Null(verdict.Run);
        Assert.Equal([(2L, SlotErrors.Missed), (1L, SlotErrors.Paused)], verdict.Skipped.Select(s => (s.Count, s.Cause)));
    }

    [Fact]
    public void A_slot_that_ran_before_the_time_was_set_back_is_not_run_again()
    {
        var verdict = Decide(Facts(Monday.AddDays(2)) with { Ran = [Monday.AddDays(1).AddMinutes(30)] });
        Assert.Null(verdict.Run);
        Assert.Equal([new SlotSkip(Monday.AddMinutes(30), Monday.AddMinutes(30), 1, SlotErrors.Missed)], verdict.Skipped);
        Assert.Equal(Monday.AddDays(1).AddMinutes(30), verdict.AccountedTo);
    }

    private static SlotFacts Facts(DateTimeOffset now) => new(now, false, null, null, []);

    private static SlotVerdict Decide(SlotFacts facts)
        => SlotRules.Decide(Daily, SlotCalendar.Between(Daily, Daily.AccountedTo, facts.Now), facts);
}
