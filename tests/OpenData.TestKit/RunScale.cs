namespace OpenData.TestKit;

/// <summary>How much a test does: little in <c>./dev test</c>, the figures of the promises in <c>./dev soak</c>.</summary>
public static class RunScale
{
    /// <summary>True in a soak run.</summary>
    public static bool IsSoak { get; } = Environment.GetEnvironmentVariable("OPENDATA_SCALE") == "soak";

    /// <summary>Repeats with the number of the round until the time is over; gives the number of rounds.</summary>
    public static int Rounds(TimeSpan test, TimeSpan soak, Action<int> round)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var rounds = 0;
        for (var time = IsSoak ? soak : test; watch.Elapsed < time; rounds++)
        {
            round(rounds);
        }

        return rounds;
    }
}
