using Quartz;

namespace OpenData.Ingest.Scheduling;

/// <summary>Quartz job: one run of the dataset that gives the job its name; never two of one dataset at a time.</summary>
[DisallowConcurrentExecution]
internal sealed class DatasetJob(ScheduledRuns runs) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        => await runs.RunAsync(context.JobDetail.Key.Name, context.NextFireTimeUtc);
}
