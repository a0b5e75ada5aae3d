namespace OpenData.Portal.Api;

/// <summary>A version with its files, counts and parents.</summary>
public sealed record VersionDetail
{
    /// <summary>Dataset id.</summary>
    /// <example>one_stop_cases</example>
    public required string Dataset { get; init; }

    /// <summary>Name; sorts by time.</summary>
    /// <example>20261122T023015123Z-1a2b3c4d</example>
    public required string Version { get; init; }

    /// <summary>When it was published (UTC).</summary>
    /// <example>2026-11-22T02:30:15.123Z</example>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>When the source was read (UTC).</summary>
    /// <example>2026-11-22T02:29:58.001Z</example>
    public required DateTimeOffset ExtractedAt { get; init; }

    /// <summary>Rows.</summary>
    /// <example>61234</example>
    public required long Rows { get; init; }

    /// <summary>SHA-256 over structure and plain CSV.</summary>
    /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
    public required string ContentHash { get; init; }

    /// <summary>The version before.</summary>
    /// <example>20261121T023014001Z-99aabbcc</example>
    public string? PreviousVersion { get; init; }

    /// <summary>The run that published it.</summary>
    /// <example>20261122T0229580011234Z-1a2b3c4d</example>
    public required string RunId { get; init; }

    /// <summary>What became of the received records.</summary>
    public required CountsDetail Counts { get; init; }

    /// <summary>Files; empty when they were collected.</summary>
    public required IReadOnlyList<DownloadLink> Downloads { get; init; }

    /// <summary>Open datasets that it was made from.</summary>
    public required IReadOnlyList<ParentDetail> Parents { get; init; }

    /// <summary>How many parents are not public.</summary>
    /// <example>0</example>
    public required int HiddenParents { get; init; }

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

    /// <summary>Absolute address of what changed since the version before; null when there is none, or its files are gone.</summary>
    /// <example>https://data.example.vn/datasets/one_stop_cases/changes.json?from=20261121T023014001Z-99aabbcc&amp;to=20261122T023015123Z-1a2b3c4d</example>
    public string? ChangesUrl { get; init; }

    /// <summary>When its files were collected; null while they are there.</summary>
    public DateTimeOffset? CollectedAt { get; init; }
}
