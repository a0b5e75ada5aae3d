namespace OpenData.Portal.Api;

/// <summary>Whether a dataset is as new as its contract promises.</summary>
public sealed record FreshnessDetail
{
    /// <summary><c>on_time</c>, <c>due</c> or <c>late</c>.</summary>
    /// <example>on_time</example>
    public required string State { get; init; }

    /// <summary>Why not on time: <c>source_silent</c>, <c>contract_broken</c>, <c>rows_quarantined</c>, <c>waiting_for_parent</c>, <c>waiting_for_approval</c>, <c>not_approved</c>, <c>job_failed</c>, <c>interrupted</c>, <c>schedule_paused</c> or <c>not_started</c>.</summary>
    public string? Cause { get; init; }

    /// <summary>When it becomes or became late (UTC).</summary>
    /// <example>2026-11-23T14:29:58Z</example>
    public DateTimeOffset? LateFrom { get; init; }
}
