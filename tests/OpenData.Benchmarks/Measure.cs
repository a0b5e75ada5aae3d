using System.Diagnostics;

namespace OpenData.Benchmarks;

/// <summary>CPU milliseconds of the whole process, the engine's threads included: on a shared machine, wall time wanders and CPU does not.</summary>
internal static class Measure
{
    /// <summary>Runs ours and the limit in turn and gives the least CPU time of each, with the median wall time and our allocation.</summary>
    public static Comparison Compare(string name, string limitName, double goal, int rounds, Action ours, Action limit)
    {
        var oursRuns = new List<Sample>();
        var limitRuns = new List<Sample>();
        for (var round = 0; round < rounds; round++)
        {
            limitRuns.Add(Once(limit));
            oursRuns.Add(Once(ours));
        }

        return new Comparison(
            name,
            limitName,
            goal,
            oursRuns.Min(s => s.CpuMilliseconds),
            limitRuns.Min(s => s.CpuMilliseconds),
            Median(oursRuns.Select(s => s.WallMilliseconds)),
            Median(limitRuns.Select(s => s.WallMilliseconds)),
            oursRuns.Min(s => s.AllocatedBytes));
    }

    /// <summary>CPU that this process has used up to now.</summary>
    public static TimeSpan Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static Sample Once(Action action)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = process.TotalProcessorTime;
        var wall = Stopwatch.StartNew();
        action();
        wall.Stop();
        process.Refresh();
        return new Sample(
            (process.TotalProcessorTime - cpu).TotalMilliseconds,
            wall.Elapsed.TotalMilliseconds,
            GC.GetTotalAllocatedBytes(precise: true) - allocated);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private sealed record Sample(double CpuMilliseconds, double WallMilliseconds, long AllocatedBytes);
}
