using System.Globalization;
using System.Text;
using OpenData.Benchmarks;
using OpenData.TestKit;

// Arguments name benchmarks; none means all. OPENDATA_BENCH_ROWS, _ROUNDS and _ROUND_MS scale a run, _GROWTH=1 adds ten times the rows.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var names = new HashSet<string>(StringComparer.Ordinal);
var folder = Repository.File("artifacts/bench");
var run = new BenchRun(
    folder,
    Rows: Setting("OPENDATA_BENCH_ROWS", 1_000_000),
    Rounds: (int)Setting("OPENDATA_BENCH_ROUNDS", 5),
    RoundTime: TimeSpan.FromMilliseconds(Setting("OPENDATA_BENCH_ROUND_MS", 1_500)),
    IsGrowthWanted: Setting("OPENDATA_BENCH_GROWTH", 0) == 1,
    IsWanted: IsWanted);
Directory.CreateDirectory(folder);
var figures = new List<Figure>();
Console.WriteLine(Figure.Head);
foreach (var figure in ExportBench.Run(folder, run.Rows, run.Rounds, IsWanted)
    .Concat(IngestBench.Run(folder, run.Rows, run.Rounds, IsWanted))
    .Select(comparison => comparison.ToFigure())
    .Concat(ServeQueriesBench.Run(run))
    .Concat(ServeGrowthBench.Run(run))
    .Concat(ServeAnswersBench.Run(run))
    .Concat(ServeSwapBench.Run(run))
    .Concat(ServeStartBench.Run(run)))
{
    figures.Add(figure);
    Console.WriteLine(figure.Row);
}

if (args.Except(names).ToList() is { Count: > 0 } unknown)
{
    Console.Error.WriteLine($"No benchmark is named {string.Join(", ", unknown)}; there are: {string.Join(", ", names.Order(StringComparer.Ordinal))}");
    return 2;
}

// A part of the benchmarks does not take the place of the day's whole report.
var file = args.Length > 0
    ? Path.Combine(folder, "part.md")
    : Repository.File(string.Create(CultureInfo.InvariantCulture, $"docs/measurements/{TimeProvider.System.GetUtcNow():yyyy-MM-dd}-bench.md"));
Directory.CreateDirectory(Path.GetDirectoryName(file)!); // Both are below folders.
File.WriteAllBytes(file, Encoding.UTF8.GetBytes(Report()));
Console.WriteLine($"{figures.Count(f => f.IsMet)} of {figures.Count} goals met. Written: {file}");
return 0;

bool IsWanted(string name)
{
    names.Add(name);
    return args.Length == 0 || args.Contains(name, StringComparer.Ordinal);
}

string Report()
{
    var report = new StringBuilder();
    report.AppendLine(CultureInfo.InvariantCulture, $"# Benchmarks {TimeProvider.System.GetUtcNow():yyyy-MM-dd}").AppendLine();
    report.AppendLine(
        CultureInfo.InvariantCulture,
        $"Machine: {Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}, load {Busy()} at the end.");
    report.AppendLine(
        CultureInfo.InvariantCulture,
        $"Least CPU of {run.Rounds} rounds, ours and the limit in turn; compare ratios. What the columns mean: [performance](../performance.md).");
    report.AppendLine().AppendLine(Figure.Head);
    foreach (var figure in figures)
    {
        report.AppendLine(figure.Row);
    }

    report.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{figures.Count(f => f.IsMet)} of {figures.Count} goals met.");
    return report.ToString();
}

static string Busy() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

static long Setting(string name, long otherwise)
    => long.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
