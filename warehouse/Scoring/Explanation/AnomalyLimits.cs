namespace OpenData.Warehouse.Scoring.Explanation;

/// <summary>From where on something is worth a look.</summary>
public sealed record AnomalyLimits
{
    /// <summary>Change of a component's share against the round before, up or down, above which it is a jump. Default 0.4.</summary>
    public decimal JumpShare { get; init; } = 0.4m;

    /// <summary>Share of compared answers that two units must have in common to be shown. Default 0.9.</summary>
    public decimal SameShare { get; init; } = 0.9m;

    /// <summary>Answers with amounts that two units must both have given before they are compared. Default 5.</summary>
    public int ComparedMin { get; init; } = 5;
}
