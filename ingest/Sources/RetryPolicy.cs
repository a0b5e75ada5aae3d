using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace OpenData.Ingest.Sources;

/// <summary>When and how often to ask again: only for failures that may pass, within the tries of a request and the budget of a run.</summary>
internal sealed class RetryPolicy(SourceLimits limits, TimeProvider clock, ILogger logger)
{
    private int _used;

    /// <summary>Repeated tries so far in this run.</summary>
    internal int Used => _used;

    /// <summary>Does the work, again after transient failures; throws the last failure when patience ends.</summary>
    internal async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken token)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (TransientSourceException e)
            {
                var wait = e.RetryAfter ?? Wait(attempt, RandomNumberGenerator.GetInt32(1000) / 1000.0);
                if (attempt >= limits.TriesMax || wait > limits.RetryWaitMax || Interlocked.Increment(ref _used) > limits.RetriesPerRunMax)
                {
                    throw e.Failure;
                }

                SourceLog.TryAgain(logger, e.Failure.Code.Code, attempt, wait.TotalSeconds);
                await Task.Delay(wait, clock, token);
            }
        }
    }

    /// <summary>Exponential wait after the try of that number, of which the random share (0 to 1) takes off up to half.</summary>
    internal TimeSpan Wait(int attempt, double random)
    {
        var full = limits.RetryWait * Math.Pow(2, attempt - 1);
        return (full < limits.RetryWaitMax ? full : limits.RetryWaitMax) * (1 - (random / 2));
    }
}
