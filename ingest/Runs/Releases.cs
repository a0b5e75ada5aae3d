using Microsoft.Extensions.Logging;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;

namespace OpenData.Ingest.Runs;

/// <summary>
/// Publishes approved versions whose time has come. The run that made such a version goes on where it stood: it takes the dataset's lease, and what a
/// death leaves behind is taken up as after every run. A failure of one version never leaves this class.
/// </summary>
internal sealed class Releases(RunRoom room, TimeSpan leaseLength, StepLimits limits, HangingRuns hanging, IRunWatcher watcher, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, DateTimeOffset> _pausedUntil = new(StringComparer.Ordinal);

    // Releases that ended while the database did not answer: their runs still say that they are at work in this process.
    private readonly HashSet<string> _adrift = new(StringComparer.Ordinal);

    /// <summary>Publishes those that are due; one whose dataset is at work is tried again the next time, one whose disk or database failed after a minute.</summary>
    internal async Task<IReadOnlyList<RunOutcome>> ReleaseDueAsync(CancellationToken token)
    {
        foreach (var runId in _adrift.ToList())
        {
            await room.Ledger.EndReleaseAsync(runId, token);
            _adrift.Remove(runId);
        }

        var outcomes = new List<RunOutcome>();
        var due = (await room.Ledger.DueAsync(token)).Where(w => _pausedUntil.GetValueOrDefault(w.RunId) <= room.Clock.GetUtcNow() && hanging.Since(w.Dataset) is null);
        foreach (var waiting in due.ToList())
        {
            token.ThrowIfCancellationRequested();
            try
            {
                if (await ReleaseAsync(waiting, token) is { } outcome)
                {
                    outcomes.Add(outcome);
                    watcher.Ended(outcome);
                }
            }
            catch (OpenDataException e)
            {
                _pausedUntil[waiting.RunId] = room.Clock.GetUtcNow() + Pause;
                RunLog.ReleaseFailed(logger, waiting.Dataset, waiting.RunId, e.Code.Code);
            }
        }

        return outcomes;
    }

    /// <summary>Removes the folders of versions that no longer wait, and of those that were turned down some time ago.</summary>
    /// <param name="catalog">Says how long the latter are kept.</param>
    /// <param name="token">Stops between two.</param>
    internal async Task TidyAsync(Catalog catalog, CancellationToken token)
    {
        foreach (var (dataset, runId) in room.Waiting.All())
        {
            token.ThrowIfCancellationRequested();

            // The run is asked first: once it is no longer at work, what it left is in the table, or nobody's.
            if (await room.Ledger.FindAsync(runId, token) is not { Status: RunStatus.Started }
                && !Keeps(await room.Ledger.FindWaitingAsync(runId, token), catalog))
            {
                room.Waiting.Remove(dataset, runId);
                RunLog.NoLongerWaits(logger, dataset, runId);
            }
        }
    }

    private bool Keeps(WaitingVersion? waiting, Catalog catalog) => waiting switch
    {
        { IsOpen: true } => true,
        { State: WaitingState.Rejected } => room.Clock.GetUtcNow()
            < waiting.DecidedAt + (catalog.Find(waiting.Dataset)?.Approval?.KeepRejected ?? ApprovalPolicy.KeepRejectedUsually),
        _ => false,
    };

    /// <summary>Null when the dataset is at work, or the version may not go out (any more).</summary>
    private async Task<RunOutcome?> ReleaseAsync(WaitingVersion waiting, CancellationToken token)
    {
        var (stamp, started) = (room.Clock.GetTimestamp(), room.Clock.GetUtcNow());
        var floor = room.Store.HighestToken(waiting.Dataset) ?? 0;
        if (await room.Ledger.TryAcquireAsync(waiting.Dataset, waiting.RunId, leaseLength, floor, token) is not { } lease)
        {
            return null;
        }

        await using var ticket = new RunTicket(room.Ledger, lease, started, leaseLength, room.Clock, logger);
        if (!await room.Ledger.BeginReleaseAsync(waiting.RunId, token))
        {
            return null;
        }

        Fault.Hit("release.begun");
        var lines = new RunLines(room.Clock);
        lines.Begin();
        var end = await EndAsync(waiting, ticket, lines, token);
        WorkFolders.Remove(Path.Combine(room.Store.WorkFolder, waiting.RunId));
        if (end is null)
        {
            return null;
        }

        RunLog.Released(logger, waiting.Dataset, waiting.RunId, end.Status.ToString(), end.Version);
        await room.Ledger.AddLinesAsync(waiting.RunId, lines.Take(), CancellationToken.None);
        return RunSupervisor.Outcome(waiting.Dataset, waiting.RunId, end, room.Clock.GetElapsedTime(stamp));
    }

    private async Task<RunEnd?> EndAsync(WaitingVersion waiting, RunTicket ticket, RunLines lines, CancellationToken token)
    {
        using var watch = new StepWatch(limits, room.Clock);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(token, ticket.Lost, watch.Passed);
        try
        {
            if (room.Store.Versions(waiting.Dataset).FirstOrDefault(v => v.Manifest.RunId == waiting.RunId) is { } there)
            {
                // Published before, and its end could not be written.
                return await FinishAsync(waiting, there);
            }

            var steps = new RunSteps(room.Ledger, waiting.RunId, watch, room.Clock, watcher, waiting.Dataset);
            await using var pulse = new RunPulse(room.Ledger, steps, lines, room.Clock, logger);
            var published = await PublishAsync(waiting, ticket, steps, any.Token);
            return await FinishAsync(waiting, published);
        }
        catch (OpenDataException e) when (e.Code == PublishingErrors.BaseChanged || e.Code == PublishingErrors.StaleToken)
        {
            return await GiveUpAsync(waiting, WaitingState.Superseded);
        }
        catch (OpenDataException e) when (e.Code == ApprovalErrors.Damaged)
        {
            return await GiveUpAsync(waiting, WaitingState.Damaged);
        }
#pragma warning disable CA1031 // Whatever it was, the version stays approved and is tried again.
        catch (Exception e)
        {
            RunLog.ReleaseFailed(logger, waiting.Dataset, waiting.RunId, e is OpenDataException known ? known.Code.Code : e.GetType().Name);
            _pausedUntil[waiting.RunId] = room.Clock.GetUtcNow() + Pause;
            _adrift.Add(waiting.RunId);
            var isOpen = await room.Ledger.EndReleaseAsync(waiting.RunId, CancellationToken.None);
            _adrift.Remove(waiting.RunId);
            return isOpen ? null : await GiveUpAsync(waiting, WaitingState.Superseded);
        }
#pragma warning restore CA1031
        finally
        {
            if (watch.Hanging is { } work)
            {
                ticket.Abandon();
                hanging.Add(waiting.Dataset, waiting.RunId, ticket.StartedAt, work);
            }
        }
    }

    private async Task<RunEnd> FinishAsync(WaitingVersion waiting, Snapshot published)
    {
        await new WatermarkAdvance(room, published.Contract, waiting.RunId).AdvanceAsync(published, published.Manifest.ExtractedAt, CancellationToken.None);
        var end = RunSupervisor.Good(published, published.Manifest.Counts, published.Manifest.Quarantine);
        Fault.Hit("release.before-finish");
        await room.Ledger.FinishAsync(waiting.RunId, end, CancellationToken.None);
        Fault.Hit("release.finished");
        try
        {
            room.Waiting.Remove(waiting.Dataset, waiting.RunId);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is published: what cannot be removed now goes when the folder is tidied.
            RunLog.CollectionFailed(logger, waiting.Dataset, e.GetType().Name);
        }

        return end;
    }

    private Task<Snapshot> PublishAsync(WaitingVersion waiting, RunTicket ticket, RunSteps steps, CancellationToken token)
        => steps.DoAsync(
            "publish",
            async () =>
            {
                await ticket.RequireLeaseAsync(token);
                return await Task.Run(() => new SnapshotRelease(room.Store, room.Waiting, room.Clock).Release(waiting, ticket.Token, token), token);
            },
            (published, step) => step with { Records = published.Manifest.Rows, Bytes = published.Manifest.Bytes, Sha256 = published.Manifest.ContentHash },
            token);

    private async Task<RunEnd> GiveUpAsync(WaitingVersion waiting, WaitingState state)
    {
        await room.Ledger.GiveUpReleaseAsync(waiting.RunId, state, CancellationToken.None);
        return ApprovalEnds.Of(state);
    }
}
