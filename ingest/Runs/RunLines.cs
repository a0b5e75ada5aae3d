using Microsoft.Extensions.Logging;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Runs;

/// <summary>
/// The log of the run that this flow of control does: whatever the process logs meanwhile, from information on, is kept for the ledger. At most
/// 500 lines; the last one then says that more was written.
/// </summary>
internal sealed class RunLines(TimeProvider clock)
{
    private const int LinesMax = 500;
    private const int LettersMax = 500;

    private static readonly AsyncLocal<RunLines?> Here = new();

    private readonly Lock _gate = new();
    private List<RunLine> _waiting = [];
    private int _lines;

    /// <summary>The run of the current flow; null outside of runs.</summary>
    internal static RunLines? Current => Here.Value;

    /// <summary>Makes this the log of the current flow and of all that it starts.</summary>
    internal void Begin() => Here.Value = this;

    /// <summary>Adds a line. Only its first line of text counts: what follows are places in the program.</summary>
    internal void Add(LogLevel level, string text)
    {
        lock (_gate)
        {
            if (++_lines <= LinesMax)
            {
                var line = text.Split('\n', 2)[0].TrimEnd();
                _waiting.Add(new RunLine(
                    clock.GetUtcNow(), NameOf(level), _lines == LinesMax ? "More was written; the worker's own log has it." : line[..Math.Min(line.Length, LettersMax)]));
            }
        }
    }

    /// <summary>The lines since it was asked last.</summary>
    internal IReadOnlyList<RunLine> Take()
    {
        lock (_gate)
        {
            var taken = _waiting;
            _waiting = [];
            return taken;
        }
    }

    /// <summary>Takes lines back that could not be kept; they come first the next time.</summary>
    internal void GiveBack(IReadOnlyList<RunLine> lines)
    {
        lock (_gate)
        {
            _waiting.InsertRange(0, lines);
        }
    }

    private static string NameOf(LogLevel level) => level switch
    {
        <= LogLevel.Information => "information",
        LogLevel.Warning => "warning",
        _ => "error",
    };
}
