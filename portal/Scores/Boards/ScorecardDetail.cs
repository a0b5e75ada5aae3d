namespace OpenData.Portal.Scores.Boards;

/// <summary>A unit's result, explained.</summary>
public sealed record ScorecardDetail
{
    /// <summary>The round.</summary>
    public required RoundSummary Round { get; init; }

    /// <summary>The unit on the board.</summary>
    public required RoundUnitDetail Unit { get; init; }

    /// <summary>Total: self, verified and final.</summary>
    public required IndexDetail Total { get; init; }

    /// <summary>Pillars; they overlap and are never added.</summary>
    public required IReadOnlyList<IndexDetail> Pillars { get; init; }

    /// <summary>Main indices.</summary>
    public required IReadOnlyList<IndexDetail> MainIndices { get; init; }

    /// <summary>Components; empty for a unit that was merged from others.</summary>
    public required IReadOnlyList<ComponentResult> Components { get; init; }

    /// <summary>Points by how well they are founded: <c>automatic</c>, <c>verified</c>, <c>self_reported</c>.</summary>
    public required IReadOnlyDictionary<string, decimal> PointsBySource { get; init; }

    /// <summary>Codes of the components that bring most up to the maximum, at most three.</summary>
    public required IReadOnlyList<string> MostToMaximum { get; init; }

    /// <summary>Codes of the components that bring most up to the best of the league, at most three.</summary>
    public required IReadOnlyList<string> MostToBest { get; init; }
}
