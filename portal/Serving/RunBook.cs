using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;
using OpenData.Warehouse.Ledger;

namespace OpenData.Portal.Serving;

/// <summary>Reads the run ledger for pages and API. Pages go on with the last facts when the ledger does not answer.</summary>
internal sealed class RunBook(PortalOptions options, ServedData served, TimeProvider clock, ILogger<RunBook> log) : IAsyncDisposable
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Reading? _last;

    /// <summary>The ledger itself, for reading.</summary>
    public RunLedger Ledger { get; } = RunLedger.ForReading(
        new LedgerOptions(options.DataFolder) { ConnectionString = options.StateDb }, clock);

    /// <summary>The facts, at most three seconds old while the ledger answers.</summary>
    public async Task<RunFacts> FactsAsync(CancellationToken token)
    {
        if (_last is { } last && clock.GetElapsedTime(last.At) < FreshFor)
        {
            return last.Facts;
        }

        await _reading.WaitAsync(token);
        try
        {
            if (_last is { } meanwhile && clock.GetElapsedTime(meanwhile.At) < FreshFor)
            {
                return meanwhile.Facts;
            }

            _last = new Reading(await ReadAsync(token), clock.GetTimestamp());
        }
        catch (OpenDataException unavailable)
        {
            log.LogWarning(unavailable, "The run ledger does not answer; pages show what was known last");
            _last = new Reading(_last?.Facts ?? RunFacts.None, clock.GetTimestamp());
        }
        finally
        {
            _reading.Release();
        }

        return _last.Facts;
    }

    /// <summary>Why the dataset is, or is not, on time, in public words.</summary>
    public async Task<Explanation> ExplainAsync(ServedDataset dataset, RunFacts facts, CancellationToken token)
    {
        var known = facts.Of(dataset.Id);
        return ExplanationText.Of(dataset.Contract, known, await TriesAsync(dataset.Id, token), clock.GetUtcNow());
    }

    /// <summary>A run of an open dataset.</summary>
    /// <exception cref="OpenDataException"><see cref="PortalErrors.UnknownRun"/>, also for the runs of datasets that are not open.</exception>
    public async Task<(RunRecord Run, ServedDataset Dataset)> OpenRunAsync(ServedCatalog state, string id, CancellationToken token)
        => await Ledger.FindAsync(id, token) is { } run && state.Find(run.Dataset) is { } dataset
            ? (run, dataset)
            : throw new OpenDataException(PortalErrors.UnknownRun, new LocalText(
                "Không có lần chạy nào của bộ dữ liệu mở mang mã này.", "No run of an open dataset has this id."));

    private async Task<IReadOnlyList<RunRecord>> TriesAsync(string dataset, CancellationToken token)
    {
        try
        {
            return await Ledger.TriesInVainAsync(dataset, token);
        }
        catch (OpenDataException unavailable)
        {
            log.LogWarning(unavailable, "The ledger does not answer; what was tried is not told");
            return [];
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _reading.Dispose();
        await Ledger.DisposeAsync();
    }

    private async Task<RunFacts> ReadAsync(CancellationToken token) => new(
        ByDataset(await Ledger.LatestAsync(token)),
        ByDataset(await Ledger.LatestConfirmedAsync(token)),
        await Ledger.NextSlotsAsync(token))
    {
        Ended = ByDataset(await Ledger.LatestEndedAsync(token)),
        Pins = await KnownAsync(PinsAsync(token), RunFacts.None.Pins, "pins"),
        Paused = await KnownAsync(PausedAsync(token), RunFacts.None.Paused, "paused schedules"),
        WorkingDays = served.Current.Catalog.WorkingDays,
    };

    /// <summary>A ledger that an older worker keeps lacks what came later; runs and lateness are told all the same.</summary>
    private async Task<T> KnownAsync<T>(Task<T> reading, T none, string what)
    {
        try
        {
            return await reading;
        }
        catch (OpenDataException unavailable)
        {
            log.LogWarning(unavailable, "The ledger gives no {What}; pages show none", what);
            return none;
        }
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> PinsAsync(CancellationToken token)
        => (await Ledger.PinsAsync(null, token)).GroupBy(p => p.Dataset, StringComparer.Ordinal).ToDictionary(
            g => g.Key,
            IReadOnlyDictionary<string, string> (g) => g.ToDictionary(p => p.Version, p => p.Reason, StringComparer.Ordinal),
            StringComparer.Ordinal);

    private async Task<IReadOnlyDictionary<string, DateTimeOffset>> PausedAsync(CancellationToken token)
        => (await Ledger.PausesAsync(token)).ToDictionary(p => p.Dataset, p => p.PausedAt, StringComparer.Ordinal);

    private static Dictionary<string, RunRecord> ByDataset(IReadOnlyList<RunRecord> runs)
        => runs.ToDictionary(r => r.Dataset, StringComparer.Ordinal);

    private sealed record Reading(RunFacts Facts, long At);
}
