using OpenData.Catalogs;

namespace OpenData.Portal.Api;

/// <summary>A publisher or theme with the number of open datasets it has.</summary>
public sealed record CountedItem
{
    /// <summary>Stable id; value of the filter of that name.</summary>
    /// <example>so_noi_vu</example>
    public required string Id { get; init; }

    /// <summary>Name.</summary>
    public required LocalText Name { get; init; }

    /// <summary>Open datasets.</summary>
    /// <example>4</example>
    public required int Datasets { get; init; }
}
