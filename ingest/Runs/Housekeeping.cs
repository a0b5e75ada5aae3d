using Microsoft.Extensions.Logging;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Landing;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Quarantine;

namespace OpenData.Ingest.Runs;

/// <summary>
/// Removes what the contracts no longer keep: files of old versions, bytes in landing. It never fails a run: what cannot be removed now is
/// tried again after the next run and every hour.
/// </summary>
internal sealed class Housekeeping(RunRoom room, ILogger logger)
{
    /// <summary>Collects versions of one dataset.</summary>
    internal Task CollectVersionsAsync(DatasetContract contract, CancellationToken token) => TryAsync(contract.Id, async () =>
    {
        var pins = await room.Ledger.PinsAsync(contract.Id, token);
        var collected = await new SnapshotCollector(room.Store, room.Clock).CollectAsync(
            contract,
            pins.ToDictionary(p => p.Version, p => p.Reason, StringComparer.Ordinal),
            version => room.Ledger.ClaimForCollectionAsync(contract.Id, version, token));
        foreach (var version in collected)
        {
            RunLog.Collected(logger, contract.Id, version);
        }
    });

    /// <summary>Removes bytes from landing, of all datasets.</summary>
    /// <param name="contracts">The datasets of the catalogue.</param>
    /// <param name="token">Stops between two files.</param>
    internal Task ClearLandingAsync(IReadOnlyList<DatasetContract> contracts, CancellationToken token) => TryAsync("landing", async () =>
    {
        var files = room.Landing.Files();
        var needed = await NeededAsync(token);
        var uses = (await room.Ledger.LandingsAsync(token)).Select(l => (l.Sha256, Use: new LandingUse(l.Dataset, l.RunId)))
            .Concat(await OlderUsesAsync(token))
            .ToLookup(u => u.Sha256, u => u.Use, StringComparer.Ordinal);
        var rules = contracts.ToDictionary(c => c.Id, c => c.Keep.Landing, StringComparer.Ordinal);
        var expired = LandingRetention.Expired(files, uses, rules, needed, room.Clock.GetUtcNow()).ToHashSet(StringComparer.Ordinal);
        foreach (var file in files.Where(f => expired.Contains(f.Sha256)))
        {
            token.ThrowIfCancellationRequested();
            if (room.Landing.Remove(file))
            {
                await room.Ledger.MarkLandingRemovedAsync(file.Sha256, token);
                RunLog.LandingRemoved(logger, file.Sha256, file.Bytes);
            }
        }
    });

    /// <summary>Removes refused records, of all datasets, by the rule of the source bytes they came in; those of a current version stay.</summary>
    /// <param name="contracts">The datasets of the catalogue.</param>
    /// <param name="token">Stops between two files.</param>
    internal Task ClearQuarantineAsync(IReadOnlyList<DatasetContract> contracts, CancellationToken token) => TryAsync("quarantine", async () =>
    {
        var needed = await NeededAsync(token);
        var rules = contracts.ToDictionary(c => c.Id, c => c.Keep.Landing, StringComparer.Ordinal);
        var longest = rules.Values.Append(LandingRetention.Grace).Max();
        foreach (var file in room.Quarantine.Files().Where(f => !needed.Contains(f.Run)))
        {
            token.ThrowIfCancellationRequested();
            var age = room.Clock.GetUtcNow() - new DateTimeOffset(File.GetLastWriteTimeUtc(file.Path), TimeSpan.Zero);
            var rule = rules.GetValueOrDefault(file.Dataset, longest);
            if (age > (rule > LandingRetention.Grace ? rule : LandingRetention.Grace))
            {
                QuarantineStore.Remove(file);
                RunLog.QuarantineRemoved(logger, file.Dataset, file.Run);
            }
        }
    });

    private IEnumerable<SnapshotManifest> CurrentManifests() => room.Store.Datasets().Select(room.Store.Current).OfType<Snapshot>().Select(s => s.Manifest);

    private async Task<HashSet<string>> NeededAsync(CancellationToken token)
    {
        var atWork = await room.Ledger.ListAsync(null, RunStatus.Started, int.MaxValue, token);
        var waiting = await room.Ledger.ListAsync(null, RunStatus.Waiting, int.MaxValue, token);
        var windows = await room.Ledger.OpenBackfillRunsAsync(token);
        return [.. atWork.Select(r => r.Id), .. waiting.Select(r => r.Id), .. windows, .. CurrentManifests().Select(m => m.RunId)];
    }

    /// <summary>Runs from before landed files were recorded: their step tells the hash when they landed one file.</summary>
    private async Task<List<(string Sha256, LandingUse Use)>> OlderUsesAsync(CancellationToken token)
    {
        var uses = new List<(string, LandingUse)>();
        foreach (var manifest in CurrentManifests())
        {
            var fetch = (await room.Ledger.StepsAsync(manifest.RunId, token)).FirstOrDefault(s => s.Name == "fetch");
            if (fetch?.Sha256 is { } sha256)
            {
                uses.Add((sha256, new LandingUse(manifest.Dataset, manifest.RunId)));
            }
        }

        return uses;
    }

    /// <summary>Does work whose failure fails nothing else.</summary>
    internal async Task TryAsync(string what, Func<Task> workAsync)
    {
        try
        {
            await workAsync();
        }
        catch (OpenDataException e)
        {
            RunLog.CollectionFailed(logger, what, e.Code.Code);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            RunLog.CollectionFailed(logger, what, e.GetType().Name);
        }
    }
}
