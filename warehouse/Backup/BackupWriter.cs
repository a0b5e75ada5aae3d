using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Integrity;
using OpenData.Warehouse.Landing;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Quarantine;
using OpenData.Warehouse.Rounds;

namespace OpenData.Warehouse.Backup;

/// <summary>
/// Copies a data folder while worker and portal use it. The state comes first, of one moment; then the versions that it can know, each before the
/// publication that names it; then source bytes; the list of it all comes last. Files that are there already with the right hash are not copied
/// again, so that a folder is used for one backup after the other, and one that is killed leaves the backup before it whole.
/// </summary>
/// <param name="options">Data folder and state database.</param>
/// <param name="ledger">The ledger, asked again about what vanished meanwhile.</param>
/// <param name="pace">Reads the files.</param>
/// <param name="clock">The time.</param>
/// <param name="watch">Told where the copying is, for a person who waits.</param>
public sealed class BackupWriter(LedgerOptions options, RunLedger ledger, ReadingPace pace, TimeProvider clock, Action<string> watch)
{
    /// <summary>Start of the name of the state's folder; the rest is the time.</summary>
    internal const string StateStart = "state-";

    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly SnapshotStore _store = new(options.DataFolder);
    private readonly FileCopy _copy = new(pace);
    private readonly List<BackupFile> _files = [];
    private readonly List<Finding> _findings = [];

    /// <summary>Makes the backup.</summary>
    /// <param name="folder">Where to; a folder of its own, outside the data folder.</param>
    /// <param name="withLanding">Whether source bytes are copied too.</param>
    /// <param name="token">Stops; the backup before stays whole.</param>
    /// <exception cref="OpenDataException">OD2332, OD2335, OD2336; OD2401: the state database does not answer; OD9003: the disk failed.</exception>
    public Task<BackupSummary> RunAsync(string folder, bool withLanding, CancellationToken token)
        => Reaching.DoAsync(async () =>
        {
            RequireApart(folder);
            using var place = BackupFolder.Open(folder);
            return await WriteAsync(place, withLanding, token);
        });

    private async Task<BackupSummary> WriteAsync(BackupFolder place, bool withLanding, CancellationToken token)
    {
        watch("state");
        var began = clock.GetUtcNow();
        var stateName = StateStart + began.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var copy = StateCopies.Of(options);
        var saved = await new StateFiles(options, copy).SaveAsync(Path.Combine(place.Root, stateName), token);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(place.Root, stateName), "*", SearchOption.AllDirectories))
        {
            Add(place, _copy.Measure(file, token)!); // written a moment ago
        }

        var versions = new PublishedCopy(_store, _copy, place.Root, saved, began);
        foreach (var dataset in _store.Datasets())
        {
            watch(dataset);
            versions.Copy(dataset, file => Add(place, file), _findings.Add, token);
        }

        await CopyWaitingAsync(place, saved, token);
        CopyQuarantine(place, token);
        CopyEvidence(place, token);
        var gone = withLanding ? await CopyLandingAsync(place, saved, token) : [];
        place.Finish(new BackupList(1, began, copy.Kind, saved.Schema, stateName, withLanding, gone, _files));
        return new BackupSummary(_files.Count, _files.Sum(f => f.Bytes), _copy.Files, _copy.Bytes, _findings);
    }

    private async Task CopyWaitingAsync(BackupFolder place, SavedState saved, CancellationToken token)
    {
        watch("waiting");
        var copy = new WaitingCopy(new WaitingFolders(options.DataFolder), _copy, place.Root);
        foreach (var waiting in (await ledger.WaitingAsync(null, token)).Where(w => w.IsOpen && saved.Runs.Contains(w.RunId)))
        {
            // Asked again: what went out or away meanwhile is no longer there, and says so.
            if (!copy.Copy(waiting, file => Add(place, file), token) && await ledger.FindWaitingAsync(waiting.RunId, token) is { IsOpen: true })
            {
                _findings.Add(new Finding(BackupErrors.LeftOut, $"{waiting.Dataset} {waiting.RunId}", "A file of a version that waits is missing or damaged."));
            }
        }
    }

    private void CopyQuarantine(BackupFolder place, CancellationToken token)
    {
        var store = new QuarantineStore(options.DataFolder);
        foreach (var file in store.Files())
        {
            var path = Path.Combine("quarantine", Path.GetRelativePath(store.Folder, file.Path));
            if (_copy.Bring(file.Path, Path.Combine(place.Root, path), file.Sha256, OwnerFile, token) is { } copied)
            {
                Add(place, copied);
            }
            else if (File.Exists(file.Path))
            {
                _findings.Add(new Finding(BackupErrors.LeftOut, $"{file.Dataset} {file.Run}", "The refused records have another hash than their name."));
            }
        }
    }

    // Nothing removes evidence, so whatever answers of the saved state name is there.
    private void CopyEvidence(BackupFolder place, CancellationToken token)
    {
        watch("evidence");
        foreach (var (file, sha256) in new EvidenceStore(options.DataFolder).Files())
        {
            if (_copy.Bring(file, Path.Combine(place.Root, "evidence", sha256[..2], sha256), sha256, OwnerFile, token) is { } copied)
            {
                Add(place, copied);
            }
            else
            {
                _findings.Add(new Finding(BackupErrors.LeftOut, $"evidence {sha256}", "The bytes have another hash than their name."));
            }
        }
    }

    private async Task<IReadOnlyList<string>> CopyLandingAsync(BackupFolder place, SavedState saved, CancellationToken token)
    {
        watch("landing");
        var landing = new LandingStore(Path.GetFullPath(options.DataFolder), clock);
        var missing = saved.Landings.ToHashSet(StringComparer.Ordinal);
        foreach (var file in landing.Files())
        {
            token.ThrowIfCancellationRequested();
            var path = Path.Combine("landing", file.Sha256[..2], file.Sha256);
            if (_copy.Bring(Path.Combine(options.DataFolder, path), Path.Combine(place.Root, path), file.Sha256, OwnerFile, token) is { } copied)
            {
                Add(place, copied);
                missing.Remove(file.Sha256);
            }
        }

        // What is missing was removed by its rule since the state was saved, and the ledger says so now; or it is damaged.
        var damaged = missing.Count == 0 ? [] : (await ledger.LandingsAsync(token)).Select(l => l.Sha256).Where(missing.Contains).ToHashSet(StringComparer.Ordinal);
        foreach (var sha256 in damaged.Order(StringComparer.Ordinal))
        {
            _findings.Add(new Finding(BackupErrors.LeftOut, $"landing {sha256}", "The bytes are gone, or have another hash than their name."));
        }

        return [.. missing.Except(damaged).Order(StringComparer.Ordinal)];
    }

    private void Add(BackupFolder place, BackupFile file)
        => _files.Add(file with { Path = Path.GetRelativePath(place.Root, file.Path).Replace('\\', '/') });

    private void RequireApart(string folder)
    {
        var (backup, data) = (Path.GetFullPath(folder) + Path.DirectorySeparatorChar, Path.GetFullPath(options.DataFolder) + Path.DirectorySeparatorChar);
        if (backup.StartsWith(data, StringComparison.Ordinal) || data.StartsWith(backup, StringComparison.Ordinal))
        {
            throw new OpenDataException(BackupErrors.Unreachable, new LocalText(
                "Thư mục sao lưu và thư mục dữ liệu không được chứa nhau.", "The backup folder and the data folder must not lie in one another."));
        }
    }
}
