using Microsoft.Extensions.Logging;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Validation;

namespace OpenData.Ingest.Runs;

/// <summary>What a full reconcile found that incremental reading had missed, counted by day and kept on its run.</summary>
internal sealed class Reconcile(RunRoom room, DatasetContract contract, string runId, RunSteps steps, ILogger logger)
{
    /// <summary>Days that are kept on a run; the step tells whether there were more.</summary>
    internal const int DaysMax = 1000;

    /// <summary>Compares what is published with the reading, before anything changes.</summary>
    /// <param name="validated">The reading of everything.</param>
    /// <param name="previous">The current version.</param>
    /// <param name="bound">Where the next incremental reading would have begun; null when that would have read everything too.</param>
    /// <param name="token">Stops it.</param>
    /// <returns>The days that differ.</returns>
    internal async Task<IReadOnlyList<ReconcileDay>> CompareAsync(ValidatedTable validated, Snapshot? previous, DateTimeOffset? bound, CancellationToken token)
    {
        if (previous is null || bound is not { } from || !DayComparison.Serves(contract))
        {
            return [];
        }

        var found = await steps.DoAsync(
            "compare",
            () => DayComparison.Differences(validated, previous, from, room.Engine, DaysMax, token),
            (days, step) => step with { Records = days.Count },
            token);
        ReconcileDay[] kept = [.. found.Take(DaysMax).Select(d => new ReconcileDay(d.Day, d.Published, d.AtSource, null))];
        await room.Ledger.SetReconcileDaysAsync(runId, kept, token);
        return kept;
    }

    /// <summary>Looks once more when the run has published: how many rows do the days have now? It never fails the run, whose version is there.</summary>
    internal async Task SettleAsync(IReadOnlyList<ReconcileDay> days, ValidatedTable validated, PublishResult published, DateTimeOffset? bound)
    {
        if (days.Count == 0 || bound is not { } from)
        {
            return;
        }

        try
        {
            var left = await Task.Run(() => DayComparison.Differences(validated, published.Snapshot, from, room.Engine, DaysMax, CancellationToken.None));
            var rows = left.ToDictionary(d => d.Day, d => d.Published, StringComparer.Ordinal);
            await room.Ledger.SetReconcileDaysAsync(
                runId, [.. days.Select(d => d with { After = rows.TryGetValue(d.Day, out var now) ? now : d.AtSource })], CancellationToken.None);
        }
        catch (OpenDataException e)
        {
            RunLog.NotSettled(logger, contract.Id, e.Code.Code);
        }
    }
}
