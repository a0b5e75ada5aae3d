using OpenData.Warehouse.Integrity;

namespace OpenData.Portal.Serving;

/// <summary>Reads the files of everything that is served again and again, so slowly that nobody notices: bytes go bad without a sign.</summary>
internal sealed class FileRechecks(PortalOptions options, ServedData served, FileProofs proofs, TimeProvider clock, ILogger<FileRechecks> log) : BackgroundService
{
    private const long Megabyte = 1024 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Reads everything served now once, and what was damaged before.</summary>
    public void Round(ReadingPace pace, CancellationToken token)
    {
        foreach (var snapshot in served.Current.Datasets.Select(d => d.Snapshot).Concat(proofs.Damaged()).DistinctBy(s => s.Folder).ToList())
        {
            proofs.Recheck(snapshot, pace, token);
        }

        proofs.Sweep();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.CheckMbPerSecond == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                // A thread of its own: it sleeps most of the time.
                await Task.Factory.StartNew(
                    () => Round(new ReadingPace(options.CheckMbPerSecond * Megabyte, clock), stoppingToken),
                    stoppingToken,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default);
            }
            catch (IOException failed)
            {
                log.LogWarning(failed, "Served files cannot be read again now");
            }
        }
    }
}
