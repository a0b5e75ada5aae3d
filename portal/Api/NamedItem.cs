using OpenData.Catalogs;

namespace OpenData.Portal.Api;

/// <summary>An id with its name.</summary>
public sealed record NamedItem
{
    /// <summary>Stable id.</summary>
    /// <example>so_noi_vu</example>
    public required string Id { get; init; }

    /// <summary>Name.</summary>
    public required LocalText Name { get; init; }
}
