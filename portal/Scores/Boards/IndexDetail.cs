using OpenData.Catalogs;

namespace OpenData.Portal.Scores.Boards;

/// <summary>A total, pillar or main index of a unit.</summary>
public sealed record IndexDetail
{
    /// <summary>Its code.</summary>
    /// <example>1</example>
    public required string Code { get; init; }

    /// <summary>Its name.</summary>
    public required LocalText Name { get; init; }

    /// <summary>Whether its points belong to the total.</summary>
    public required bool Counted { get; init; }

    /// <summary>The official result.</summary>
    public required BoardPoints Final { get; init; }

    /// <summary>By the unit's own answers.</summary>
    public required BoardPoints Self { get; init; }

    /// <summary>By verified answers.</summary>
    public required BoardPoints Verified { get; init; }
}
