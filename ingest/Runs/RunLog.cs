using Microsoft.Extensions.Logging;

namespace OpenData.Ingest.Runs;

/// <summary>Log messages of runs; they name datasets, runs, codes and numbers, never a value of the data.</summary>
internal static partial class RunLog
{
    [LoggerMessage(3001, LogLevel.Information, "{Dataset} run {RunId} started ({Trigger})")]
    internal static partial void Started(ILogger logger, string dataset, string runId, string trigger);

    [LoggerMessage(3002, LogLevel.Information, "{Dataset} run {RunId} {Status} in {Seconds:0.0} s: {Rows} rows, version {Version}")]
    internal static partial void Ended(ILogger logger, string dataset, string runId, string status, double seconds, long? rows, string? version);

    [LoggerMessage(3003, LogLevel.Information, "{Dataset} run {RunId} {Status}: {Code} {Cause}")]
    internal static partial void EndedBadly(ILogger logger, string dataset, string runId, string status, string? code, string? cause);

    // The message of an unknown exception may quote data, so only its types and places are written.
    [LoggerMessage(3004, LogLevel.Error, "{Dataset} run {RunId} met an unexpected {Types} at\n{Stack}")]
    internal static partial void Unexpected(ILogger logger, string dataset, string runId, string types, string? stack);

    [LoggerMessage(3005, LogLevel.Warning, "{Dataset} run {RunId} lost its lease")]
    internal static partial void LeaseLost(ILogger logger, string dataset, string runId);

    [LoggerMessage(3006, LogLevel.Warning, "{Dataset} run {RunId} of a dead process ended as {Status}")]
    internal static partial void ClosedDead(ILogger logger, string dataset, string runId, string status);

    [LoggerMessage(3007, LogLevel.Information, "{Dataset}: new source column {Column} is not in the contract")]
    internal static partial void NewColumn(ILogger logger, string dataset, string column);

    [LoggerMessage(3008, LogLevel.Warning, "{Dataset}: {Code} while old files were collected")]
    internal static partial void CollectionFailed(ILogger logger, string dataset, string code);

    [LoggerMessage(3010, LogLevel.Information, "{Dataset}: version {Version} is no longer kept; its files are gone")]
    internal static partial void Collected(ILogger logger, string dataset, string version);

    [LoggerMessage(3011, LogLevel.Information, "Landing: {Sha256} ({Bytes} bytes) is no longer kept and is gone")]
    internal static partial void LandingRemoved(ILogger logger, string sha256, long bytes);

    [LoggerMessage(3009, LogLevel.Warning, "The state database did not answer a renewal of {Dataset}")]
    internal static partial void RenewalFailed(ILogger logger, string dataset);

    [LoggerMessage(3012, LogLevel.Debug, "Run {RunId}: {Code} while its progress was noted")]
    internal static partial void ProgressNotNoted(ILogger logger, string runId, string code);

    [LoggerMessage(3013, LogLevel.Information, "{Dataset}: {Actor} asked for a run")]
    internal static partial void Asked(ILogger logger, string dataset, string actor);

    [LoggerMessage(3014, LogLevel.Warning, "{Dataset}: {Code} before its run could begin; the slot is looked at again within a minute")]
    internal static partial void SlotPostponed(ILogger logger, string dataset, string code);

    [LoggerMessage(3015, LogLevel.Error, "{Dataset} run {RunId} hangs in a call that nothing interrupts; its work is left behind, and the dataset does not run in this process until that call returns")]
    internal static partial void LeftBehind(ILogger logger, string dataset, string runId);

    [LoggerMessage(3016, LogLevel.Warning, "{Dataset} run {RunId}: the call that hung has returned with {Outcome}; the dataset may run again")]
    internal static partial void CameBack(ILogger logger, string dataset, string runId, string outcome);

    [LoggerMessage(3434, LogLevel.Information, "{Dataset} run {RunId} has released its version: {Status}, version {Version}")]
    internal static partial void Released(ILogger logger, string dataset, string runId, string status, string? version);

    [LoggerMessage(3435, LogLevel.Warning, "{Dataset} run {RunId}: {Code} while its approved version was published; tried again")]
    internal static partial void ReleaseFailed(ILogger logger, string dataset, string runId, string code);

    [LoggerMessage(3436, LogLevel.Information, "{Dataset} run {RunId} no longer waits; the files it held are gone")]
    internal static partial void NoLongerWaits(ILogger logger, string dataset, string runId);

    [LoggerMessage(3430, LogLevel.Warning, "{Dataset}: the source suggests {Count} changes of the contract; see the command proposals")]
    internal static partial void Proposed(ILogger logger, string dataset, int count);

    [LoggerMessage(3431, LogLevel.Warning, "{Dataset}: {Code} while changes of the contract were looked for")]
    internal static partial void ProposalFailed(ILogger logger, string dataset, string code);

    [LoggerMessage(3420, LogLevel.Warning, "{Dataset}: {Code} while the days of the full reconcile were counted once more; the version is published")]
    internal static partial void NotSettled(ILogger logger, string dataset, string code);

    [LoggerMessage(3260, LogLevel.Warning, "{Dataset}: {Code} while refused records were kept for operators; their counts are whole")]
    internal static partial void QuarantineNotKept(ILogger logger, string dataset, string code);

    [LoggerMessage(3261, LogLevel.Information, "{Dataset}: refused records of run {Run} are no longer kept")]
    internal static partial void QuarantineRemoved(ILogger logger, string dataset, string run);
}
