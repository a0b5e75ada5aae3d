using Microsoft.Extensions.Logging;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Ingest.Runs;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Scheduling;

/// <summary>What happens when a slot comes: the dataset's run, then the derived datasets whose parents have settled.</summary>
public sealed class ScheduledRuns(IngestWorker worker, ILoggerFactory logs, CancellationToken stopping)
{
    private readonly SettledParents _settled = new();
    private readonly SlotKeeper _slots = new(worker.Ledger, worker.Clock, worker.HangingSince);
    private readonly ILogger _logger = logs.CreateLogger<ScheduledRuns>();
    private readonly Lock _gate = new();
    private readonly List<Task> _atWork = [];

    // Slots whose runs wait for a place, by dataset and clock; a later slot takes the place of an earlier one.
    private readonly Dictionary<(string Dataset, string Clock), SlotTime> _waiting = [];

    // The last run that a person asked for, by dataset: while it waits for a place or is at work, its wish is not taken up again.
    private readonly Dictionary<string, Task> _wished = new(StringComparer.Ordinal);

    // The last run that a clock or a person asked for, by dataset: the next one begins after it.
    private readonly Dictionary<string, Task> _last = new(StringComparer.Ordinal);

    /// <summary>
    /// Looks at the slots of a dataset that have come: records those that are skipped and begins the run of the one that is due. May be
    /// called at any time and by anyone; ends when that is decided, not when the run has ended.
    /// </summary>
    public async Task WakeAsync(string dataset)
    {
        if (stopping.IsCancellationRequested || worker.Catalogue.Catalog.Find(dataset) is not { } contract)
        {
            return;
        }

        foreach (var clock in ClocksOf(contract))
        {
            if (await _slots.DueAsync(dataset, clock, contract.Refresh.SkipsMissed, CancellationToken.None) is { } slot)
            {
                Begin(contract, slot);
            }
        }
    }

    /// <summary>Looks at every dataset with a clock: finds what no timer woke for, because the time of the machine was changed or the store of the schedule was lost.</summary>
    public async Task WakeAllAsync()
    {
        foreach (var contract in worker.Catalogue.Catalog.Datasets.Where(c => ClocksOf(c).Any()))
        {
            await WakeAsync(contract.Id);
        }
    }

    /// <summary>
    /// Begins the runs that people asked for, beside the schedule. While another run is at work on the dataset, which may have read the
    /// source before the wish, or hangs in this process, the wish waits for a later look; so does one for a dataset that this worker's catalogue
    /// does not know.
    /// </summary>
    public async Task StartRequestedAsync()
    {
        foreach (var request in await worker.Ledger.DueRequestsAsync(stopping))
        {
            if (worker.Catalogue.Catalog.Find(request.Dataset) is { } contract && worker.HangingSince(contract.Id) is null)
            {
                Begin(contract, request);
            }
        }
    }

    /// <summary>Starts the derived datasets whose parents have other versions than those they were made from.</summary>
    public void StartDerived()
    {
        lock (_gate)
        {
            _atWork.RemoveAll(t => t.IsCompleted);
            foreach (var contract in worker.Catalogue.Catalog.Datasets.Where(c => c.Source.Parents.Count > 0))
            {
                if (!stopping.IsCancellationRequested && _settled.TryBegin(contract, worker.Graph, worker.Store))
                {
                    _atWork.Add(RunBegunAsync(contract, () => new RunCause("parent")));
                }
            }
        }
    }

    /// <summary>Ends when no run is at work any more.</summary>
    public async Task WhenQuietAsync()
    {
        while (AtWork() is { Count: > 0 } tasks)
        {
            await Task.WhenAll(tasks);
        }
    }

    private static IEnumerable<string> ClocksOf(DatasetContract contract)
    {
        if (contract.Refresh.Cron is not null)
        {
            yield return SlotClock.Refresh;
        }

        if (contract.Source.Incremental?.Reconcile is not null)
        {
            yield return SlotClock.Reconcile;
        }
    }

    private List<Task> AtWork()
    {
        lock (_gate)
        {
            return [.. _atWork.Where(t => !t.IsCompleted)];
        }
    }

    private void Begin(DatasetContract contract, SlotTime slot)
    {
        lock (_gate)
        {
            var clock = (contract.Id, slot.Clock);
            if (!_waiting.TryAdd(clock, slot))
            {
                _waiting[clock] = slot;
                return;
            }

            Queue(contract, () => TakeWaiting(clock));
        }
    }

    private void Begin(DatasetContract contract, RunRequest request)
    {
        lock (_gate)
        {
            if (_wished.GetValueOrDefault(contract.Id) is null or { IsCompleted: true })
            {
                RunLog.Asked(_logger, contract.Id, request.AskedBy);
                Queue(contract, () => RunCause.OfRequest(request));
                _wished[contract.Id] = _last[contract.Id];
            }
        }
    }

    // Under the gate.
    private void Queue(DatasetContract contract, Func<RunCause?> cause)
    {
        _settled.Begin(contract.Id);
        var run = RunAfterAsync(_last.GetValueOrDefault(contract.Id), contract, cause);
        _last[contract.Id] = run;
        _atWork.Add(run);
    }

    private async Task RunAfterAsync(Task? before, DatasetContract contract, Func<RunCause?> cause)
    {
        if (before is not null)
        {
            // However it ended: its own caller hears of it.
            await Task.WhenAny(before);
        }

        await RunBegunAsync(contract, cause);
    }

    private RunCause? TakeWaiting((string Dataset, string Clock) clock)
    {
        lock (_gate)
        {
            var trigger = clock.Clock == SlotClock.Reconcile ? "reconcile" : "schedule";
            return _waiting.Remove(clock, out var slot) ? new RunCause(trigger, Full: clock.Clock == SlotClock.Reconcile) { Slot = slot } : null;
        }
    }

    private async Task RunBegunAsync(DatasetContract contract, Func<RunCause?> cause)
    {
        // The gate may be held: the run itself must not begin on the thread that asks for it.
        await Task.Yield();
        try
        {
            await worker.RunAsync(contract, cause, stopping);
        }
        catch (OpenDataException e) when (e.Code == LedgerErrors.Unavailable)
        {
            // Nothing was begun, so the slot is not accounted for: the next look at the slots finds it again.
            RunLog.SlotPostponed(_logger, contract.Id, e.Code.Code);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It waited for a place when the worker was told to stop: the next start finds its slot. The others at work are still waited for.
        }
        finally
        {
            lock (_gate)
            {
                _settled.End(contract.Id);
            }
        }

        StartDerived();
    }
}
