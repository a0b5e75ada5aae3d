using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenData.Catalogs;
using OpenData.Ingest.Runs;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Ledger;
using Quartz;

namespace OpenData.Ingest.Scheduling;

/// <summary>
/// The clock of a worker: Quartz over its own SQLite store (<c>state/quartz.db</c>), or beside the ledger in PostgreSQL, where the workers that
/// share it are one cluster and a timer wakes one of them. It wakes; what became of a slot is decided and recorded
/// by the run ledger, so that nothing is lost with this store.
/// </summary>
public sealed class WorkerSchedule : IAsyncDisposable
{
    private readonly IScheduler _scheduler;
    private readonly TimeProvider _clock;

    private WorkerSchedule(IScheduler scheduler, TimeProvider clock)
    {
        _scheduler = scheduler;
        _clock = clock;
    }

    /// <summary>Opens the store; nothing fires before <see cref="StartAsync"/>.</summary>
    public static async Task<WorkerSchedule> OpenAsync(
        IngestSettings settings, ScheduledRuns runs, ILoggerFactory logs, TimeProvider clock, CancellationToken token)
    {
        var builder = QuartzSchedulerBuilder.Create(q =>
        {
            q.Services.AddSingleton(logs);
            q.Services.AddSingleton(runs);
            q.UseTimeProvider(clock);
            q.ConfigureScheduler(o => o.InstanceName = "opendata");
            q.UseDefaultThreadPool(settings.Parallel);
            // A stored trigger is never replaced by a declaration of the same: that would lose its missed run.
            q.ConfigureOptions<QuartzOptions>(o => o.Scheduling.IgnoreDuplicates = true);
            q.UsePersistentStore(s =>
            {
                Store(s, settings);
                s.UseSystemTextJsonSerializer();
                s.ProvisionSchema();
            });
        });
        return new WorkerSchedule(await builder.BuildScheduler(token), clock);
    }

    private static void Store(IPersistentStoreBuilder store, IngestSettings settings)
    {
        if (settings.StateDatabase is { } postgres)
        {
            store.UsePostgres(NpgsqlFactory.Instance, postgres);
            store.UseClustering();
            return;
        }

        var state = Path.Combine(settings.DataFolder, "state");
        PrivateFolder.Make(state);
        PrivateFolder.MakeFile(Path.Combine(state, "quartz.db"));
        store.UseSqlite(
            SqliteFactory.Instance,
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(state, "quartz.db"), DefaultTimeout = 15 }.ToString());
    }

    /// <summary>
    /// Brings the stored triggers into line with the contracts: new ones are added, changed ones rescheduled, those of removed contracts
    /// deleted, and equal ones left alone so that a missed slot still fires. The ledger learns the clocks and the next slots.
    /// </summary>
    public async Task SeedAsync(IReadOnlyList<DatasetContract> contracts, RunLedger ledger, CancellationToken token)
    {
        var scheduled = contracts.Where(c => c.Refresh.Cron is not null).ToList();
        await RemoveOthersAsync(scheduled.Select(c => c.Id).ToHashSet(StringComparer.Ordinal), ledger, token);
        var slots = new SlotKeeper(ledger, _clock, _ => null);
        foreach (var contract in scheduled)
        {
            await slots.SeedAsync(contract.Id, SlotClock.Refresh, contract.Refresh.Cron!, contract.Refresh.TimeZone, token);
            var trigger = await SeedAsync(contract, token);
            await ledger.SetNextSlotAsync(contract.Id, trigger?.NextFireTimeUtc, token);
        }

        // A full reconcile needs no timer of its own: the worker looks at every clock each minute.
        foreach (var contract in contracts)
        {
            if (contract.Source.Incremental?.Reconcile is { } cron)
            {
                await slots.SeedAsync(contract.Id, SlotClock.Reconcile, cron, contract.Refresh.TimeZone, token);
            }
        }
    }

    /// <summary>Sets right the triggers that would pass slots over: their next time was reckoned while the machine's was wrong.</summary>
    public async Task AlignAsync(IReadOnlyList<DatasetContract> contracts, CancellationToken token)
    {
        foreach (var contract in contracts.Where(c => c.Refresh.Cron is not null))
        {
            var fresh = ScheduleBuilder.Trigger(contract.Id, contract.Refresh, _clock.GetUtcNow())!;
            if (await StoredAsync(contract.Id, token) is { } stored && stored.NextFireTimeUtc > fresh.GetFireTimeAfter(_clock.GetUtcNow()))
            {
                await _scheduler.RescheduleJob(fresh.Key, fresh, token);
            }
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

        var trigger = ScheduleBuilder.Trigger(contract.Id, contract.Refresh, _clock.GetUtcNow())!; // only contracts with a clock come here
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
