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

    /// <summary>The version before; null for the first.</summary>
    /// <example>20261121T023014001Z-99aabbcc</example>
    public string? PreviousVersion { get; init; }

    /// <summary>Rows that the version before did not have.</summary>
    /// <example>120</example>
    public required long RowsAdded { get; init; }

    /// <summary>Rows whose values differ from the version before.</summary>
    /// <example>30</example>
    public required long RowsChanged { get; init; }

    /// <summary>Rows that only the version before had.</summary>
    /// <example>0</example>
    public required long RowsRemoved { get; init; }

    /// <summary>Why it was published, where somebody wrote it down.</summary>
    /// <example>Corrected commune names</example>
    public string? Reason { get; init; }

    /// <summary>
    /// Its files stay at least until then; in the past when they may go. Null: the reason in kept_because sets no end in time, or they are gone.
    /// </summary>
    public DateTimeOffset? KeptUntil { get; init; }

    /// <summary>
    /// Why its files are there: current, pinned, last_of_month (for ever), among_newest, replaced_recently, may_go; collected when they are gone.
    /// </summary>
    /// <example>last_of_month</example>
    public required string KeptBecause { get; init; }

    /// <summary>While among_newest: after so many more versions it no longer is.</summary>
    /// <example>5</example>
    public int? VersionsLeft { get; init; }

    /// <summary>Why somebody pinned it; null when nobody did.</summary>
    public string? PinReason { get; init; }

    /// <summary>When its files were collected; null while they are there.</summary>
    public DateTimeOffset? CollectedAt { get; init; }
}
