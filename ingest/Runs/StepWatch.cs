using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Ingest.Runs;

/// <summary>
/// The watchdog of one run: a step beyond its time is told to stop, and one that does not stop, because it hangs in a call that nothing
/// interrupts, is left behind. Its thread is lost until that call returns; the run ends, and the others go on.
/// </summary>
internal sealed class StepWatch(StepLimits limits, TimeProvider clock) : IDisposable
{
    private readonly CancellationTokenSource _passed = new();

    /// <summary>Cancelled when a step is beyond its time.</summary>
    internal CancellationToken Passed => _passed.Token;

    /// <summary>The work that was left behind; null when all of it ended.</summary>
    internal Task? Hanging { get; private set; }

    /// <summary>Does a step within its time.</summary>
    /// <exception cref="OpenDataException"><see cref="RunErrors.StepTooLong"/>, <see cref="RunErrors.StepHangs"/>.</exception>
    internal async Task<T> DoAsync<T>(string step, Func<Task<T>> work)
    {
        var limit = limits.Of(step);
        await using var timer = clock.CreateTimer(_ => _passed.Cancel(), null, limit, Timeout.InfiniteTimeSpan);

        // Not on this thread: what hangs may do so before its first await.
        var atWork = Task.Run(work);
        try
        {
            return await atWork.WaitAsync(limit + limits.Stop, clock);
        }
        catch (TimeoutException) when (!atWork.IsCompleted)
        {
            Hanging = atWork;
            throw new OpenDataException(RunErrors.StepHangs, new LocalText(
                $"Bước {step} quá thời hạn và không dừng được; bộ dữ liệu này chờ tới khi tiến trình khởi động lại.",
                $"The step {step} is beyond its time and cannot be stopped; this dataset waits until the worker is started again."));
        }
        catch (Exception late) when (_passed.IsCancellationRequested)
        {
            // Whatever the step ended with: it was told to stop.
            throw new OpenDataException(
                RunErrors.StepTooLong,
                new LocalText(
                    string.Create(CultureInfo.InvariantCulture, $"Bước {step} chạy quá {limit.TotalSeconds:0} giây nên bị dừng."),
                    string.Create(CultureInfo.InvariantCulture, $"The step {step} took longer than {limit.TotalSeconds:0} seconds and was stopped.")),
                inner: late);
        }
    }

    public void Dispose() => _passed.Dispose();
}
