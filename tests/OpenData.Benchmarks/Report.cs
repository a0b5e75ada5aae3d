using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace OpenData.Benchmarks;

/// <summary>What a run showed, as Markdown with the machine named.</summary>
/// <param name="rounds">Rounds of the run.</param>
internal sealed class Report(int rounds)
{
    private readonly string _busyAtStart = Busy();
    private readonly List<Figure> _figures = [];
    private readonly List<string> _failures = [];

    public bool HasFailures => _failures.Count > 0;

    /// <summary>The run in one sentence.</summary>
    public string Result
        => $"{_figures.Count(f => f.IsMet)} of {_figures.Count} goals met{(HasFailures ? $", {_failures.Count} benchmarks broke off" : "")}.";

    public void Add(Figure figure) => _figures.Add(figure);

    public void AddFailure(Exception failure) => _failures.Add($"{failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}");

    public void Write(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!); // A report lies below a folder.
        File.WriteAllBytes(file, Encoding.UTF8.GetBytes(Text()));
    }

    private static string Busy() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private string Text()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# Benchmarks {TimeProvider.System.GetUtcNow():yyyy-MM-dd}").AppendLine();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"Machine: {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; load {_busyAtStart} at the start, {Busy()} at the end.");
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"Least CPU of {rounds} rounds, ours and the limit in turn; compare ratios. What each line measures: [performance](../performance.md).");
        text.AppendLine().AppendLine(Figure.Head);
        foreach (var figure in _figures)
        {
            text.AppendLine(figure.Row);
        }

        text.AppendLine().AppendLine(Result);
        foreach (var failure in _failures)
        {
            text.AppendLine().AppendLine(failure);
        }

        return text.ToString();
    }
}
