using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenData.Catalogs;
using OpenData.Warehouse.Ledger;
using Quartz;

namespace OpenData.Ingest.Scheduling;

/// <summary>
/// The clock of a worker: Quartz over its own SQLite store (<c>state/quartz.db</c>), so that slots missed while no worker ran are known.
/// The run ledger stays the record of truth.
/// </summary>
public sealed class WorkerSchedule : IAsyncDisposable
{
    private readonly IScheduler _scheduler;

    private WorkerSchedule(IScheduler scheduler)
    {
        _scheduler = scheduler;
    }

    /// <summary>Opens the store; nothing fires before <see cref="StartAsync"/>.</summary>
    public static async Task<WorkerSchedule> OpenAsync(string dataFolder, ScheduledRuns runs, int parallel, ILoggerFactory logs, CancellationToken token)
    {
        var state = Path.Combine(dataFolder, "state");
        Directory.CreateDirectory(state);
        var store = new SqliteConnectionStringBuilder { DataSource = Path.Combine(state, "quartz.db"), DefaultTimeout = 15 }.ToString();
        var builder = QuartzSchedulerBuilder.Create(q =>
        {
            q.Services.AddSingleton(logs);
            q.Services.AddSingleton(runs);
            q.ConfigureScheduler(o => o.InstanceName = "opendata");
            q.UseDefaultThreadPool(parallel);
            // A stored trigger is never replaced by a declaration of the same: that would lose its missed run.
            q.ConfigureOptions<QuartzOptions>(o => o.Scheduling.IgnoreDuplicates = true);
            q.UsePersistentStore(s =>
            {
                s.UseSqlite(SqliteFactory.Instance, store);
                s.UseSystemTextJsonSerializer();
                s.ProvisionSchema();
            });
        });
        return new WorkerSchedule(await builder.BuildScheduler(token));
    }

    /// <summary>
    /// Brings the stored triggers into line with the contracts: new ones are added, changed ones rescheduled, those of removed contracts
    /// deleted, and equal ones left alone so that a missed slot still fires. The next slots go to the ledger.
    /// </summary>
    public async Task SeedAsync(IReadOnlyList<DatasetContract> contracts, RunLedger ledger, CancellationToken token)
    {
        var scheduled = contracts.Where(c => c.Refresh.Cron is not null).ToList();
        await RemoveOthersAsync(scheduled.Select(c => c.Id).ToHashSet(StringComparer.Ordinal), ledger, token);
        foreach (var contract in scheduled)
        {
            var trigger = await SeedAsync(contract, token);
            await ledger.SetNextSlotAsync(contract.Id, trigger?.NextFireTimeUtc, token);
        }
    }

    /// <summary>Begins to fire; missed slots fire first, as the contracts' misfire rule says.</summary>
    public async Task StartAsync(CancellationToken token) => await _scheduler.Start(token);

    /// <summary>Stops firing and ends when the jobs at work have ended.</summary>
    public async ValueTask DisposeAsync() => await _scheduler.Shutdown(true, CancellationToken.None);

    /// <summary>The stored next slot of a dataset; null when it is not scheduled.</summary>
    internal async Task<ITrigger?> StoredAsync(string dataset, CancellationToken token)
        => await _scheduler.GetTrigger(ScheduleBuilder.TriggerOf(dataset), token);

    private async Task<ITrigger?> SeedAsync(DatasetContract contract, CancellationToken token)
    {
        var stored = await StoredAsync(contract.Id, token);
        if (ScheduleBuilder.IsSame(stored, contract.Refresh))
        {
            return stored;
        }

        var trigger = ScheduleBuilder.Trigger(contract.Id, contract.Refresh)!; // only contracts with a clock come here
        if (stored is null)
        {
            await _scheduler.ScheduleJob(ScheduleBuilder.Job(contract.Id), trigger, new ScheduleJobOptions { Replace = true }, token);
        }
        else
        {
            await _scheduler.RescheduleJob(trigger.Key, trigger, token);
        }

        return await StoredAsync(contract.Id, token);
    }

    private async Task RemoveOthersAsync(HashSet<string> scheduled, RunLedger ledger, CancellationToken token)
    {
        foreach (var job in await _scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(ScheduleBuilder.Group), token))
        {
            if (!scheduled.Contains(job.Name))
            {
                await _scheduler.DeleteJob(job, token);
                await ledger.SetNextSlotAsync(job.Name, null, token);
            }
        }
    }
}
