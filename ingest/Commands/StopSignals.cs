using System.Runtime.InteropServices;

namespace OpenData.Ingest.Commands;

/// <summary>
/// SIGTERM and Ctrl-C as a token, and the end of patience afterwards. The command-line library would do the same, but whatever a callback of the token throws would end
/// the process as a crash, in the middle of what it was about to end in order.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private const int SignalExit = 128;
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private readonly TimeSpan _patience;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<int> _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _registrations;
    private int _isStopping;

    /// <summary>Begins to listen.</summary>
    /// <param name="patience">How long work may take to end after a signal.</param>
    public StopSignals(TimeSpan patience)
    {
        _patience = patience;
        _registrations = [Listen(PosixSignal.SIGINT, Interrupt), Listen(PosixSignal.SIGTERM, Terminate)];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Ends with the exit code of the signal when the work did not end in time.</summary>
    public Task<int> GivenUp => _givenUp.Task;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private PosixSignalRegistration Listen(PosixSignal signal, int number) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        if (Interlocked.Exchange(ref _isStopping, 1) == 0)
        {
            _ = StopAsync(SignalExit + number);
        }
    });

    private async Task StopAsync(int exitCode)
    {
        try
        {
            await _stop.CancelAsync();
        }
        catch (AggregateException failures)
        {
            // Whoever listens to the token may fail at it; all the others have heard it.
            foreach (var failure in failures.Flatten().InnerExceptions)
            {
                await Console.Error.WriteLineAsync($"While stopping: {failure.GetType().Name}: {failure.Message}");
            }
        }

        await Task.Delay(_patience, CancellationToken.None);
        _givenUp.TrySetResult(exitCode);
    }
}
