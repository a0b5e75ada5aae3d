using OpenData.Catalogs;

namespace OpenData.Portal.Api;

/// <summary>Everything about a dataset.</summary>
public sealed record DatasetDetail
{
    /// <summary>Stable id, also the OData entity set.</summary>
    /// <example>one_stop_cases</example>
    public required string Id { get; init; }

    /// <summary>Title.</summary>
    public required LocalText Title { get; init; }

    /// <summary>What a row is.</summary>
    public required LocalText Summary { get; init; }

    /// <summary>Who answers for the data.</summary>
    public required NamedItem Publisher { get; init; }

    /// <summary>Subject heading.</summary>
    public required NamedItem Theme { get; init; }

    /// <summary>Terms of use.</summary>
    public required LicenseDetail License { get; init; }

    /// <summary>Current version.</summary>
    /// <example>20261122T023015123Z-1a2b3c4d</example>
    public required string Version { get; init; }

    /// <summary>Rows of the current version.</summary>
    /// <example>61234</example>
    public required long Rows { get; init; }

    /// <summary>When the current version was published (UTC).</summary>
    /// <example>2026-11-22T02:30:15.123Z</example>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>When the source was read (UTC).</summary>
    /// <example>2026-11-22T02:29:58.001Z</example>
    public required DateTimeOffset ExtractedAt { get; init; }

    /// <summary>When the source is read next (UTC), where the scheduler has said.</summary>
    /// <example>2026-11-22T18:30:00Z</example>
    public DateTimeOffset? NextReadingAt { get; init; }

    /// <summary>Whether the data is as new as promised.</summary>
    public required FreshnessDetail Freshness { get; init; }

    /// <summary>True when the values are made up.</summary>
    /// <example>true</example>
    public required bool Synthetic { get; init; }

    /// <summary>Key columns; the single word <c>row</c> means that rows have no natural key.</summary>
    public required IReadOnlyList<string> Key { get; init; }

    /// <summary>Columns in order.</summary>
    public required IReadOnlyList<ColumnDetail> Columns { get; init; }

    /// <summary>Whole tables.</summary>
    public required IReadOnlyList<DownloadLink> Downloads { get; init; }

    /// <summary>Absolute address of the OData entity set.</summary>
    /// <example>https://data.example.vn/odata/one_stop_cases</example>
    public required string ODataUrl { get; init; }

    /// <summary>Absolute address of the page for readers.</summary>
    /// <example>https://data.example.vn/datasets/one_stop_cases</example>
    public required string PageUrl { get; init; }
}
