using OpenData.Catalogs;

namespace OpenData.Portal.Scores;

/// <summary>A scoring framework in a list.</summary>
public sealed record FrameworkSummary
{
    /// <summary>Stable id.</summary>
    /// <example>dti_province_2022</example>
    public required string Id { get; init; }

    /// <summary>Version; a version under which a round was opened never changes.</summary>
    /// <example>1</example>
    public required int Version { get; init; }

    /// <summary>Title.</summary>
    public required LocalText Title { get; init; }

    /// <summary>What is assessed: <c>nation</c>, <c>ministry</c>, <c>province</c>, <c>department</c>, <c>district</c>, <c>commune</c>.</summary>
    /// <example>province</example>
    public required string Level { get; init; }

    /// <summary>Number of the legal act; null for a proposal without one.</summary>
    /// <example>922/QĐ-BTTTT</example>
    public string? Act { get; init; }

    /// <summary>First day on which it holds; null when unknown.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day; null while it is in force or when unknown.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Years of assessment.</summary>
    public required IReadOnlyList<int> Years { get; init; }

    /// <summary>Greatest number of points.</summary>
    /// <example>1000</example>
    public required decimal Total { get; init; }

    /// <summary>Number of main indices.</summary>
    /// <example>9</example>
    public required int MainIndexCount { get; init; }

    /// <summary>Number of components: those that are described, else as many as the act names; null when unknown.</summary>
    /// <example>98</example>
    public int? ComponentCount { get; init; }

    /// <summary>False for a proposal.</summary>
    public required bool Sourced { get; init; }

    /// <summary>True when maxima are unknown and nothing is scored by it.</summary>
    public required bool StructureOnly { get; init; }

    /// <summary>Its page.</summary>
    public required string PageUrl { get; init; }
}
