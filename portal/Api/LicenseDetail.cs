using OpenData.Catalogs;

namespace OpenData.Portal.Api;

/// <summary>Terms of use.</summary>
public sealed record LicenseDetail
{
    /// <summary>Stable id.</summary>
    /// <example>vn_open_1</example>
    public required string Id { get; init; }

    /// <summary>Short name.</summary>
    public required LocalText Name { get; init; }

    /// <summary>The terms in a sentence or two.</summary>
    public required LocalText Text { get; init; }

    /// <summary>Address of the full text.</summary>
    public string? Url { get; init; }

    /// <summary>How to name the source.</summary>
    public required LocalText Attribution { get; init; }
}
