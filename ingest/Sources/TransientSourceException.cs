using OpenData.Catalogs.Errors;

namespace OpenData.Ingest.Sources;

/// <summary>A failure that may pass by itself: the retry policy tries again and, when its patience ends, throws <see cref="Failure"/>.</summary>
internal sealed class TransientSourceException(OpenDataException failure, TimeSpan? retryAfter) : Exception(failure.Message, failure)
{
    /// <summary>What to report when no try succeeds.</summary>
    internal OpenDataException Failure { get; } = failure;

    /// <summary>How long the source asked us to wait; null when it did not say.</summary>
    internal TimeSpan? RetryAfter { get; } = retryAfter;
}
