using OpenData.Catalogs;

namespace OpenData.Portal.Scores;

/// <summary>A main index.</summary>
public sealed record MainIndexDetail
{
    /// <summary>Code.</summary>
    /// <example>1</example>
    public required string Code { get; init; }

    /// <summary>Name.</summary>
    public required LocalText Name { get; init; }

    /// <summary>Maximum; 0 for an index that is only monitored, null when unknown.</summary>
    /// <example>100</example>
    public decimal? Points { get; init; }

    /// <summary>How many components the act names; null when it does not say.</summary>
    /// <example>10</example>
    public int? ComponentCount { get; init; }

    /// <summary>Whether the maximum is the act's own.</summary>
    public required bool Sourced { get; init; }

    /// <summary>Components in order; empty when unknown.</summary>
    public required IReadOnlyList<ComponentDetail> Components { get; init; }
}
