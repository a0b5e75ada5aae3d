namespace OpenData.Portal.Scores.Boards;

/// <summary>How weights were varied; with it anybody can compute the intervals again.</summary>
public sealed record RobustnessDetail
{
    /// <summary>Where the random numbers begin.</summary>
    /// <example>2022</example>
    public required long Seed { get; init; }

    /// <summary>Number of draws.</summary>
    /// <example>10000</example>
    public required int Draws { get; init; }

    /// <summary>How far a weight goes up or down, as a share of itself.</summary>
    /// <example>0.25</example>
    public required double Spread { get; init; }

    /// <summary>Share of the draws above which two neighbours are too close to call.</summary>
    /// <example>0.1</example>
    public required double CloseShare { get; init; }
}
