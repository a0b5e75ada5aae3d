using Microsoft.Extensions.Logging;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Runs;

/// <summary>Tells the ledger every two seconds how far a run has got, for those who look from other processes. Short runs cost nothing.</summary>
internal sealed class RunPulse : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    private readonly RunLedger _ledger;
    private readonly RunSteps _steps;
    private readonly RunLines _lines;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _beating;

    /// <summary>Begins to tell.</summary>
    internal RunPulse(RunLedger ledger, RunSteps steps, RunLines lines, TimeProvider clock, ILogger logger)
    {
        _ledger = ledger;
        _steps = steps;
        _lines = lines;
        _logger = logger;
        _beating = BeatAsync(clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _beating;
        _ended.Dispose();
    }

    private async Task BeatAsync(TimeProvider clock)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                if (_steps.Progress() is { } note)
                {
                    await NoteAsync(note);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }

    // Not stopped half-way: lines that were taken must arrive.
    private async Task NoteAsync(ProgressNote note)
    {
        var lines = _lines.Take();
        try
        {
            await _ledger.NoteProgressAsync(note, lines, CancellationToken.None);
        }
        catch (OpenDataException silent)
        {
            // Those who look see an older note; the run itself goes on.
            _lines.GiveBack(lines);
            RunLog.ProgressNotNoted(_logger, note.RunId, silent.Code.Code);
        }
    }
}
