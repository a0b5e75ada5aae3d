using OpenData.Catalogs;

namespace OpenData.Portal.Scores.Boards;

/// <summary>A component of a unit as it is published.</summary>
/// <param name="MainIndex">Code of its main index.</param>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">Word of the table: <c>scored</c>, <c>missing</c>, …</param>
/// <param name="Share">Share of the points, 0 to 1.</param>
/// <param name="Points">Official points.</param>
/// <param name="Maximum">The unit's maximum here.</param>
/// <param name="SelfPoints">By the unit's own answer.</param>
/// <param name="VerifiedPoints">By the verified answer.</param>
public sealed record BoardComponent(
    string MainIndex, string Code, LocalText Name, string State, decimal Share, decimal Points, decimal Maximum, decimal SelfPoints, decimal VerifiedPoints)
{
    /// <summary>What contradicts itself, a word of the table; null when nothing does.</summary>
    public string? Problem { get; init; }

    /// <summary>On whose word it stands: <c>automatic</c>, <c>verified</c>, <c>self_reported</c>; null when nobody said anything.</summary>
    public string? Origin { get; init; }

    /// <summary>Inputs by the names of the formula, <c>a=12; b=15</c>; null when there are none.</summary>
    public string? Inputs { get; init; }

    /// <summary>Datasets and versions that were counted; null when no query was.</summary>
    public string? DatasetVersions { get; init; }

    /// <summary>Queries that give the automatic inputs again.</summary>
    public string? Queries { get; init; }

    /// <summary>References to its evidence.</summary>
    public IReadOnlyList<BoardEvidence> Evidence { get; init; } = [];
}
