using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Landing;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Quarantine;

namespace OpenData.Ingest.Runs;

/// <summary>The bytes that an earlier run landed, as the input of this one.</summary>
internal sealed class ReplayedBytes(RunRoom room, DatasetContract contract, string earlierRun)
{
    /// <summary>The files, each with its hash looked at; recorded as those of the new run too, so that nothing removes them meanwhile.</summary>
    /// <param name="newRun">The run that reads them.</param>
    /// <param name="current">The current version.</param>
    /// <param name="token">Stops.</param>
    /// <exception cref="OpenDataException">OD2262, OD2263.</exception>
    internal async Task<IReadOnlyList<LandedFile>> TakeAsync(string newRun, Snapshot? current, CancellationToken token)
    {
        var landed = await room.Ledger.LandingsAsync(earlierRun, token);
        var latest = await room.Ledger.LatestLandingsAsync(contract.Id, token);
        var since = room.Store.Versions(contract.Id).Select(v => v.Manifest).Where(m => string.CompareOrdinal(m.RunId, earlierRun) > 0);
        if (!ReplayRule.IsSafe(contract, current, landed.Select(l => l.Sha256).SequenceEqual(latest.Select(l => l.Sha256), StringComparer.Ordinal), since))
        {
            throw new OpenDataException(QuarantineErrors.Outdated, new LocalText(
                "Sau lượt chạy này nguồn đã gửi dữ liệu khác; đọc lại dữ liệu cũ có thể làm sai bản đang công bố. Hãy lấy lại từ nguồn.",
                "The source has sent other data since this run; the old bytes could undo what is published. Fetch from the source again."));
        }

        await room.Ledger.AddLandingsAsync(newRun, [.. landed.Where(l => l.RemovedAt is null).Select(l => l with { RunId = newRun })], token);
        var files = landed.Select(l => room.Landing.Find(l.Sha256, l.FetchedAt, l.Origin, l.IsCleaned)).OfType<LandedFile>().Where(LandingStore.IsIntact).ToList();
        return files.Count == landed.Count && files.Count > 0
            ? files
            : throw new OpenDataException(QuarantineErrors.BytesGone, new LocalText(
                "Dữ liệu gốc của lượt chạy này không còn đủ; hãy lấy lại từ nguồn.", "The source bytes of this run are no longer all there; fetch from the source again."));
    }
}
