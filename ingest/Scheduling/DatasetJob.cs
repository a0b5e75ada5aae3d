using Quartz;

namespace OpenData.Ingest.Scheduling;

/// <summary>Quartz job: looks at the slots of the dataset that gives the job its name. It ends at once; the run has its own place and time.</summary>
internal sealed class DatasetJob(ScheduledRuns runs) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        => await runs.WakeAsync(context.JobDetail.Key.Name);
}
