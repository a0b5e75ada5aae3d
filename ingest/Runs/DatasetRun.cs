using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Ingest.Sources;
using OpenData.Warehouse.Derivation;
using OpenData.Warehouse.Landing;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Quarantine;
using OpenData.Warehouse.Staging;
using OpenData.Warehouse.Validation;

namespace OpenData.Ingest.Runs;

/// <summary>The work of one run of one dataset. What is published stays as it is until the last step, whatever happens before.</summary>
internal sealed class DatasetRun(RunRoom room, DatasetContract contract, RunTicket ticket, RunSteps steps, RunCause cause, ILogger logger)
{
    private readonly Snapshot? _previous = room.Store.Current(contract.Id);

    // What a full reconcile reads is the whole truth of its moment, so it replaces; the guards of the contract judge what would go.
    private readonly DatasetContract _joined = cause.Full && contract.Load == LoadMode.Merge ? contract with { Load = LoadMode.Replace } : contract;

    private BackfillReading? _backfill;

    private string RunFolder => Path.Combine(room.Store.WorkFolder, ticket.RunId);

    /// <summary>Fetch → land → stage → validate → publish.</summary>
    internal async Task<RunProduct> RunAsync(CancellationToken token)
    {
        var parents = Parents();
        var input = await ReadAsync(parents, token);
        var validated = await ValidateAsync(input.Staged, parents, token);
        var reconcile = new Reconcile(room, contract, ticket.RunId, steps, logger);
        var bound = cause.Full ? NextBound(await WatermarkAsync(token)) : null;
        var days = await reconcile.CompareAsync(validated, _previous, bound, token);
        var published = await PublishAsync(validated, input, token);
        if (_backfill?.Backfill is { } backfill)
        {
            await room.Ledger.EndBackfillAsync(backfill.Id, CancellationToken.None);
        }

        if (published is Held held)
        {
            await new Holding(room, contract, ticket, cause).HoldAsync(held, token);
            return new RunProduct(published, validated.Report.Quarantine);
        }

        // The version is published: a signal that comes now does not keep the watermark behind.
        await new WatermarkAdvance(room, contract, ticket.RunId).AdvanceAsync(published.Snapshot, input.ExtractedAt, CancellationToken.None);
        await room.Ledger.SupersedeWaitingAsync(contract.Id, CancellationToken.None);
        await reconcile.SettleAsync(days, validated, published, bound);
        await new Housekeeping(room, logger).CollectVersionsAsync(contract, CancellationToken.None);
        return new RunProduct(published, validated.Report.Quarantine);
    }

    private Dictionary<string, Snapshot> Parents()
    {
        var parents = new Dictionary<string, Snapshot>(StringComparer.Ordinal);
        foreach (var id in DatasetGraph.ParentsOf(contract))
        {
            parents.Add(id, room.Store.Current(id) ?? throw WaitingFor(id));
        }

        return parents;
    }

    internal static OpenDataException WaitingFor(string parent) => new(
        LedgerErrors.WaitingForParent, new LocalText($"Đang chờ {parent}.", $"Waiting for {parent}."));

    private async Task<RunInput> ReadAsync(Dictionary<string, Snapshot> parents, CancellationToken token)
    {
        if (room.Sources.SourceOf(contract) is not { } source)
        {
            return cause.Replayed is null ? await DeriveAsync(parents, token) : throw new OpenDataException(QuarantineErrors.NoSource, new LocalText(
                "Bộ dữ liệu này tính từ bộ khác; hãy chạy lại bình thường.", "This dataset is made from others; simply run it again."));
        }

        if (cause.Replayed is { } earlier)
        {
            return await ReplayAsync(earlier, token);
        }

        var watermark = cause.Full ? null : await WatermarkAsync(token);
        var since = NextBound(watermark);
        IReadOnlyList<LandedFile> windows = [];
        if (cause.Backfill is { } plan)
        {
            BackfillReading.RequireReading(contract, _previous, since);
            _backfill = new BackfillReading(room, contract, ticket, steps, plan);
            (windows, since) = await _backfill.ReadAsync(source, since, LandAsync, token);
        }

        var asked = room.Clock.GetUtcNow();
        var landed = await FetchAsync(source, since, NextNumber(watermark), token);
        var staged = await StageAsync([.. windows, .. landed], token);
        return new RunInput(staged, asked, null, []);
    }

    private async Task<RunInput> ReplayAsync(string earlier, CancellationToken token)
    {
        var landed = await steps.DoAsync(
            "replay",
            () => new ReplayedBytes(room, contract, earlier).TakeAsync(ticket.RunId, _previous, token),
            (files, step) => step with { Bytes = files.Sum(f => f.Length), Sha256 = HashOf(files) },
            token);
        return new RunInput(await StageAsync(landed, token), landed.Min(f => f.FetchedAt), null, []);
    }

    private async Task<RunInput> DeriveAsync(Dictionary<string, Snapshot> parents, CancellationToken token)
    {
        var read = room.Clock.GetUtcNow();
        var derived = await steps.DoAsync(
            "derive",
            () => DerivedTable.Make(contract, parents, RunFolder, room.Engine, token),
            (table, step) => step with { Records = table.Staged.Received },
            token);
        return new RunInput(derived.Staged, read, derived.Lineage, derived.Parents);
    }

