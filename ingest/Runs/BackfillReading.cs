using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Ingest.Sources;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Landing;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;

namespace OpenData.Ingest.Runs;

/// <summary>
/// Reads the windows of a range one after the other. Each is durable in landing and in the ledger before the next is asked for; a later run
/// that asks for the same goes on where this one ended.
/// </summary>
internal sealed class BackfillReading(RunRoom room, DatasetContract contract, RunTicket ticket, RunSteps steps, BackfillPlan plan)
{
    /// <summary>The range as the ledger knows it, once <see cref="ReadAsync"/> has begun.</summary>
    internal Backfill? Backfill { get; private set; }

    /// <summary>A range does not make up for what a changed contract wants read again.</summary>
    /// <exception cref="OpenDataException">OD2425.</exception>
    internal static void RequireReading(DatasetContract contract, Snapshot? previous, DateTimeOffset? bound)
    {
        if (previous is not null && bound is null)
        {
            throw new OpenDataException(BackfillErrors.ReadFirst, new LocalText(
                $"Lượt nạp tiếp theo của {contract.Id} sẽ đọc lại toàn bộ nguồn; hãy chạy lượt đó trước.",
                $"The next reading of {contract.Id} is one of everything; run that first."));
        }
    }

    /// <summary>Reads what is not in yet.</summary>
    /// <param name="source">The source.</param>
    /// <param name="bound">Where the next incremental reading would have begun; null when it would read everything.</param>
    /// <param name="land">Takes a body into the landing.</param>
    /// <param name="token">Stops it; what is in stays in.</param>
    /// <returns>The files of all windows, in order, and from where the source must be read once more.</returns>
    internal async Task<(IReadOnlyList<LandedFile> Files, DateTimeOffset TailFrom)> ReadAsync(
        ISource source, DateTimeOffset? bound, Func<SourceBody, CancellationToken, Task<LandedFile>> land, CancellationToken token)
    {
        var windows = plan.Windows(contract);
        Backfill = await room.Ledger.TakeBackfillAsync(Wanted(windows, bound), plan.Anew, token);
        var known = (await room.Ledger.WindowsAsync(Backfill.Id, token)).ToDictionary(w => w.Ordinal);
        var files = new List<LandedFile>();
        foreach (var window in windows)
        {
            files.AddRange(await Task.Run(() => Kept(known.GetValueOrDefault(window.Ordinal)), token) ?? await FetchAsync(source, window, land, token));
        }

        return (files, Backfill.TailFrom);
    }

    // While windows are read others may change rows of earlier ones, or delete them; runs between two attempts may have seen that. So the end
    // is read from where the beginning was.
    private Backfill Wanted(IReadOnlyList<BackfillRange> windows, DateTimeOffset? bound)
        => new(
            ticket.RunId,
            contract.Id,
            plan.From,
            plan.To,
            plan.Window.ToString(),
            windows.Count,
            Incremental.ReadingHash(contract),
            bound ?? Earlier(windows[^1].Until, room.Clock.GetUtcNow()) - contract.Source.Incremental!.Overlap, // the windows are of an incremental source
            room.Clock.GetUtcNow());

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    /// <summary>The files of a window that is in; null when it is not, or when one of them is gone or damaged.</summary>
    private List<LandedFile>? Kept(BackfillWindow? window)
    {
        var files = new List<LandedFile>();
        foreach (var landed in window?.Landed ?? [])
        {
            if (room.Landing.Find(landed.Sha256, landed.FetchedAt, landed.Origin, landed.IsCleaned) is not { } file || !LandingStore.IsIntact(file))
            {
                return null;
            }

            files.Add(file);
        }

        return files.Count == 0 ? null : files;
    }

    private async Task<IReadOnlyList<LandedFile>> FetchAsync(
        ISource source, BackfillRange window, Func<SourceBody, CancellationToken, Task<LandedFile>> land, CancellationToken token)
    {
        await ticket.RequireLeaseAsync(token);
        var files = await steps.DoAsync(
            window.Step,
            async () =>
            {
                var landed = await source.FetchAsync(new SourceRead(contract, window.From, land) { Until = window.Until }, token);
                var records = landed.Select(f => new LandingRecord(ticket.RunId, contract.Id, f.Sha256, f.Length, f.Origin, f.FetchedAt, f.IsCleaned));
                await room.Ledger.AddWindowAsync(Backfill!.Id, window.Ordinal, ticket.RunId, [.. records], token); // set before the first window
                return landed;
            },
            (landed, step) => step with { Bytes = landed.Sum(f => f.OriginalLength) },
            token);
        Fault.Hit(FormattableString.Invariant($"backfill.window-{window.Ordinal}"));
        return files;
    }
}
