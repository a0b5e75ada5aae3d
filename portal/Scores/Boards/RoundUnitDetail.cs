namespace OpenData.Portal.Scores.Boards;

/// <summary>A unit on the board of a round.</summary>
public sealed record RoundUnitDetail
{
    /// <summary>Its code.</summary>
    /// <example>19.SNV</example>
    public required string Code { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its league; null when there is one for all.</summary>
    public string? League { get; init; }

    /// <summary>False for a unit that is assessed without a rank.</summary>
    public required bool Ranked { get; init; }

    /// <summary>Its rank; null without one.</summary>
    /// <example>3</example>
    public int? Rank { get; init; }

    /// <summary>Units ranked in the league.</summary>
    /// <example>15</example>
    public int? RankedUnits { get; init; }

    /// <summary>Points ÷ maximum, four decimals.</summary>
    /// <example>0.8125</example>
    public required decimal Value { get; init; }

    /// <summary>Official points.</summary>
    public required decimal Points { get; init; }

    /// <summary>The unit's maximum.</summary>
    public required decimal Maximum { get; init; }

    /// <summary>Value less that of the round before under the same framework; null when there is none.</summary>
    public decimal? Change { get; init; }

    /// <summary>Rank that it reaches or betters in 5 % of the draws; null when that is not computed.</summary>
    public int? RankLow { get; init; }

    /// <summary>Rank that it reaches or betters in 95 % of the draws.</summary>
    public int? RankHigh { get; init; }

    /// <summary>True when it is too close to call with the unit on the next place; null when that is not computed.</summary>
    public bool? CloseToNext { get; init; }

    /// <summary>Its scorecard.</summary>
    public required string PageUrl { get; init; }
}
