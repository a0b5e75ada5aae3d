using OpenData.Catalogs;

namespace OpenData.Portal.Api;

/// <summary>Quality of the current version: counts, refusals by rule, checks, lateness.</summary>
public sealed record QualityDetail
{
    /// <summary>Dataset id.</summary>
    /// <example>one_stop_cases</example>
    public required string Dataset { get; init; }

    /// <summary>Current version.</summary>
    /// <example>20261122T023015123Z-1a2b3c4d</example>
    public required string Version { get; init; }

    /// <summary>Whether the data is as new as promised.</summary>
    public required FreshnessDetail Freshness { get; init; }

    /// <summary>Why the data is, or is not, on time: since when, what was tried, what comes next, what a person can do.</summary>
    public required IReadOnlyList<LocalText> Explanation { get; init; }

    /// <summary>What became of the received records.</summary>
    public required CountsDetail Counts { get; init; }

    /// <summary>Refused records by rule; never their content.</summary>
    public required IReadOnlyList<RefusalCount> Quarantine { get; init; }

    /// <summary>Checks that ran.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>A newer version that is not served because its files are damaged.</summary>
    public string? RefusedVersion { get; init; }

    /// <summary>The newest run of any outcome.</summary>
    public RunSummary? LatestRun { get; init; }
}
