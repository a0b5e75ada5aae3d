using OpenData.Catalogs;
using Quartz;

namespace OpenData.Ingest.Scheduling;

/// <summary>Pure: a contract's refresh policy → its trigger.</summary>
internal static class ScheduleBuilder
{
    /// <summary>Group of the jobs and triggers that contracts own.</summary>
    internal const string Group = "datasets";

    /// <summary>Key of a dataset's job.</summary>
    internal static JobKey JobOf(string dataset) => new(dataset, Group);

    /// <summary>Key of a dataset's trigger.</summary>
    internal static TriggerKey TriggerOf(string dataset) => new(dataset, Group);

    /// <summary>The job of a dataset; kept by the store without a trigger too.</summary>
    internal static IJobDetail Job(string dataset) => JobBuilder.Create<DatasetJob>().WithIdentity(JobOf(dataset)).StoreDurably(true).Build();

    /// <summary>The trigger from an instant on, or null for a dataset without a clock.</summary>
    internal static ITrigger? Trigger(string dataset, RefreshPolicy policy, DateTimeOffset from) => policy.Cron is { } cron
        ? TriggerBuilder.Create()
            .WithIdentity(TriggerOf(dataset))
            .ForJob(JobOf(dataset))
            .StartAt(from)
            .WithCronSchedule(cron, schedule => schedule
                .InTimeZone(TimeZoneInfo.FindSystemTimeZoneById(policy.TimeZone))
                .WithMisfireInstruction(MisfireOf(policy)))
            .Build()
        : null;

    /// <summary>True when the stored trigger says the same as the contract: then it is left alone, with its missed run if it has one.</summary>
    internal static bool IsSame(ITrigger? stored, RefreshPolicy policy)
        => stored is ICronTrigger cron
            && string.Equals(cron.CronExpressionString, policy.Cron, StringComparison.Ordinal)
            && string.Equals(cron.TimeZone.Id, policy.TimeZone, StringComparison.Ordinal)
            && cron.MisfireInstruction == MisfireOf(policy);

    private static CronTriggerMisfireInstruction MisfireOf(RefreshPolicy policy)
        => policy.SkipsMissed ? CronTriggerMisfireInstruction.DoNothing : CronTriggerMisfireInstruction.FireAndProceed;
}
