using OpenData.Catalogs;

namespace OpenData.Portal.Scores.Boards;

/// <summary>A published round in a list.</summary>
public sealed record RoundSummary
{
    /// <summary>Stable id.</summary>
    /// <example>dti_department-2025</example>
    public required string Id { get; init; }

    /// <summary>Title.</summary>
    public required LocalText Title { get; init; }

    /// <summary>First day of the period.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day of the period.</summary>
    public required DateOnly To { get; init; }

    /// <summary>1 for the first publication; each correction adds one.</summary>
    /// <example>1</example>
    public required int Revision { get; init; }

    /// <summary>From when the revision is public.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>True when the answers are made up.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>Id of the framework.</summary>
    /// <example>dti_department</example>
    public required string Framework { get; init; }

    /// <summary>The framework's frozen version.</summary>
    /// <example>1</example>
    public required int FrameworkVersion { get; init; }

    /// <summary>False when the framework is a proposal.</summary>
    public required bool Sourced { get; init; }

    /// <summary>Number of units.</summary>
    /// <example>16</example>
    public required int Units { get; init; }

    /// <summary>Codes of its leagues; empty when there is one for all.</summary>
    public required IReadOnlyList<string> Leagues { get; init; }

    /// <summary>Its page.</summary>
    public required string PageUrl { get; init; }
}
