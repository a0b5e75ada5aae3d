namespace OpenData.Portal.Api;

/// <summary>Facts about a column of one version.</summary>
public sealed record ColumnFacts
{
    /// <summary>Rows without a value.</summary>
    /// <example>0</example>
    public required long Nulls { get; init; }

    /// <summary>Distinct values.</summary>
    /// <example>92</example>
    public required long Distinct { get; init; }

    /// <summary>Least value as text.</summary>
    /// <example>05434</example>
    public string? Min { get; init; }

    /// <summary>Greatest value as text.</summary>
    /// <example>05941</example>
    public string? Max { get; init; }

    /// <summary>Most frequent values.</summary>
    public required IReadOnlyList<FrequentValue> Top { get; init; }
}