    private async Task<IReadOnlyList<LandedFile>> FetchAsync(ISource source, DateTimeOffset? since, long? sinceNumber, CancellationToken token)
    {
        var landed = await steps.DoAsync(
            "fetch",
            () => source.FetchAsync(new SourceRead(contract, since, LandAsync) { SinceNumber = sinceNumber }, token),
            (files, step) => step with { Bytes = files.Sum(f => f.OriginalLength), Sha256 = HashOf(files) },
            token);
        await room.Ledger.AddLandingsAsync(
            ticket.RunId,
            [.. landed.Select(f => new LandingRecord(ticket.RunId, contract.Id, f.Sha256, f.Length, f.Origin, f.FetchedAt, f.IsCleaned))],
            token);
        return landed;
    }

    private async Task<LandedFile> LandAsync(SourceBody body, CancellationToken token)
    {
        using var spool = room.Landing.Open(contract, RunFolder, body.Origin, steps.Meter);
        await body.Stream.CopyToAsync(spool.Stream, token);
        return spool.Land(token);
    }

    private async Task<StagedTable> StageAsync(IReadOnlyList<LandedFile> landed, CancellationToken token)
    {
        var drift = new DriftWatch(room, contract, ticket.RunId, logger);
        try
        {
            var staged = await steps.DoAsync(
                "stage",
                () => StagingLoader.Load(contract, landed, new StagingOptions(RunFolder), steps.Meter, token),
                (table, step) => step with { Records = table.Received },
                token);
            await drift.ProposeAsync(landed, staged.NewColumns, token);
            return staged;
        }
        catch (OpenDataException failed) when (failed.Code == StagingErrors.MissingColumn)
        {
            // The column may only have another name now: a person is asked, the run ends all the same.
            await drift.ProposeAsync(landed, null, token);
            throw;
        }
    }

    private async Task<ValidatedTable> ValidateAsync(StagedTable staged, Dictionary<string, Snapshot> parents, CancellationToken token)
    {
        foreach (var column in staged.NewColumns)
        {
            RunLog.NewColumn(logger, contract.Id, column);
        }

        try
        {
            return await steps.DoAsync(
                "validate",
                () => new Validator(room.Engine).Validate(staged, _joined, _previous, parents, token),
                (validated, step) => step with { Records = validated.Report.Good },
                token);
        }
        finally
        {
            // Of a run that a guard stops as well: just then somebody wants to see what was refused.
            await KeepQuarantineAsync(staged, token);
        }
    }

    // It never fails a run: the counts are in the ledger and the manifest.
    private async Task KeepQuarantineAsync(StagedTable staged, CancellationToken token)
    {
        if (token.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await Task.Run(() => new QuarantineKeeper(room.Quarantine, room.Engine, room.Clock).Keep(staged, ticket.RunId, room.QuarantineRecordsMax, token), token);
        }
        catch (OpenDataException e)
        {
            RunLog.QuarantineNotKept(logger, contract.Id, e.Code.Code);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            RunLog.QuarantineNotKept(logger, contract.Id, e.GetType().Name);
        }
    }

    private Task<PublishResult> PublishAsync(ValidatedTable validated, RunInput input, CancellationToken token)
        => steps.DoAsync(
            contract.Approval is null ? "publish" : "prepare",
            async () =>
            {
                // A worker that slept past its lease finds out here at the latest; the publisher looks at the token once more.
                await ticket.RequireLeaseAsync(token);
                var request = new PublishRequest(ticket.RunId, ticket.Token, ticket.StartedAt, input.ExtractedAt, ContractYaml())
                {
                    Parents = input.Parents,
                    Lineage = input.Lineage,
                    Reason = cause.Reason,
                    Holds = contract.Approval is null ? null : room.Waiting,
                };
                return await Task.Run(() => new SnapshotPublisher(room.Store, room.Engine, room.Clock).Publish(validated, _previous, request, token), token);
            },
            (published, step) => published is Held ? step : step with
            {
                Records = published.Snapshot.Manifest.Rows,
                Bytes = published.Snapshot.Manifest.Bytes,
                Sha256 = published.Snapshot.Manifest.ContentHash,
            },
            token);

    private string ContractYaml()
    {
        try
        {
            return File.ReadAllText(Path.Combine(room.CatalogFolder, contract.File));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpenDataException(
                ProposalErrors.ContractGone,
                new LocalText("Không đọc được tệp hợp đồng của bộ dữ liệu.", "The dataset's contract file cannot be read."),
                inner: e);
        }
    }

    /// <summary>Inclusive lower bound of an incremental reading by time; null where there is none.</summary>
    private DateTimeOffset? NextBound(Watermark? watermark)
        => watermark is { Number: null } ? watermark.Value - contract.Source.Incremental!.Overlap : null; // a watermark is of an incremental source

    /// <summary>The same by a number.</summary>
    private long? NextNumber(Watermark? watermark)
        => watermark is { Number: { } number } ? Math.Max(number, long.MinValue + contract.Source.Incremental!.OverlapCount) - contract.Source.Incremental.OverlapCount : null; // the same

    /// <summary>How far the source was read; null reads everything: the first time, after a change of the contract, or when the watermark is not of the current version.</summary>
    private async Task<Watermark?> WatermarkAsync(CancellationToken token)
        => contract.Source.Incremental is not null
            && _previous is not null
            && await room.Ledger.WatermarkAsync(contract.Id, token) is { } watermark
            && watermark.ContractHash == Incremental.ReadingHash(contract)
            && watermark.Version == _previous.Version
                ? watermark
                : null;

    private static string? HashOf(IReadOnlyList<LandedFile> files)
        => files is [var only]
            ? only.OriginalSha256
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(files.Select(f => f.OriginalSha256)))));
}
