using System.Diagnostics;

namespace OpenData.Benchmarks;

/// <summary>
/// Callers that ask one question after the other for a while, each on a thread of its own, and the CPU of the side that answers.
/// A thread that blocks costs less than a task that is resumed, and the client shares its cores with the server.
/// </summary>
/// <param name="callers">Callers at once.</param>
/// <param name="time">After this time nobody asks again.</param>
/// <param name="cpuOf">CPU that the answering side has used up to now.</param>
/// <param name="open">Makes a caller.</param>
internal sealed class Load(int callers, TimeSpan time, Func<TimeSpan> cpuOf, Func<ILoadCaller> open)
{
    private long _number;

    /// <summary>One round. A failed call ends it with an exception.</summary>
    public LoadRound Run()
    {
        var round = RunAnyhow();
        return round.Failures.Count == 0 ? round : throw new InvalidOperationException(round.Failures[0]);
    }

    /// <summary>One round; failed calls are told, and each costs a new connection.</summary>
    public LoadRound RunAnyhow()
    {
        var measured = new List<double>[callers];
        var failures = new List<string>[callers];
        var threads = new Thread[callers];
        using var start = new ManualResetEventSlim();
        var wall = new Stopwatch();
        for (var i = 0; i < callers; i++)
        {
            var (times, troubles) = (measured[i] = [], failures[i] = []);
            threads[i] = new Thread(() => Ask(times, troubles, start, wall)) { IsBackground = true };
            threads[i].Start();
        }

        var cpu = cpuOf();
        wall.Start();
        start.Set();
        foreach (var thread in threads)
        {
            thread.Join();
        }

        return new LoadRound([.. measured.SelectMany(m => m).Order()], [.. failures.SelectMany(f => f)], cpuOf() - cpu, wall.Elapsed);
    }

    private void Ask(List<double> times, List<string> failures, ManualResetEventSlim start, Stopwatch wall)
    {
        ILoadCaller? caller = null;
        start.Wait();
        do
        {
            var began = Stopwatch.GetTimestamp();
            try
            {
                caller ??= open();
                caller.Call(Interlocked.Increment(ref _number));
            }
            catch (Exception failed)
            {
                failures.Add(failed.Message);
                caller?.Dispose();
                caller = null;
            }

            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        while (wall.Elapsed < time);
        caller?.Dispose();
    }
}
