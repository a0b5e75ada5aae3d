using Microsoft.Extensions.Logging;

namespace OpenData.Ingest.Sources;

/// <summary>Log messages of this room; they never hold an address, a token or a value.</summary>
internal static partial class SourceLog
{
    [LoggerMessage(2001, LogLevel.Warning, "Source failed with {Code} at try {Attempt}; trying again in {Seconds:0.0} s")]
    internal static partial void TryAgain(ILogger logger, string code, int attempt, double seconds);
}
