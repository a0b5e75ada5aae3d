using System.Globalization;
using OpenData.Benchmarks;
using OpenData.TestKit;

// Arguments name benchmarks; none means all. docs/performance.md says what each one measures and which variables scale a run.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var names = new HashSet<string>(StringComparer.Ordinal);
var folder = Repository.File("artifacts/bench");
Directory.CreateDirectory(folder);
var run = new BenchRun(
    folder,
    Rows: Setting("OPENDATA_BENCH_ROWS", 1_000_000),
    Rounds: (int)Setting("OPENDATA_BENCH_ROUNDS", 5),
    RoundTime: TimeSpan.FromMilliseconds(Setting("OPENDATA_BENCH_ROUND_MS", 1_000)),
    IsGrowthWanted: Setting("OPENDATA_BENCH_GROWTH", 0) == 1,
    IsWanted: IsWanted);
var report = new Report(run.Rounds);
Console.WriteLine(Figure.Head);
foreach (var figures in new[]
{
    IngestBench.Memory(run),
    ExportBench.Run(folder, run.Rows, run.Rounds, IsWanted).Select(c => c.ToFigure()),
    IngestBench.Run(folder, run.Rows, run.Rounds, IsWanted).Select(c => c.ToFigure()),
    IngestMergeBench.Run(run),
    ScoringBench.Run(run),
    ServeQueriesBench.Run(run),
    ServeGrowthBench.Run(run),
    ServeAnswersBench.Run(run),
    ServeSwapBench.Run(run),
    ServeStartBench.Run(run),
})
{
    try
    {
        foreach (var figure in figures)
        {
            report.Add(figure);
            Console.WriteLine(figure.Row);
        }
    }
    catch (Exception failed)
    {
        // The others still have something to say.
        report.AddFailure(failed);
        Console.Error.WriteLine(failed);
    }
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
report.Write(file);
Console.WriteLine($"{report.Result} Written: {file}");
return report.HasFailures ? 1 : 0;

bool IsWanted(string name)
{
    names.Add(name);
    return args.Length == 0 || args.Contains(name, StringComparer.Ordinal);
}

static long Setting(string name, long otherwise)
    => long.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
