using System.Globalization;
using OpenData.Ingest.Runs;

namespace OpenData.Ingest.Commands;

/// <summary>Shows how runs get on: a bar that redraws itself on a terminal, one plain line per finished run elsewhere.</summary>
internal sealed class RunProgress(TextWriter output, bool isTerminal) : IRunWatcher, IDisposable
{
    private const int BarCells = 24;
    private const int LineCells = 79;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, string> _atWork = new(StringComparer.Ordinal);
    private int _expected;
    private int _ended;
    private bool _drawn;

    /// <summary>Says how many runs there will be.</summary>
    internal void Expect(int runs)
    {
        lock (_gate)
        {
            _expected = runs;
        }
    }

    /// <summary>Takes the bar away.</summary>
    internal void Finish()
    {
        lock (_gate)
        {
            Erase();
            output.Flush();
        }
    }

    public void StepStarted(string dataset, string step)
    {
        lock (_gate)
        {
            _atWork[dataset] = step;
            Draw();
        }
    }

    public void Ended(RunOutcome outcome)
    {
        lock (_gate)
        {
            _atWork.Remove(outcome.Dataset);
            _ended++;
            Erase();
            output.WriteLine(OutcomeText.Line(outcome));
            Draw();
            output.Flush();
        }
    }

    public void Dispose() => Finish();

    /// <summary>The bar, for example <c>[######------] 6/12 urban_trees: stage</c>.</summary>
    internal static string Bar(int ended, int expected, IEnumerable<KeyValuePair<string, string>> atWork)
    {
        var filled = expected == 0 ? 0 : Math.Min(BarCells, ended * BarCells / expected);
        var bar = new string('#', filled) + new string('-', BarCells - filled);
        var names = string.Join(", ", atWork.Select(w => $"{w.Key}: {w.Value}"));
        var line = string.Create(CultureInfo.InvariantCulture, $"[{bar}] {ended}/{expected} {names}");
        return line.Length <= LineCells ? line : line[..(LineCells - 1)] + "…";
    }

    private void Draw()
    {
        if (isTerminal && _expected > 0)
        {
            Erase();
            output.Write(Bar(_ended, _expected, _atWork));
            output.Flush();
            _drawn = true;
        }
    }

    private void Erase()
    {
        if (_drawn)
        {
            output.Write("\r" + new string(' ', LineCells) + "\r");
            _drawn = false;
        }
    }
}
