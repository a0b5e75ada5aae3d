using System.Globalization;

namespace OpenData.Benchmarks;

/// <summary>CPU of ours beside the limit's from the same run, both in this process.</summary>
/// <param name="Name">What was done.</param>
/// <param name="LimitName">What it is compared with.</param>
/// <param name="Goal">Greatest ratio wished for.</param>
/// <param name="OursCpu">Least CPU milliseconds of ours.</param>
/// <param name="LimitCpu">Least CPU milliseconds of the limit.</param>
/// <param name="OursWall">Median wall milliseconds of ours.</param>
/// <param name="LimitWall">Median wall milliseconds of the limit.</param>
/// <param name="OursAllocated">Least bytes that ours allocated.</param>
internal sealed record Comparison(
    string Name,
    string LimitName,
    double Goal,
    double OursCpu,
    double LimitCpu,
    double OursWall,
    double LimitWall,
    long OursAllocated)
{
    public Figure ToFigure() => new(Name, "CPU ms", OursCpu, LimitName, LimitCpu, Goal)
    {
        Beside = string.Create(
            CultureInfo.InvariantCulture, $"wall {OursWall:#,##0} and {LimitWall:#,##0} ms; ours allocated {OursAllocated / 1048576.0:0.0} MiB"),
    };
}
