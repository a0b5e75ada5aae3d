namespace OpenData.Portal.Api;

/// <summary>A column of an open dataset.</summary>
public sealed record ColumnSource
{
    /// <summary>Dataset id.</summary>
    /// <example>one_stop_cases</example>
    public required string Dataset { get; init; }

    /// <summary>Column.</summary>
    /// <example>submitted_at</example>
    public required string Column { get; init; }
}
