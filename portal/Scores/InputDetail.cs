using OpenData.Catalogs;

namespace OpenData.Portal.Scores;

/// <summary>An input of a component's formula.</summary>
public sealed record InputDetail
{
    /// <summary>The formula's name for it.</summary>
    /// <example>a</example>
    public required string Role { get; init; }

    /// <summary>What is asked; null when the framework says nothing of it.</summary>
    public LocalText? Title { get; init; }

    /// <summary>Unit of measure; null for none.</summary>
    /// <example>case</example>
    public string? Unit { get; init; }

    /// <summary>The query that fills it; null when a person answers.</summary>
    public AutomaticDetail? Automatic { get; init; }
}
