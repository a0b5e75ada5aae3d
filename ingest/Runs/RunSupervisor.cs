using Microsoft.Extensions.Logging;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Validation;

namespace OpenData.Ingest.Runs;

/// <summary>
/// Keeps the record of a run around its work: started is durable first, then the lease, then the work, and every end, good or bad, is
/// written with its cause. A failure of one run never leaves this class.
/// </summary>
internal sealed class RunSupervisor(RunRoom room, TimeSpan leaseLength, StepLimits limits, HangingRuns hanging, IRunWatcher watcher, ILogger logger)
{
    /// <summary>Runs a dataset once; null when the slot or the wish that it would take up is not to be had any more.</summary>
    /// <param name="contract">The dataset.</param>
    /// <param name="cause">Why it begins.</param>
    /// <param name="obstacle">Why it cannot run, found before; null lets it run.</param>
    /// <param name="token">Interrupts the run.</param>
    internal async Task<RunOutcome?> RunAsync(DatasetContract contract, RunCause cause, OpenDataException? obstacle, CancellationToken token)
    {
        var (runId, stamp, started) = (RunId.New(room.Clock), room.Clock.GetTimestamp(), room.Clock.GetUtcNow());
        var lines = new RunLines(room.Clock);
        lines.Begin();
        var start = new RunStart(runId, contract.Id, cause.Trigger, started, WorkerIdentity.Current) { Slot = cause.Slot, Request = cause.Request };
        if (!await room.Ledger.StartAsync(start, token))
        {
            return null;
        }

        Fault.Hit("run.started");
        RunLog.Started(logger, contract.Id, runId, cause.Trigger);
        var end = await EndAsync(contract, runId, started, cause, obstacle, lines, token);
        var outcome = Outcome(contract.Id, runId, end, room.Clock.GetElapsedTime(stamp));
        Log(outcome);
        Fault.Hit("run.before-finish");
        if (end.Status == RunStatus.Waiting)
        {
            // That it waits was recorded under its lease: it may be published by now.
            await room.Ledger.AddLinesAsync(runId, lines.Take(), CancellationToken.None);
        }
        else
        {
            if (cause.Request is { } request && end.CauseCode == LedgerErrors.DatasetBusy.Code)
            {
                // Before the end is written: killed in between, the wish is still there.
                await room.Ledger.PutBackAsync(request, CancellationToken.None);
            }

            await room.Ledger.FinishAsync(runId, end with { Lines = lines.Take() }, CancellationToken.None);
        }

        watcher.Ended(outcome);
        return outcome;
    }

    private async Task<RunEnd> EndAsync(
        DatasetContract contract, string runId, DateTimeOffset started, RunCause cause, OpenDataException? obstacle, RunLines lines, CancellationToken token)
    {
        try
        {
            return obstacle is null ? Good(await LeasedAsync(contract, runId, started, cause, lines, token)) : Bad(obstacle);
        }
        catch (OpenDataException e)
        {
            return Bad(e);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return new RunEnd(RunStatus.Interrupted)
            {
                CauseCode = LedgerErrors.Interrupted.Code,
                Cause = new LocalText("Tiến trình được yêu cầu dừng.", "The process was asked to stop."),
            };
        }
#pragma warning disable CA1031 // One bad dataset never stops the others: whatever it was, the run ends with a name and the details are logged.
        catch (Exception e)
        {
            RunLog.Unexpected(logger, contract.Id, runId, Types(e), e.StackTrace);
            return new RunEnd(RunStatus.Failed)
            {
                CauseCode = LedgerErrors.Unexpected.Code,
                Cause = new LocalText("Lỗi ngoài dự kiến; nhật ký có chi tiết.", "An unexpected failure; the log has the details."),
            };
        }
#pragma warning restore CA1031
        finally
        {
            WorkFolders.Remove(Path.Combine(room.Store.WorkFolder, runId));
        }
    }

