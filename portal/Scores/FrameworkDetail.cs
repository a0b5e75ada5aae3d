using OpenData.Catalogs;

namespace OpenData.Portal.Scores;

/// <summary>A scoring framework as a whole.</summary>
public sealed record FrameworkDetail
{
    /// <summary>What a list says of it.</summary>
    public required FrameworkSummary Framework { get; init; }

    /// <summary>What is official and what is proposed; null when nothing needs saying.</summary>
    public LocalText? Note { get; init; }

    /// <summary>Where its facts come from.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary><c>unrounded</c> or <c>published</c>: what ranks are taken from.</summary>
    /// <example>unrounded</example>
    public required string RankBy { get; init; }

    /// <summary>Decimals of published values (points ÷ maximum).</summary>
    /// <example>4</example>
    public required int Decimals { get; init; }

    /// <summary>SHA-256 of everything it says.</summary>
    public required string Hash { get; init; }

    /// <summary>Named sets of main indices; they may overlap and are never added.</summary>
    public required IReadOnlyList<PillarDetail> Pillars { get; init; }

    /// <summary>Leagues in which units are ranked; empty when all units are one.</summary>
    public required IReadOnlyList<PeerGroupDetail> PeerGroups { get; init; }

    /// <summary>Main indices in order.</summary>
    public required IReadOnlyList<MainIndexDetail> MainIndices { get; init; }
}
