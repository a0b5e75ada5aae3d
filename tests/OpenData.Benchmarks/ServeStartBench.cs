using System.Globalization;

namespace OpenData.Benchmarks;

/// <summary>From the start of the process to the first page, with many datasets to attach.</summary>
internal static class ServeStartBench
{
    private const int Datasets = 200;

    public static IEnumerable<Figure> Run(BenchRun run)
    {
        if (!run.IsWanted("serve-start"))
        {
            yield break;
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"start-{Datasets}");
        var town = BenchTown.Prepare(Path.Combine(run.Folder, name), name, empty =>
        {
            for (var i = 0; i < Datasets; i++)
            {
                var contract = SmallTable.Contract(string.Create(CultureInfo.InvariantCulture, $"small_{i:000}"));
                empty.Write(contract);
                empty.Publish(contract, SmallTable.Csv(i));
            }
        });
        var starts = Enumerable.Range(0, run.Rounds + 1).Select(_ => Start(town)).Skip(1).ToList();
        yield return Of("ready", starts.Min(s => s.Ready));
        yield return Of("the first page", starts.Min(s => s.FirstPage));

        Figure Of(string what, double seconds) => new($"Start with {Datasets} datasets to {what}", "s", seconds, "–", null, 2)
        {
            Beside = string.Create(
                CultureInfo.InvariantCulture,
                $"least of {run.Rounds}; CPU {starts.Min(s => s.Cpu):0.00} s; server holds {starts.Min(s => s.Bytes) >> 20} MiB"),
        };
    }

    private static (double Ready, double FirstPage, double Cpu, long Bytes) Start(BenchTown town)
    {
        using var portal = PortalProcess.Start(town.DataFolder, town.CatalogFolder);
        var (answer, body) = portal.Ask("/");
        var firstPage = portal.Clock.Elapsed;
        if (answer.Status != 200 || !body.Contains("small_", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The first page has status {answer.Status} and {body.Length} characters.");
        }

        return (portal.ReadyAfter.TotalSeconds, firstPage.TotalSeconds, portal.Cpu().TotalSeconds, portal.PeakBytes());
    }
}
