using System.Diagnostics;
using System.Globalization;

namespace OpenData.Benchmarks;

/// <summary>New versions of a table, twice a second, under readers who never rest: nobody may fail, wait long or see two versions in one answer.</summary>
internal static class ServeSwapBench
{
    private const string Dataset = "editions";
    private const int Readers = 4;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(10);

    public static IEnumerable<Figure> Run(BenchRun run)
    {
        if (!run.IsWanted("serve-swap"))
        {
            yield break;
        }

        var contract = SmallTable.Contract(Dataset);

        // Its versions would pile up, so this town is never kept.
        var folder = Path.Combine(run.Folder, "swap");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        var town = BenchTown.Prepare(folder, "swap", empty =>
        {
            empty.Write(contract);
            empty.Publish(contract, SmallTable.Csv(edition: 1));
        });
        using var portal = PortalProcess.Start(town.DataFolder, town.CatalogFolder, ("PORTAL_ANSWERS_MB", "0"));
        using var stop = new ManualResetEventSlim();
        var seen = new SeenEditions();
        var published = 1;
        Exception? failure = null;
        var publisher = new Thread(() =>
        {
            try
            {
                while (!stop.IsSet)
                {
                    var began = Stopwatch.GetTimestamp();
                    town.Publish(contract, SmallTable.Csv(published + 1));
                    published++;
                    if (Pace - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } rest)
                    {
                        stop.Wait(rest);
                    }
                }
            }
            catch (Exception failed)
            {
                failure = failed;
            }
        });
        publisher.Start();
        var round = new Load(Readers, Reading, portal.Cpu, () => new EditionCaller(portal.Port, Dataset, seen)).RunAnyhow();
        stop.Set();
        publisher.Join();
        if (failure is not null)
        {
            throw new InvalidOperationException("Publishing failed under the readers.", failure);
        }

        var first = round.Failures.Count == 0 ? "" : $", the first: {round.Failures[0]}";
        yield return new Figure(
            string.Create(CultureInfo.InvariantCulture, $"{published - 1} new versions in {Reading.TotalSeconds:0} s under {Readers} readers"), "p99 ms", round.Percentile99, "–", null, 100)
        {
            IsWhole = round.Failures.Count == 0 && seen.Count > 2,
            Beside = string.Create(
                CultureInfo.InvariantCulture,
                $"{round.Milliseconds.Length:#,##0} answers, {round.Failures.Count} failed{first}; {seen.Count} versions seen, none mixed with another; worst {Figure.Text(round.Worst)} ms"),
        };
    }
}
