using System.Globalization;

namespace OpenData.Benchmarks;

/// <summary>Our figure beside the limit's from the same run.</summary>
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
    public const string Head =
        """
        | What | ours CPU ms | limit | limit CPU ms | CPU ratio | goal | ours wall ms | limit wall ms | ours allocated MiB |
        |---|---|---|---|---|---|---|---|---|
        """;

    public double Ratio => OursCpu / LimitCpu;

    public string Row => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Name} | {OursCpu:0} | {LimitName} | {LimitCpu:0} | **{Ratio:0.00}×** | ≤ {Goal:0.0#}× {(Ratio <= Goal ? "met" : "missed")} | {OursWall:0} | {LimitWall:0} | {OursAllocated / 1048576.0:0.0} |");
}
