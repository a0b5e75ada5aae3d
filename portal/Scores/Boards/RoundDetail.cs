namespace OpenData.Portal.Scores.Boards;

/// <summary>A published round with its units.</summary>
public sealed record RoundDetail
{
    /// <summary>The round.</summary>
    public required RoundSummary Round { get; init; }

    /// <summary>False while ranks or components still speak of another revision; they follow within minutes.</summary>
    public required bool Whole { get; init; }

    /// <summary>How intervals came about; null when they are not computed for this round.</summary>
    public RobustnessDetail? Robustness { get; init; }

    /// <summary>Units: leagues in order, ranks in leagues, units without a rank last.</summary>
    public required IReadOnlyList<RoundUnitDetail> Units { get; init; }
}
