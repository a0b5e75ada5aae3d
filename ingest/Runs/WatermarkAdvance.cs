using OpenData.Catalogs;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;

namespace OpenData.Ingest.Runs;

/// <summary>Stores how far an incremental source was read, once what was read is published.</summary>
internal sealed class WatermarkAdvance(RunRoom room, DatasetContract contract, string runId)
{
    /// <summary>Advances; without effect where the source is not read incrementally.</summary>
    /// <param name="published">The version that is current now.</param>
    /// <param name="askedAt">When the source was asked; the version may be an older one that nothing has changed.</param>
    /// <param name="token">Ends the wait.</param>
    internal async Task AdvanceAsync(Snapshot published, DateTimeOffset askedAt, CancellationToken token)
    {
        if (await room.Ledger.FindAsync(runId, token) is { Trigger: RunCause.Replay })
        {
            await KeepAsync(published, token);
            return;
        }

        if (contract.Source.Incremental is not { } incremental)
        {
            return;
        }

        var number = Incremental.HighNumber(contract, published.Manifest, incremental);
        if ((number is null ? Incremental.HighWater(contract, published.Manifest, incremental, askedAt) : askedAt) is { } value)
        {
            Fault.Hit("run.before-watermark");
            await room.Ledger.SetWatermarkAsync(
                new Watermark(contract.Id, value, Incremental.ReadingHash(contract), published.Version, runId) { Number = number }, token);
        }
    }

    // A replay asked no source: how far it was read, and under which contract, stays as it was and holds of the new version.
    private async Task KeepAsync(Snapshot published, CancellationToken token)
    {
        if (await room.Ledger.WatermarkAsync(contract.Id, token) is { } known && known.Version == published.Manifest.PreviousVersion)
        {
            await room.Ledger.SetWatermarkAsync(known with { Version = published.Version, RunId = runId }, token);
        }
    }
}
