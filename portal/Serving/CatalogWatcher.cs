namespace OpenData.Portal.Serving;

/// <summary>Looks at published data and catalogue every second and switches to a new state when something changed.</summary>
internal sealed class CatalogWatcher(
    PortalOptions options,
    ServedData served,
    CatalogLoader loader,
    QueryLanes lanes,
    FileProofs proofs,
    TimeProvider clock,
    ILogger<CatalogWatcher> log) : BackgroundService
{
    /// <summary>The generation of <see cref="FileProofs"/> that the state served now is made of.</summary>
    public int SeenGeneration { get; private set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the start-up path: the port opens at once and answers "not ready yet" until the first state is there.
        await Task.Yield();
        using var timer = new PeriodicTimer(options.WatchInterval, clock);
        string? seen = null;
        do
        {
            try
            {
                var (mark, generation) = (ChangeMark.Of(options), proofs.Generation);
                if (!string.Equals(mark, seen, StringComparison.Ordinal) || generation != SeenGeneration)
                {
                    var next = loader.Load();
                    served.Switch(next);
                    (seen, SeenGeneration) = (mark, generation);
                    log.LogInformation("Serving {Datasets} datasets, {Awaited} awaited", next.Datasets.Count, next.Awaited.Count);
                }

                lanes.Sweep(served.Current);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The state served so far stays; the next look may fare better.
                log.LogError(exception, "Published data cannot be read; the state served so far stays");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
