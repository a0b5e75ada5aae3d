namespace OpenData.Portal.Api;

/// <summary>One run.</summary>
public sealed record RunSummary
{
    /// <summary>Run id; sorts by time.</summary>
    /// <example>20261122T0229580011234Z-1a2b3c4d</example>
    public required string Id { get; init; }

    /// <summary>Dataset id.</summary>
    /// <example>one_stop_cases</example>
    public required string Dataset { get; init; }

    /// <summary><c>command</c>, <c>schedule</c>, <c>first_start</c>, <c>parent</c>, <c>request</c>, <c>reconcile</c> or <c>backfill</c>.</summary>
    /// <example>schedule</example>
    public required string Trigger { get; init; }

    /// <summary><c>started</c>, <c>waiting</c> (for approval), <c>succeeded</c>, <c>unchanged</c>, <c>failed</c>, <c>blocked</c> or <c>interrupted</c>.</summary>
    /// <example>succeeded</example>
    public required string Status { get; init; }

    /// <summary>Begin (UTC).</summary>
    /// <example>2026-11-22T02:29:58.001Z</example>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>End (UTC); null while at work.</summary>
    /// <example>2026-11-22T02:30:15.200Z</example>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Version published, or the current one when unchanged.</summary>
    /// <example>20261122T023015123Z-1a2b3c4d</example>
    public string? Version { get; init; }

    /// <summary>Rows of that version.</summary>
    /// <example>61234</example>
    public long? Rows { get; init; }

    /// <summary>What became of the received records.</summary>
    public CountsDetail? Counts { get; init; }

    /// <summary>Code of the failure; docs/errors.md explains each.</summary>
    public string? CauseCode { get; init; }
}
