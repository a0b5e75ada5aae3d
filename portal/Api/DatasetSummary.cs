using OpenData.Catalogs;

namespace OpenData.Portal.Api;

/// <summary>A dataset in a list.</summary>
public sealed record DatasetSummary
{
    /// <summary>Stable id, also the OData entity set.</summary>
    /// <example>one_stop_cases</example>
    public required string Id { get; init; }

    /// <summary>Title.</summary>
    public required LocalText Title { get; init; }

    /// <summary>What a row is.</summary>
    public required LocalText Summary { get; init; }

    /// <summary>Id of the publisher.</summary>
    /// <example>so_noi_vu</example>
    public required string Publisher { get; init; }

    /// <summary>Id of the theme.</summary>
    /// <example>government</example>
    public required string Theme { get; init; }

    /// <summary>Current version.</summary>
    /// <example>20261122T023015123Z-1a2b3c4d</example>
    public required string Version { get; init; }

    /// <summary>Rows of the current version.</summary>
    /// <example>61234</example>
    public required long Rows { get; init; }

    /// <summary>When the current version was published (UTC).</summary>
    /// <example>2026-11-22T02:30:15.123Z</example>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary><c>on_time</c>, <c>due</c> or <c>late</c>.</summary>
    /// <example>on_time</example>
    public required string Freshness { get; init; }

    /// <summary>True when the values are made up to show the platform at work.</summary>
    /// <example>true</example>
    public required bool Synthetic { get; init; }
}
