using OpenData.Catalogs;
using OpenData.Ingest.Runs;

namespace OpenData.Ingest.Scheduling;

/// <summary>What happens when a slot comes: the dataset's run, then the derived datasets whose parents have settled.</summary>
public sealed class ScheduledRuns(IngestWorker worker, CancellationToken stopping)
{
    private readonly SettledParents _settled = new();
    private readonly Lock _gate = new();
    private readonly List<Task> _begun = [];

    /// <summary>Runs a dataset in its slot.</summary>
    /// <param name="dataset">Dataset id.</param>
    /// <param name="next">Its next slot, for the freshness of the portal.</param>
    public async Task RunAsync(string dataset, DateTimeOffset? next)
    {
        await worker.Ledger.SetNextSlotAsync(dataset, next, CancellationToken.None);
        if (worker.Catalogue.Catalog.Find(dataset) is { } contract)
        {
            await RunAsync(contract, new RunCause("schedule"));
        }
    }

    /// <summary>Takes up what people asked for: those runs begin at once, beside the schedule.</summary>
    public async Task StartRequestedAsync()
    {
        foreach (var request in await worker.TakeRequestsAsync(stopping))
        {
            if (worker.Catalogue.Catalog.Find(request.Dataset) is { } contract)
            {
                lock (_gate)
                {
                    _begun.Add(RunAsync(contract, new RunCause("request", Full: request.Full)));
                }
            }
        }
    }

    /// <summary>Starts the derived datasets whose parents have other versions than those they were made from.</summary>
    public void StartDerived()
    {
        lock (_gate)
        {
            _begun.RemoveAll(t => t.IsCompleted);
            foreach (var contract in worker.Catalogue.Catalog.Datasets.Where(c => c.Source.Parents.Count > 0))
            {
                if (!stopping.IsCancellationRequested && _settled.TryBegin(contract, worker.Graph, worker.Store))
                {
                    _begun.Add(RunBegunAsync(contract, new RunCause("parent")));
                }
            }
        }
    }

    /// <summary>Ends when the runs that no clock began have ended.</summary>
    public Task WhenQuietAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll([.. _begun]);
        }
    }

    private async Task RunAsync(DatasetContract contract, RunCause cause)
    {
        lock (_gate)
        {
            _settled.Begin(contract.Id);
        }

        await RunBegunAsync(contract, cause);
    }

    private async Task RunBegunAsync(DatasetContract contract, RunCause cause)
    {
        try
        {
            await worker.RunAsync(contract, cause, stopping);
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
