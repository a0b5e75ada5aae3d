namespace OpenData.Portal.Api;

/// <summary>A version of a dataset.</summary>
public sealed record VersionSummary
{
    /// <summary>Name; sorts by time.</summary>
    /// <example>20261122T023015123Z-1a2b3c4d</example>
    public required string Version { get; init; }

    /// <summary>When it was published (UTC).</summary>
    /// <example>2026-11-22T02:30:15.123Z</example>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>Rows.</summary>
    /// <example>61234</example>
    public required long Rows { get; init; }

    /// <summary>SHA-256 over structure and plain CSV; equal data has equal hashes.</summary>
    /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
    public required string ContentHash { get; init; }

    /// <summary>True for the version served as the latest.</summary>
    /// <example>true</example>
    public required bool Current { get; init; }

    /// <summary>When its files were collected; null while they are there.</summary>
    public DateTimeOffset? CollectedAt { get; init; }
}
