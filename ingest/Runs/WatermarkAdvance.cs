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
        if (contract.Source.Incremental is { } incremental
            && Incremental.HighWater(contract, published.Manifest, incremental, askedAt) is { } value)
        {
            Fault.Hit("run.before-watermark");
            await room.Ledger.SetWatermarkAsync(new Watermark(contract.Id, value, Incremental.ReadingHash(contract), published.Version, runId), token);
        }
    }
}
