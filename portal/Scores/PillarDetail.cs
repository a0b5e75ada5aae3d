using OpenData.Catalogs;

namespace OpenData.Portal.Scores;

/// <summary>A named set of main indices.</summary>
public sealed record PillarDetail
{
    /// <summary>Code.</summary>
    /// <example>DG</example>
    public required string Code { get; init; }

    /// <summary>Name.</summary>
    public required LocalText Name { get; init; }

    /// <summary>Maximum as the act says it; null when it says none.</summary>
    /// <example>700</example>
    public decimal? Points { get; init; }

    /// <summary>Codes of its main indices.</summary>
    public required IReadOnlyList<string> MainIndices { get; init; }

    /// <summary>Whether the set is the act's own.</summary>
    public required bool Sourced { get; init; }
}
