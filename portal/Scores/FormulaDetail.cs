using OpenData.Catalogs;

namespace OpenData.Portal.Scores;

/// <summary>A formula: its kind, its numbers and what it says in words. Numbers that its kind does not have are null.</summary>
public sealed record FormulaDetail
{
    /// <summary>Kind.</summary>
    /// <example>ratio_capped</example>
    public required string Kind { get; init; }

    /// <summary>What earns how many points, in words.</summary>
    public required LocalText Sentence { get; init; }

    /// <summary>Share of the points for each level or part, 0 to 1.</summary>
    public IReadOnlyDictionary<string, decimal>? Shares { get; init; }

    /// <summary>Steps from the least on: what a value is worth from there.</summary>
    public IReadOnlyList<StepDetail>? Steps { get; init; }

    /// <summary>What is worth all points: a ratio, a growth.</summary>
    public decimal? Target { get; init; }

    /// <summary>The count that is worth all points.</summary>
    public decimal? Full { get; init; }

    /// <summary>The value that is worth nothing.</summary>
    public decimal? Min { get; init; }

    /// <summary>The value that is worth all points.</summary>
    public decimal? Max { get; init; }

    /// <summary>The greatest score of a survey.</summary>
    public decimal? Scale { get; init; }

    /// <summary><c>zero</c>, <c>full</c> or <c>not_applicable</c>: what nothing of nothing is worth.</summary>
    public string? Zero { get; init; }

    /// <summary><c>error</c> or <c>cap</c>: what a numerator above its denominator is.</summary>
    public string? Above { get; init; }
}
