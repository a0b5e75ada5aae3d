using Microsoft.Extensions.Logging;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Landing;
using OpenData.Warehouse.Staging;

namespace OpenData.Ingest.Runs;

/// <summary>Stores what the columns of an input suggest for the contract. It never fails a run: the next one finds the same.</summary>
internal sealed class DriftWatch(RunRoom room, DatasetContract contract, string runId, ILogger logger)
{
    /// <summary>Looks and stores.</summary>
    /// <param name="landed">The input; of several files the first speaks for all.</param>
    /// <param name="newColumns">Names that staging found to be new; null when it stopped at a missing column.</param>
    /// <param name="token">Ends the wait.</param>
    internal async Task ProposeAsync(IReadOnlyList<LandedFile> landed, IReadOnlyCollection<string>? newColumns, CancellationToken token)
    {
        if (landed.Count == 0 || newColumns?.Count == 0)
        {
            return;
        }

        try
        {
            var changes = await Task.Run(() => ChangeProposal.Of(contract, landed[0], newColumns), token);
            var stored = 0;
            foreach (var change in changes)
            {
                stored += await room.Ledger.ProposeAsync(contract.Id, runId, change, token) ? 1 : 0;
            }

            if (stored > 0)
            {
                RunLog.Proposed(logger, contract.Id, stored);
            }
        }
#pragma warning disable CA1031 // A guess about a file of unknown form must not fail a run that reads it well; the next run looks again.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            RunLog.ProposalFailed(logger, contract.Id, e is OpenDataException known ? known.Code.Code : e.GetType().Name);
        }
#pragma warning restore CA1031
    }
}
