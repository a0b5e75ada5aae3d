using System.Collections.Concurrent;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Serving;

/// <summary>Reads catalogue and published folder into the next <see cref="ServedCatalog"/>.</summary>
internal sealed class CatalogLoader(PortalOptions options, ServedData served, QueryLanes lanes, FileProofs proofs, ILogger<CatalogLoader> log)
{
    private readonly ConcurrentDictionary<string, bool> _refused = new(StringComparer.Ordinal);
    private Catalog? _lastGood;

    /// <summary>The next state. A version that is served already is taken over as it is.</summary>
    public ServedCatalog Load()
    {
        var catalog = ReadCatalog();
        var before = served.Current;

        // Each waits for its own files: side by side, a start with many datasets is ready sooner.
        var open = catalog.Datasets.Where(d => d.Access == Catalogs.Access.Open).AsParallel().AsOrdered()
            .Select(live => (Live: live, Served: Serve(live, before.Find(live.Id))))
            .ToList();
        return new ServedCatalog(
            [.. open.Select(d => d.Served).OfType<ServedDataset>()], [.. open.Where(d => d.Served is null).Select(d => d.Live)], catalog)
        {
            Frameworks = ReadFrameworks(catalog, before),
        };
    }

    private Catalog ReadCatalog()
    {
        try
        {
            var reading = CatalogReader.Read(options.CatalogFolder);
            foreach (var problem in reading.Problems)
            {
                log.LogWarning("Catalogue: {Problem}", problem.ToString());
            }

            _lastGood = WithLastGood(reading);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && _lastGood is not null)
        {
            log.LogWarning(exception, "The catalogue cannot be read; the last good one stays");
        }

        return _lastGood!;
    }

    /// <summary>A framework with mistakes keeps its last good words as long as its file is there and this process knows them.</summary>
    private List<Framework> ReadFrameworks(Catalog catalog, ServedCatalog before)
    {
        try
        {
            var reading = FrameworkReader.Read(options.CatalogFolder, catalog);
            foreach (var problem in reading.Problems)
            {
                log.LogWarning("Framework: {Problem}", problem.ToString());
            }

            var broken = reading.Problems.Select(p => Path.GetFileNameWithoutExtension(p.File)).ToHashSet(StringComparer.Ordinal);
            return
            [
                .. reading.Frameworks.Concat(before.Frameworks.Where(f => broken.Contains(f.Id) && reading.Find(f.Id) is null))
                    .OrderBy(f => f.Id, StringComparer.Ordinal),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(exception, "The frameworks cannot be read; the last good ones stay");
            return [.. before.Frameworks];
        }
    }

    /// <summary>A contract with mistakes stops runs, not readers: its last good words stay as long as this process knows them.</summary>
    private Catalog WithLastGood(CatalogReading reading)
    {
        var broken = reading.Problems.Select(p => p.Dataset).OfType<string>().Distinct(StringComparer.Ordinal);
        var kept = broken
            .Where(id => reading.Catalog.Find(id) is null)
            .Select(id => _lastGood?.Find(id) ?? PublishedContract(id))
            .OfType<DatasetContract>();
        var fresh = reading.Catalog;
        return new Catalog(
            [.. fresh.Datasets, .. kept],
            fresh.Publishers.Count > 0 || _lastGood is null ? fresh.Publishers : _lastGood.Publishers,
            fresh.Themes.Count > 0 || _lastGood is null ? fresh.Themes : _lastGood.Themes,
            fresh.Licenses.Count > 0 || _lastGood is null ? fresh.Licenses : _lastGood.Licenses)
        {
            WorkingDays = fresh.WorkingDays.Years.Count > 0 || _lastGood is null ? fresh.WorkingDays : _lastGood.WorkingDays,
        };
    }

    private DatasetContract? PublishedContract(string id) => served.Store.Current(id)?.Contract;

    /// <summary>The newest whole version; an older one while the newest publication is damaged; null when there is none.</summary>
    private ServedDataset? Serve(DatasetContract live, ServedDataset? before)
    {
        foreach (var snapshot in served.Store.NewestFirst(live.Id).Where(s => s.CollectedAt is null))
        {
            if (!proofs.MayServe(snapshot))
            {
                Refuse(snapshot, "A file");
                continue;
            }

            var known = before is not null && string.Equals(before.Version, snapshot.Version, StringComparison.Ordinal);
            if ((known ? before!.Snapshot : WholeOrNull(snapshot, live)) is not { } whole)
            {
                continue;
            }

            // Today's contract calls a stored column personal: nothing is served until a version without it is published.
            if (LiveTexts.Exposes(whole.Contract, live))
            {
                return null;
            }

            var newest = served.Store.Newest(live.Id)?.Version;
            return new ServedDataset(LiveTexts.Over(whole.Contract, live), whole)
            {
                RefusedVersion = string.Equals(newest, whole.Version, StringComparison.Ordinal) ? null : newest,
            };
        }

        return null;
    }

    /// <summary>
    /// The snapshot when its contract can be read and DuckDB finds the promised rows; else null. The store has compared the lengths of
    /// the files, and their hashes were looked at before.
    /// </summary>
    private Snapshot? WholeOrNull(Snapshot snapshot, DatasetContract live)
    {
        try
        {
            snapshot.ReadContract(live);
            if (lanes.Interactive.Attachments.OpensWhole(new ServedDataset(snapshot.Contract, snapshot)))
            {
                return snapshot;
            }

            Refuse(snapshot, SnapshotFiles.Data);
        }
        catch (OpenDataException unreadable)
        {
            Refuse(snapshot, unreadable.Code.Code);
        }

        return null;
    }

    private void Refuse(Snapshot snapshot, string what)
    {
        if (_refused.TryAdd(snapshot.Folder, value: true))
        {
            log.LogError(
                "Version {Version} of {Dataset} is refused: {What} is damaged. The last good version is served",
                snapshot.Version,
                snapshot.Dataset,
                what);
        }
    }
}
