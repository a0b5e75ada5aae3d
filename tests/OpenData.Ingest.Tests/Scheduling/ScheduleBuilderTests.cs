using OpenData.Catalogs;
using OpenData.Ingest.Scheduling;
using OpenData.TestKit;
using Quartz;

namespace OpenData.Ingest.Tests.Scheduling;

public sealed class ScheduleBuilderTests
{
    private static readonly RefreshPolicy Daily = new("0 30 1 * * ?", "Asia/Ho_Chi_Minh", TimeSpan.FromHours(36), "run_once");
    private static readonly DateTimeOffset Start = new(2026, 11, 27, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_slot_is_in_the_zone_of_the_contract()
        => Culture.Vietnamese(() =>
        {
            var trigger = (ICronTrigger)ScheduleBuilder.Trigger("cases", Daily, Start)!;
            var next = trigger.GetFireTimeAfter(new DateTimeOffset(2027, 2, 16, 0, 0, 0, TimeSpan.Zero));
            Assert.Equal(new DateTimeOffset(2027, 2, 16, 18, 30, 0, TimeSpan.Zero), next);
            Assert.Equal(CronTriggerMisfireInstruction.FireAndProceed, trigger.MisfireInstruction);
        });

    [Fact]
    public void A_dataset_without_a_clock_has_no_trigger()
        => Assert.Null(ScheduleBuilder.Trigger("monthly", Daily with { Cron = null }, Start));

    [Fact]
    public void A_stored_trigger_is_the_same_until_the_contract_says_otherwise()
    {
        var stored = ScheduleBuilder.Trigger("cases", Daily, Start);
        Assert.True(ScheduleBuilder.IsSame(stored, Daily));
        Assert.False(ScheduleBuilder.IsSame(stored, Daily with { Cron = "0 0 2 * * ?" }));
        Assert.False(ScheduleBuilder.IsSame(stored, Daily with { TimeZone = "UTC" }));
        Assert.False(ScheduleBuilder.IsSame(stored, Daily with { Misfire = "skip" }));
        Assert.False(ScheduleBuilder.IsSame(null, Daily));
    }
}
