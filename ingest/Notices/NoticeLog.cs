using Microsoft.Extensions.Logging;

namespace OpenData.Ingest.Notices;

/// <summary>Log messages of this room; they never hold an address or a key.</summary>
internal static partial class NoticeLog
{
    [LoggerMessage(3101, LogLevel.Warning, "Notice {Id}: the webhook answered {Status}; it is tried again")]
    internal static partial void Refused(ILogger logger, string id, int status);

    [LoggerMessage(3102, LogLevel.Warning, "Notice {Id}: the webhook was not reached ({Code}); it is tried again")]
    internal static partial void NotSent(ILogger logger, string id, string code);

    [LoggerMessage(3103, LogLevel.Warning, "Notice {Id}: the mail folder cannot be written ({Kind}); it is tried again")]
    internal static partial void NotDropped(ILogger logger, string id, string kind);

    [LoggerMessage(3104, LogLevel.Error, "Notice {Id} is given up after {Tries} tries")]
    internal static partial void GivenUp(ILogger logger, string id, int tries);

    [LoggerMessage(3105, LogLevel.Warning, "Notices: {Code}; the next round tries again")]
    internal static partial void RoundFailed(ILogger logger, string code);
}
