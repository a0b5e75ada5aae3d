namespace OpenData.Portal.Scores;

/// <summary>A step of a formula.</summary>
public sealed record StepDetail
{
    /// <summary>Least value, inclusive.</summary>
    /// <example>2</example>
    public required decimal From { get; init; }

    /// <summary>Share of the points from there on, 0 to 1.</summary>
    /// <example>0.5</example>
    public required decimal Share { get; init; }
}
