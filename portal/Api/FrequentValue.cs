namespace OpenData.Portal.Api;

/// <summary>A value and how many rows hold it.</summary>
public sealed record FrequentValue
{
    /// <summary>The value as text.</summary>
    /// <example>05443</example>
    public required string Value { get; init; }

    /// <summary>Rows.</summary>
    /// <example>1204</example>
    public required long Rows { get; init; }
}
