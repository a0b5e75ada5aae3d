using OpenData.Catalogs;

namespace OpenData.Portal.Scores.Boards;

/// <summary>A component of a unit, explained.</summary>
public sealed record ComponentResult
{
    /// <summary>Code of its main index.</summary>
    /// <example>1</example>
    public required string MainIndex { get; init; }

    /// <summary>Its code.</summary>
    /// <example>1.2</example>
    public required string Code { get; init; }

    /// <summary>Its name.</summary>
    public required LocalText Name { get; init; }

    /// <summary><c>scored</c>, <c>not_applicable</c>, <c>missing</c>, <c>carried</c>, <c>invalid</c> or <c>adjusted</c>.</summary>
    /// <example>scored</example>
    public required string State { get; init; }

    /// <summary>Official points.</summary>
    public required decimal Points { get; init; }

    /// <summary>The unit's maximum here.</summary>
    public required decimal Maximum { get; init; }

    /// <summary>Points by the unit's own answer.</summary>
    public required decimal SelfPoints { get; init; }

    /// <summary>Points by the verified answer.</summary>
    public required decimal VerifiedPoints { get; init; }

    /// <summary>The formula with the numbers filled in; null when the published inputs do not tell it.</summary>
    public LocalText? Formula { get; init; }

    /// <summary><c>automatic</c>, <c>verified</c>, <c>self_reported</c>; null when nobody said anything.</summary>
    public string? Origin { get; init; }

    /// <summary>Inputs by the names of the formula.</summary>
    /// <example>a=12; b=15</example>
    public string? Inputs { get; init; }

    /// <summary>Versions of datasets from which automatic inputs were counted.</summary>
    public required IReadOnlyList<BoardSource> Sources { get; init; }

    /// <summary>Queries that give the automatic inputs again.</summary>
    public string? Queries { get; init; }

    /// <summary>References to its evidence.</summary>
    public required IReadOnlyList<BoardEvidence> Evidence { get; init; }

    /// <summary>Points to the maximum; null where nothing counts.</summary>
    public decimal? ToMaximum { get; init; }

    /// <summary>Points that the share of the best of the league would bring.</summary>
    public decimal? ToBest { get; init; }

    /// <summary>Code of the best of the league.</summary>
    public string? BestUnit { get; init; }
}
