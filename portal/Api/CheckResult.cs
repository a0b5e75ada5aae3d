namespace OpenData.Portal.Api;

/// <summary>Outcome of one check.</summary>
public sealed record CheckResult
{
    /// <summary>Stable name.</summary>
    /// <example>unique(case_id)</example>
    public required string Rule { get; init; }

    /// <summary>Rows looked at.</summary>
    /// <example>61240</example>
    public required long Checked { get; init; }

    /// <summary>Rows that failed.</summary>
    /// <example>0</example>
    public required long Failed { get; init; }

    /// <summary><c>warn</c>, <c>quarantine</c> or <c>block</c>.</summary>
    /// <example>quarantine</example>
    public required string OnFail { get; init; }

    /// <summary><c>passed</c>, <c>warned</c> or <c>quarantined</c>.</summary>
    /// <example>passed</example>
    public required string Outcome { get; init; }
}
