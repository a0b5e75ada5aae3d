using System.Globalization;

namespace OpenData.Benchmarks;

/// <summary>Rounds of ours and of the limit, taken in turn, so that a busy machine is busy for both.</summary>
/// <param name="Ours">Our rounds.</param>
/// <param name="Limit">The limit's rounds.</param>
internal sealed record Turns(IReadOnlyList<LoadRound> Ours, IReadOnlyList<LoadRound> Limit)
{
    private const int WarmRoundsMax = 6;
    private const double WarmShare = 0.95;

    /// <summary>Least CPU milliseconds of one of our calls.</summary>
    public double OursCpu => Ours.Min(r => r.CpuMillisecondsEach);

    /// <summary>Least CPU milliseconds of one of the limit's calls.</summary>
    public double LimitCpu => Limit.Min(r => r.CpuMillisecondsEach);

    /// <summary>Takes the rounds once both sides are warm.</summary>
    public static Turns Take(int rounds, Load ours, Load limit)
    {
        Warm(limit);
        Warm(ours);
        var (oursRounds, limitRounds) = (new List<LoadRound>(), new List<LoadRound>());
        for (var round = 0; round < rounds; round++)
        {
            limitRounds.Add(limit.Run());
            oursRounds.Add(ours.Run());
        }

        return new Turns(oursRounds, limitRounds);
    }

    /// <summary>
    /// Rounds that are not counted, until one is hardly better than the one before: a process that serves for days has compiled its code
    /// well, and does so while it serves.
    /// </summary>
    public static void Warm(Load load)
    {
        var before = load.Run().CpuMillisecondsEach;
        for (var round = 1; round < WarmRoundsMax; round++)
        {
            var now = load.Run().CpuMillisecondsEach;
            if (now > before * WarmShare)
            {
                return;
            }

            before = now;
        }
    }

    /// <summary>The middle one of a figure of several rounds.</summary>
    public static double Middle(IEnumerable<LoadRound> rounds, Func<LoadRound, double> figure)
    {
        var sorted = rounds.Select(figure).Order().ToList();
        return sorted[sorted.Count / 2];
    }

    /// <summary>How long calls took on both sides, medians of the rounds.</summary>
    public string Times() => string.Create(
        CultureInfo.InvariantCulture,
        $"median {Figure.Text(Middle(Ours, r => r.Median))} and {Figure.Text(Middle(Limit, r => r.Median))} ms, p99 {Figure.Text(Middle(Ours, r => r.Percentile99))} and {Figure.Text(Middle(Limit, r => r.Percentile99))} ms, {Figure.Text(Middle(Ours, r => r.CallsPerSecond))} and {Figure.Text(Middle(Limit, r => r.CallsPerSecond))} calls/s");
}
