using OpenData.Catalogs;
using OpenData.Ingest.Runs;

namespace OpenData.Ingest.Scheduling;

/// <summary>What happens when a slot comes: the dataset's run, then the derived datasets whose parents have settled.</summary>
public sealed class ScheduledRuns(IngestWorker worker, CancellationToken stopping)
{
    private readonly SettledParents _settled = new();
    private readonly Lock _gate = new();
    private readonly List<Task> _derived = [];

    /// <summary>Runs a dataset in its slot.</summary>
    /// <param name="dataset">Dataset id.</param>
    /// <param name="next">Its next slot, for the freshness of the portal.</param>
    public async Task RunAsync(string dataset, DateTimeOffset? next)
    {
        await worker.Ledger.SetNextSlotAsync(dataset, next, CancellationToken.None);
        if (worker.Catalogue.Catalog.Find(dataset) is { } contract)
        {
            await RunAsync(contract, "schedule");
        }
    }

    /// <summary>Starts the derived datasets whose parents have other versions than those they were made from.</summary>
    public void StartDerived()
    {
        lock (_gate)
        {
            _derived.RemoveAll(t => t.IsCompleted);
            foreach (var contract in worker.Catalogue.Catalog.Datasets.Where(c => c.Source.Parents.Count > 0))
            {
                if (!stopping.IsCancellationRequested && _settled.TryBegin(contract, worker.Graph, worker.Store))
                {
                    _derived.Add(RunBegunAsync(contract, "parent"));
                }
            }
        }
    }

    /// <summary>Ends when the derived runs at work have ended.</summary>
    public Task WhenQuietAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll([.. _derived]);
        }
    }

    private async Task RunAsync(DatasetContract contract, string trigger)
    {
        lock (_gate)
        {
            _settled.Begin(contract.Id);
        }

        await RunBegunAsync(contract, trigger);
    }

    private async Task RunBegunAsync(DatasetContract contract, string trigger)
    {
        try
        {
            await worker.RunAsync(contract, trigger, stopping);
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