    private async Task<RunProduct> LeasedAsync(
        DatasetContract contract, string runId, DateTimeOffset started, RunCause cause, RunLines lines, CancellationToken token)
    {
        if (hanging.Since(contract.Id) is not null)
        {
            throw new OpenDataException(LedgerErrors.DatasetBusy, new LocalText(
                "Một lượt chạy trước của bộ dữ liệu này còn bị treo.", "An earlier run of this dataset still hangs."));
        }

        var floor = room.Store.HighestToken(contract.Id) ?? 0;
        var lease = await room.Ledger.TryAcquireAsync(contract.Id, runId, leaseLength, floor, token)
            ?? throw new OpenDataException(LedgerErrors.DatasetBusy, new LocalText(
                "Một lượt chạy khác đang xử lý bộ dữ liệu này.", "Another run is at work on this dataset."));
        await using var ticket = new RunTicket(room.Ledger, lease, started, leaseLength, room.Clock, logger);
        using var watch = new StepWatch(limits, room.Clock);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(token, ticket.Lost, watch.Passed);
        try
        {
            var steps = new RunSteps(room.Ledger, runId, watch, room.Clock, watcher, contract.Id);
            await using var pulse = new RunPulse(room.Ledger, steps, lines, room.Clock, logger);
            return await new DatasetRun(room, contract, ticket, steps, cause, logger).RunAsync(any.Token);
        }
        catch (OperationCanceledException) when (ticket.Lost.IsCancellationRequested && !token.IsCancellationRequested)
        {
            throw RunTicket.LeaseLost();
        }
        finally
        {
            if (watch.Hanging is { } work)
            {
                // Not given back, not renewed: it runs out by itself.
                ticket.Abandon();
                hanging.Add(contract.Id, runId, started, work);
            }
        }
    }

    /// <summary>How a run ends that has published a version.</summary>
    internal static RunEnd Good(Snapshot published, RunCounts counts, IReadOnlyList<QuarantineCount> quarantine) => new(RunStatus.Succeeded)
    {
        Version = published.Version,
        Rows = published.Manifest.Rows,
        Counts = counts,
        Quarantine = quarantine,
    };

    private static RunEnd Good(RunProduct product)
    {
        var end = Good(product.Published.Snapshot, product.Published.Counts, product.Quarantine);
        return product.Published switch
        {
            Held => end with { Status = RunStatus.Waiting, Version = null, CauseCode = ApprovalEnds.Waiting.CauseCode, Cause = ApprovalEnds.Waiting.Cause },
            Unchanged => end with { Status = RunStatus.Unchanged },
            _ => end,
        };
    }

    private static RunEnd Bad(OpenDataException e) => new(IsObstacle(e) ? RunStatus.Blocked : RunStatus.Failed)
    {
        CauseCode = e.Code == ValidationErrors.ParentMissing ? LedgerErrors.WaitingForParent.Code : e.Code.Code,
        Cause = e.Detail,
    };

    private static bool IsObstacle(OpenDataException e)
        => e.Code == ApprovalErrors.Waiting || e.Code == LedgerErrors.WaitingForParent || e.Code == LedgerErrors.DatasetBusy || e.Code == ValidationErrors.ParentMissing;

    /// <summary>The end as it is told to the one who asked.</summary>
    internal static RunOutcome Outcome(string dataset, string runId, RunEnd end, TimeSpan duration) => new(dataset, runId, end.Status, duration)
    {
        Version = end.Version,
        Rows = end.Rows,
        Counts = end.Counts,
        Quarantine = end.Quarantine,
        CauseCode = end.CauseCode,
        Cause = end.Cause,
    };

    private static string Types(Exception? e) => e is null ? "" : $"{e.GetType().Name} {Types(e.InnerException)}".TrimEnd();

    private void Log(RunOutcome outcome)
    {
        var status = outcome.Status.ToString();
        if (outcome.IsGood)
        {
            RunLog.Ended(logger, outcome.Dataset, outcome.RunId, status, outcome.Duration.TotalSeconds, outcome.Rows, outcome.Version);
        }
        else
        {
            RunLog.EndedBadly(logger, outcome.Dataset, outcome.RunId, status, outcome.CauseCode, outcome.Cause?.En);
        }
    }
}
