using Microsoft.Extensions.Logging;

namespace OpenData.Ingest.Runs;

/// <summary>Gives the lines that are logged during a run to the run's own log, whatever <c>LOG_LEVEL</c> lets through to the console.</summary>
[ProviderAlias("Run")]
public sealed class RunLineProvider : ILoggerProvider
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Lines();

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Lines : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None && RunLines.Current is not null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                // Without the exception: its message may quote data.
                RunLines.Current!.Add(logLevel, formatter(state, null));
            }
        }
    }
}
