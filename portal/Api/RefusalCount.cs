namespace OpenData.Portal.Api;

/// <summary>How many records a rule refused.</summary>
public sealed record RefusalCount
{
    /// <summary>Stable name of the rule.</summary>
    /// <example>matches(case_id)</example>
    public required string Rule { get; init; }

    /// <summary>Column; null when the record as a whole is meant.</summary>
    /// <example>case_id</example>
    public string? Column { get; init; }

    /// <summary>Records refused.</summary>
    /// <example>3</example>
    public required long Rows { get; init; }
}
