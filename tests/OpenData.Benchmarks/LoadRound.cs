namespace OpenData.Benchmarks;

/// <summary>What one round of a load showed.</summary>
/// <param name="Milliseconds">How long each call took, sorted.</param>
/// <param name="Failures">Why calls failed; their time counts as a call's.</param>
/// <param name="Cpu">CPU that the side under measure took in the round, for everything it did.</param>
/// <param name="Wall">How long the round took.</param>
internal sealed record LoadRound(double[] Milliseconds, IReadOnlyList<string> Failures, TimeSpan Cpu, TimeSpan Wall)
{
    public double CpuMillisecondsEach => Cpu.TotalMilliseconds / Milliseconds.Length;

    /// <summary>Calls per second of CPU.</summary>
    public double CallsPerCpuSecond => Milliseconds.Length / Cpu.TotalSeconds;

    public double CallsPerSecond => Milliseconds.Length / Wall.TotalSeconds;

    public double Median => Share(0.5);

    public double Percentile99 => Share(0.99);

    public double Worst => Milliseconds[^1];

    private double Share(double share) => Milliseconds[Math.Min(Milliseconds.Length - 1, (int)(Milliseconds.Length * share))];
}
