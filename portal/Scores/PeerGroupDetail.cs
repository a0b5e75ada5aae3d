using OpenData.Catalogs;

namespace OpenData.Portal.Scores;

/// <summary>A league.</summary>
public sealed record PeerGroupDetail
{
    /// <summary>Code.</summary>
    /// <example>ward</example>
    public required string Code { get; init; }

    /// <summary>Name.</summary>
    public required LocalText Name { get; init; }
}
