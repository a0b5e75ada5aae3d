using System.CommandLine;
using OpenData.Catalogs.Errors;
using OpenData.Ingest.Runs;
using OpenData.Ingest.Scheduling;

namespace OpenData.Ingest.Commands;

/// <summary><c>serve</c>: the worker. First publishes what has no version yet, then runs by the contracts' schedules until stopped.</summary>
internal static class ServeCommand
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Tidying = TimeSpan.FromHours(1);

    internal static Command Make(CommandBody body)
    {
        var command = new Command("serve", "Run as a worker: publish what has no version yet, then follow the schedules.");
        command.SetAction((_, token) => body(RunAsync, token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        using var progress = new RunProgress(context.Output, isTerminal: false);
        await using var worker = await IngestWorker.OpenAsync(context.Settings, progress, context.Logs, context.Clock, token);
        await Unusable.WriteAsync(worker.Catalogue, null, context.Error);
        var waiting = (await worker.Ledger.WaitingAsync(null, token)).Where(w => w.IsOpen).Select(w => w.Dataset).ToHashSet(StringComparer.Ordinal);
        var unpublished = worker.Catalogue.Catalog.Datasets.Select(d => d.Id).Where(id => worker.Store.Current(id) is null && !waiting.Contains(id)).ToList();
        await worker.RunAllAsync(unpublished, new RunCause("first_start"), token);
        token.ThrowIfCancellationRequested();

        var runs = new ScheduledRuns(worker, context.Logs, token);
        await using var schedule = await WorkerSchedule.OpenAsync(context.Settings, runs, context.Logs, context.Clock, token);
        await schedule.SeedAsync(worker.Catalogue.Catalog.Datasets, worker.Ledger, token);
        await schedule.StartAsync(token);
        await context.Output.WriteLineAsync("Worker ready: following the schedules.");
        var telling = worker.Notices.RunAsync(token);
        await SweepAsync(context, worker, schedule, runs, token);
        await telling;
        await runs.WhenQuietAsync();
        return ExitCodes.Good;
    }

    private static async Task SweepAsync(
        CommandContext context, IngestWorker worker, WorkerSchedule schedule, ScheduledRuns runs, CancellationToken token)
    {
        using var timer = new PeriodicTimer(Look, context.Clock);
        // Elapsed time, not the time of day: a clock that is set back must not stop the looks.
        var (swept, tidied) = ((long?)null, (long?)null);
        try
        {
            do
            {
                await TryAsync(context, runs.StartRequestedAsync);
                if (IsOver(context.Clock, swept, Sweep))
                {
                    // Other processes publish and die too: what they left behind is taken up here.
                    await TryAsync(context, () => worker.RecoverAsync(token));
                    await TryAsync(context, runs.WakeAllAsync);
                    await TryAsync(context, () => schedule.AlignAsync(worker.Catalogue.Catalog.Datasets, token));
                    runs.StartDerived();
                    swept = context.Clock.GetTimestamp();
                }

                await TryAsync(context, async () =>
                {
                    if ((await worker.ReleaseDueAsync(token)).Count > 0)
                    {
                        runs.StartDerived();
                    }
                });

                if (IsOver(context.Clock, tidied, Tidying))
                {
                    // Also of datasets that have not published for long: a version grows old by itself.
                    await worker.TidyAsync(token);
                    tidied = context.Clock.GetTimestamp();
                }
            }
            while (await timer.WaitForNextTickAsync(token));
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // SIGTERM and Ctrl-C are the normal end of a worker.
        }
    }

    private static bool IsOver(TimeProvider clock, long? since, TimeSpan length) => since is not { } stamp || clock.GetElapsedTime(stamp) >= length;

    // A state database that is down for a while must not end the worker.
    private static async Task TryAsync(CommandContext context, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OpenDataException e)
        {
            await context.Error.WriteLineAsync($"{e.Code}: {e.Detail.En}");
        }
    }
}
