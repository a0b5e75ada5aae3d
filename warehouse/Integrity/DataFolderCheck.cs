using System.Globalization;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Landing;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Quarantine;
using OpenData.Warehouse.Rounds;

namespace OpenData.Warehouse.Integrity;

/// <summary>
/// Compares everything in a data folder with what was written down about it: files with their hashes, publications with versions, manifests
/// with themselves, landing with its names, the ledger with what is published, rounds with their publications. Reads only; worker and portal may run meanwhile.
/// </summary>
/// <param name="dataFolder">The data folder.</param>
/// <param name="ledger">The record of runs.</param>
/// <param name="book">The assessment rounds.</param>
/// <param name="pace">Reads the files.</param>
/// <param name="watch">Told where the check is, for a person who waits.</param>
public sealed class DataFolderCheck(string dataFolder, RunLedger ledger, RoundBook book, ReadingPace pace, Action<string> watch)
{
    private readonly SnapshotStore _store = new(dataFolder);
    private readonly List<Finding> _findings = [];
    private int _versions;

    /// <summary>Checks.</summary>
    /// <exception cref="OpenDataException">OD2401: the state database does not answer.</exception>
    public async Task<IntegritySummary> RunAsync(CancellationToken token)
    {
        foreach (var damage in await ledger.DamageAsync(token))
        {
            Add(IntegrityErrors.StateDamaged, "state", damage);
        }

        await CheckAuditAsync(token);
        var verifier = new SnapshotVerifier(_store, pace);
        foreach (var dataset in _store.Datasets())
        {
            watch(dataset);
            foreach (var damage in verifier.Verify(dataset, token))
            {
                var code = damage.Version is null ? IntegrityErrors.PublicationDamaged : IntegrityErrors.VersionDamaged;
                Add(code, $"{damage.Dataset} {damage.Version}".TrimEnd(), $"{damage.File}: {damage.Kind}");
            }

            CheckOrder(dataset);
            CheckManifests(dataset);
            await CheckRunsAsync(dataset, token);
        }

        await CheckWaitingAsync(verifier, token);
        CheckQuarantine(token);
        watch("rounds");
        _findings.AddRange(await new RoundsCheck(new EvidenceStore(dataFolder), book, path => Sha256OrNull(path, token)).RunAsync(token));
        var landed = await CheckLandingAsync(token);
        return new IntegritySummary(_store.Datasets().Count, _versions, landed, pace.Bytes, _findings);
    }

    private async Task CheckAuditAsync(CancellationToken token)
    {
        watch("audit log");
        foreach (var fault in (await ledger.Audit.VerifyAsync(token)).Findings)
        {
            Add(IntegrityErrors.AuditBroken, string.Create(CultureInfo.InvariantCulture, $"audit log, line {fault.Number}"), fault.Fault.ToString());
        }
    }

    // A higher token never makes an older version current.
    private void CheckOrder(string dataset)
    {
        foreach (var (newer, older) in _store.Publications(dataset).Zip(_store.Publications(dataset).Skip(1)))
        {
            if (string.CompareOrdinal(newer.Version, older.Version) <= 0)
            {
                Add(IntegrityErrors.PublicationDamaged, dataset, $"Token {newer.Token} names {newer.Version}, the one before it {older.Version}.");
            }
        }
    }

    private void CheckManifests(string dataset)
    {
        var versions = _store.Versions(dataset);
        _versions += versions.Count;
        var rows = versions.ToDictionary(v => v.Version, v => v.Manifest.Rows, StringComparer.Ordinal);
        foreach (var version in versions)
        {
            var (manifest, subject) = (version.Manifest, $"{dataset} {version.Version}");
            if (!manifest.Counts.ReceivedBalances)
            {
                Add(IntegrityErrors.ManifestContradicts, subject, "Its counts do not add up to the records received.");
            }

            var before = manifest.PreviousVersion is null ? 0 : rows.TryGetValue(manifest.PreviousVersion, out var known) ? known : (long?)null;
            if (before is { } rowsBefore && !manifest.Counts.VersionBalances(manifest.Rows, rowsBefore))
            {
                Add(IntegrityErrors.ManifestContradicts, subject, "Its rows do not follow from those of the version before.");
            }

            if (!manifest.Version.EndsWith(manifest.ContentHash[..8], StringComparison.Ordinal))
            {
                Add(IntegrityErrors.ManifestContradicts, subject, "Its name is not that of its content hash.");
            }

            CheckContract(version, subject);
        }
    }

    private void CheckContract(Snapshot version, string subject)
    {
        try
        {
            if (version.Contract.Id != version.Dataset)
            {
                Add(IntegrityErrors.ManifestContradicts, subject, "Its contract is another dataset's.");
            }
        }
        catch (OpenDataException unreadable)
        {
            Add(IntegrityErrors.ManifestContradicts, subject, unreadable.Detail.En);
        }
    }

