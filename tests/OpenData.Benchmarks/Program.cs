using System.Globalization;
using System.Text;
using OpenData.Benchmarks;
using OpenData.TestKit;

// Arguments name benchmarks; none means all. OPENDATA_BENCH_ROWS and OPENDATA_BENCH_ROUNDS scale a run.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var rows = Setting("OPENDATA_BENCH_ROWS", 1_000_000);
var rounds = (int)Setting("OPENDATA_BENCH_ROUNDS", 5);
bool Wanted(string name) => args.Length == 0 || args.Contains(name, StringComparer.Ordinal);

var folder = Repository.File("artifacts/bench");
Directory.CreateDirectory(folder);
Directory.CreateDirectory(Repository.File("docs/measurements"));
var report = new StringBuilder();
report.AppendLine(CultureInfo.InvariantCulture, $"# Benchmarks {TimeProvider.System.GetUtcNow():yyyy-MM-dd}").AppendLine();
report.AppendLine(
    CultureInfo.InvariantCulture,
    $"Machine: {Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}. Least CPU of {rounds} rounds, ours and the limit in turn; compare ratios.");
report.AppendLine().AppendLine(Comparison.Head);
foreach (var comparison in ExportBench.Run(folder, rows, rounds, Wanted).Concat(IngestBench.Run(folder, rows, rounds, Wanted)))
{
    report.AppendLine(comparison.Row);
    Console.WriteLine(comparison.Row);
}

var file = Repository.File(string.Create(CultureInfo.InvariantCulture, $"docs/measurements/{TimeProvider.System.GetUtcNow():yyyy-MM-dd}-bench.md"));
File.WriteAllBytes(file, Encoding.UTF8.GetBytes(report.ToString()));
Console.WriteLine($"Written: {file}");
return 0;

static long Setting(string name, long otherwise)
    => long.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
