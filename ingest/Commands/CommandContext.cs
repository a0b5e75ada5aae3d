using Microsoft.Extensions.Logging;
using OpenData.Ingest.Runs;

namespace OpenData.Ingest.Commands;

/// <summary>What every command has: settings, the clock, and where to write.</summary>
/// <param name="Settings">Settings of the process.</param>
/// <param name="Output">Results.</param>
/// <param name="Error">Messages.</param>
/// <param name="IsTerminal">True when a person watches: progress bars are drawn.</param>
/// <param name="Logs">Where log lines go.</param>
/// <param name="Clock">The time.</param>
public sealed record CommandContext(
    IngestSettings Settings, TextWriter Output, TextWriter Error, bool IsTerminal, ILoggerFactory Logs, TimeProvider Clock);
