using Microsoft.Extensions.Logging;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Ingest.Notices;
using OpenData.Ingest.Sources;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Backup;
using OpenData.Warehouse.Landing;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Quarantine;
using OpenData.Warehouse.ScoreTables;

namespace OpenData.Ingest.Runs;

/// <summary>One worker process: its catalogue, ledger and stores, and the runs it does.</summary>
public sealed class IngestWorker : IAsyncDisposable
{
    private readonly RunRoom _room;
    private readonly RunSupervisor _supervisor;
    private readonly HangingRuns _hanging;
    private readonly Housekeeping _housekeeping;
    private readonly Releases _releases;
    private readonly SourceHttp _http;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _places;

    private IngestWorker(IngestSettings settings, RunRoom room, SourceHttp http, CatalogReading catalogue, IRunWatcher watcher, ILogger logger)
    {
        _room = room;
        _http = http;
        _logger = logger;
        _hanging = new HangingRuns(logger);
        _supervisor = new RunSupervisor(room, settings.Lease, settings.Steps, _hanging, watcher, logger);
        _housekeeping = new Housekeeping(room, logger);
        _releases = new Releases(room, settings.Lease, settings.Steps, _hanging, watcher, logger);
        _places = new SemaphoreSlim(settings.Parallel);
        Catalogue = catalogue;
        Graph = DatasetGraph.Of(catalogue.Catalog.Datasets);
        Notices = new NoticeService(
            settings.Notices, room.Ledger, catalogue.Catalog.Datasets, catalogue.Catalog.WorkingDays, http, room.Clock, logger);
    }

    /// <summary>The contracts that may run, and what is wrong with the others.</summary>
    public CatalogReading Catalogue { get; }

    /// <summary>Which dataset waits for which.</summary>
    public DatasetGraph Graph { get; }

    /// <summary>Tells people of what went wrong.</summary>
    public NoticeService Notices { get; }

    /// <summary>The record of runs.</summary>
    public RunLedger Ledger => _room.Ledger;

    /// <summary>Published versions.</summary>
    public SnapshotStore Store => _room.Store;

    /// <summary>
    /// Opens the ledger, ends the runs of dead processes (by the publication they left, where there is one) and removes what they left in
    /// <c>work/</c>.
    /// </summary>
    public static async Task<IngestWorker> OpenAsync(
        IngestSettings settings, IRunWatcher watcher, ILoggerFactory logs, TimeProvider clock, CancellationToken token)
    {
        RestoreMark.RequireNone(settings.DataFolder);
        var ledger = await RunLedger.OpenAsync(settings.Ledger, clock, token);
        var http = new SourceHttp(settings.Limits, new AddressGuard(settings.AllowPrivate));
        var room = new RunRoom(
            settings.CatalogFolder,
            ledger,
            new SnapshotStore(settings.DataFolder),
            new LandingStore(settings.DataFolder, clock),
            new SourceDirectory(
                http,
                new Placeholders(settings.Setting),
                new PublishedRounds(settings.Ledger, clock),
                settings.CatalogFolder,
                settings.Limits,
                clock,
                logs.CreateLogger<SourceDirectory>()),
            settings.Engine,
            clock)
        {
            Waiting = new WaitingFolders(settings.DataFolder),
            Quarantine = new QuarantineStore(settings.DataFolder),
            QuarantineRecordsMax = settings.QuarantineRecordsMax,
        };
        var worker = new IngestWorker(
            settings, room, http, CatalogReader.Read(settings.CatalogFolder), watcher, logs.CreateLogger<IngestWorker>());
        await worker.RecoverAsync(token);
        return worker;
    }

    /// <summary>Ends the runs of dead processes and removes what they left half done.</summary>
    public async Task RecoverAsync(CancellationToken token)
    {
        foreach (var run in await Ledger.CloseDeadAsync(Published, token))
        {
            var now = await Ledger.FindAsync(run.Id, token);
            RunLog.ClosedDead(_logger, run.Dataset, run.Id, now?.Status.ToString() ?? "");
        }

        // Asked anew for every folder: another process may begin a run while we look, and its row is older than its folder.
        new Recovery(Store).Run(id => Ledger.FindAsync(id, token).GetAwaiter().GetResult() is { Status: RunStatus.Started });
        await _housekeeping.TryAsync("waiting", () => _releases.TidyAsync(Catalogue.Catalog, token));
    }