    private async Task CheckRunsAsync(string dataset, CancellationToken token)
    {
        // Runs first: a version that appears afterwards is newer than what is compared.
        var runs = (await ledger.ListAsync(dataset, null, int.MaxValue, token)).ToDictionary(r => r.Id, StringComparer.Ordinal);
        var versions = _store.Versions(dataset);
        var newest = runs.Count == 0 ? "" : runs.Keys.Max(StringComparer.Ordinal)!; // there is one
        foreach (var manifest in versions.Select(v => v.Manifest))
        {
            if (runs.TryGetValue(manifest.RunId, out var run) ? Contradicts(run, manifest) : string.CompareOrdinal(manifest.RunId, newest) <= 0)
            {
                Add(IntegrityErrors.LedgerDiffers, $"{dataset} {manifest.Version}", $"The ledger does not say of run {manifest.RunId} what the manifest says.");
            }
        }

        var named = _store.Publications(dataset).Select(p => p.Version).ToHashSet(StringComparer.Ordinal);
        foreach (var run in runs.Values)
        {
            if (run.Status is RunStatus.Succeeded or RunStatus.Unchanged && run.Version is { } version && !named.Contains(version))
            {
                Add(IntegrityErrors.LedgerDiffers, $"{dataset} {version}", $"Run {run.Id} says that it is published, and no publication names it.");
            }

            if (run.Status == RunStatus.Started && run.Worker.IsLocal && !run.Worker.IsAlive
                && await ledger.FindAsync(run.Id, token) is { Status: RunStatus.Started })
            {
                Add(IntegrityErrors.LedgerDiffers, $"{dataset} {run.Id}", "The run says that it is at work, and its process is gone; the next start of a worker ends it.");
            }
        }
    }

    private static bool Contradicts(RunRecord run, SnapshotManifest manifest)
        => run.Status != RunStatus.Started
            && (run.Status != RunStatus.Succeeded || run.Version != manifest.Version || run.Rows != manifest.Rows || run.Counts != manifest.Counts);

    private async Task CheckWaitingAsync(SnapshotVerifier verifier, CancellationToken token)
    {
        var folders = new WaitingFolders(dataFolder);
        watch("waiting");
        foreach (var waiting in (await ledger.WaitingAsync(null, token)).Where(w => w.IsOpen))
        {
            var damage = folders.Damage(waiting, verifier, token);

            // Asked again: what went out or was superseded meanwhile is no longer there, and says so.
            if (damage.Count > 0 && await ledger.FindWaitingAsync(waiting.RunId, token) is { IsOpen: true })
            {
                _findings.AddRange(damage.Select(d => new Finding(ApprovalErrors.Damaged, $"{d.Dataset} {d.Version}", $"{d.File}: {d.Kind}")));
            }
        }

        foreach (var (dataset, runId) in folders.All())
        {
            if (await ledger.FindAsync(runId, token) is not { Status: RunStatus.Started } && await ledger.FindWaitingAsync(runId, token) is null)
            {
                Add(IntegrityErrors.LedgerDiffers, $"{dataset} {runId}", "A version waits that no run knows of; the next start of a worker removes it.");
            }
        }
    }

    private void CheckQuarantine(CancellationToken token)
    {
        watch("quarantine");
        foreach (var file in new QuarantineStore(dataFolder).Files())
        {
            if (Sha256OrNull(file.Path, token) is { } sha256 && sha256 != file.Sha256)
            {
                Add(QuarantineErrors.Damaged, $"{file.Dataset} {file.Run}", "The refused records have another hash than their name.");
            }
        }
    }

    private async Task<int> CheckLandingAsync(CancellationToken token)
    {
        var landing = new LandingStore(Path.GetFullPath(dataFolder), TimeProvider.System);
        var recorded = await ledger.LandingsAsync(token);
        var files = landing.Files();
        watch("landing");
        foreach (var file in files)
        {
            token.ThrowIfCancellationRequested();
            if (landing.Find(file.Sha256, file.LandedAt, "", isCleaned: false) is { } there && Sha256OrNull(there.Path, token) is { } sha256 && sha256 != file.Sha256)
            {
                Add(IntegrityErrors.LandingDamaged, $"landing {file.Sha256}", "The bytes have another hash than their name.");
            }
        }

        // Asked again: what went meanwhile was removed by its rule, and says so.
        var afterwards = landing.Files().Select(f => f.Sha256).Concat(files.Select(f => f.Sha256)).ToHashSet(StringComparer.Ordinal);
        var missing = recorded.Where(l => !afterwards.Contains(l.Sha256)).Select(l => l.Sha256).ToHashSet(StringComparer.Ordinal);
        if (missing.Count > 0)
        {
            missing.IntersectWith((await ledger.LandingsAsync(token)).Select(l => l.Sha256));
        }

        foreach (var sha256 in missing.Order(StringComparer.Ordinal))
        {
            Add(IntegrityErrors.LandingDamaged, $"landing {sha256}", "The ledger says that it is there, and it is not.");
        }

        return files.Count;
    }

    // Null: removed meanwhile, which the second look at the ledger judges.
    private string? Sha256OrNull(string path, CancellationToken token)
    {
        try
        {
            return pace.Sha256Of(path, token);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return "unreadable";
        }
    }

    private void Add(ErrorCode code, string subject, string says) => _findings.Add(new Finding(code, subject, says));
}