    /// <summary>The time.</summary>
    public TimeProvider Clock => _room.Clock;

    /// <summary>Publishes the approved versions whose time has come.</summary>
    public Task<IReadOnlyList<RunOutcome>> ReleaseDueAsync(CancellationToken token) => _releases.ReleaseDueAsync(token);

    /// <summary>Since when work on a dataset hangs in this process; null when none does.</summary>
    public DateTimeOffset? HangingSince(string dataset) => _hanging.Since(dataset);

    /// <summary>Runs one dataset as soon as a place is free; null when the token ended the wait.</summary>
    public Task<RunOutcome?> RunAsync(DatasetContract contract, RunCause cause, CancellationToken token)
        => RunAsync(contract, () => cause, null, token);

    /// <summary>Runs one dataset as soon as a place is free.</summary>
    /// <param name="contract">The dataset.</param>
    /// <param name="cause">Asked when a place is free: by then a later slot may have come; null means that there is nothing to do any more.</param>
    /// <param name="token">Ends the wait, interrupts the run.</param>
    /// <returns>Null when no run was begun.</returns>
    public Task<RunOutcome?> RunAsync(DatasetContract contract, Func<RunCause?> cause, CancellationToken token)
        => RunAsync(contract, cause, null, token);

    /// <summary>Runs datasets in the order of the graph, parents first; one that fails stops only those that are made from it.</summary>
    /// <param name="datasets">Ids of the catalogue.</param>
    /// <param name="cause">Why.</param>
    /// <param name="token">Interrupts the runs at work; the others do not begin.</param>
    /// <returns>The outcomes in the order of the graph; without those that did not begin.</returns>
    public async Task<IReadOnlyList<RunOutcome>> RunAllAsync(IReadOnlyCollection<string> datasets, RunCause cause, CancellationToken token)
    {
        var tasks = new Dictionary<string, Task<RunOutcome?>>(StringComparer.Ordinal);
        foreach (var id in Graph.Order.Where(datasets.Contains))
        {
            var parents = Graph.Parents(id).Where(tasks.ContainsKey).Select(parent => tasks[parent]).ToList();
            tasks[id] = RunAfterAsync(id, parents, cause, token);
        }

        var outcomes = await Task.WhenAll(tasks.Values);
        return [.. outcomes.OfType<RunOutcome>()];
    }

    /// <summary>Removes what the contracts no longer keep: files of old versions, bytes in landing. A run does the former for its own dataset.</summary>
    public async Task TidyAsync(CancellationToken token)
    {
        foreach (var contract in Catalogue.Catalog.Datasets)
        {
            await _housekeeping.CollectVersionsAsync(contract, token);
        }

        await _housekeeping.ClearLandingAsync(Catalogue.Catalog.Datasets, token);
        await _housekeeping.ClearQuarantineAsync(Catalogue.Catalog.Datasets, token);
    }

    /// <summary>Closes the ledger and the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        _http.Dispose();
        _places.Dispose();
    }

    private async Task<RunOutcome?> RunAfterAsync(string id, List<Task<RunOutcome?>> parents, RunCause cause, CancellationToken token)
    {
        var contract = Catalogue.Catalog.Find(id)!; // the graph is made of the catalogue
        var settled = await Task.WhenAll(parents);
        var failed = settled.OfType<RunOutcome>().FirstOrDefault(p => !p.IsGood && contract.Source.Parents.Contains(p.Dataset, StringComparer.Ordinal));
        return await RunAsync(contract, () => cause, failed is null ? null : DatasetRun.WaitingFor(failed.Dataset), token);
    }

    private async Task<RunOutcome?> RunAsync(DatasetContract contract, Func<RunCause?> cause, OpenDataException? obstacle, CancellationToken token)
    {
        try
        {
            await _places.WaitAsync(token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        try
        {
            return cause() is { } why ? await _supervisor.RunAsync(contract, why, obstacle, token) : null;
        }
        finally
        {
            _places.Release();
        }
    }

    private PublishedRun? Published(RunRecord run)
        => Store.Versions(run.Dataset).FirstOrDefault(s => s.Manifest.RunId == run.Id) is { Manifest: var manifest }
            ? new PublishedRun(manifest.Version, manifest.Rows, manifest.Counts, manifest.Quarantine)
            : null;
}
