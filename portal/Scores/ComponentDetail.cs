using OpenData.Catalogs;

namespace OpenData.Portal.Scores;

/// <summary>One thing that is scored.</summary>
public sealed record ComponentDetail
{
    /// <summary>Code.</summary>
    /// <example>1.04</example>
    public required string Code { get; init; }

    /// <summary>Name.</summary>
    public required LocalText Name { get; init; }

    /// <summary>Maximum; in a monitored index the weight among its siblings.</summary>
    /// <example>10</example>
    public required decimal Points { get; init; }

    /// <summary>Whether name and points are the act's own; otherwise they are a proposal.</summary>
    public required bool Sourced { get; init; }

    /// <summary>How answers become points.</summary>
    public required FormulaDetail Formula { get; init; }

    /// <summary>What its inputs mean.</summary>
    public required IReadOnlyList<InputDetail> Inputs { get; init; }

    /// <summary><c>redistribute</c>, <c>exclude</c> or <c>zero</c>: its points when it does not apply to a unit.</summary>
    /// <example>redistribute</example>
    public required string NotApplicable { get; init; }

    /// <summary><c>zero</c>, <c>previous</c> or <c>exclude</c>: its points when a unit gave no answer.</summary>
    /// <example>zero</example>
    public required string Missing { get; init; }

    /// <summary>Decimals to which its points are rounded before they are added; null when they are not.</summary>
    public int? Decimals { get; init; }

    /// <summary>Evidence asked for; null when none is.</summary>
    public LocalText? Evidence { get; init; }

    /// <summary>Who supplies the answer; null when the unit does.</summary>
    public string? Supplier { get; init; }

    /// <summary>Who verifies it; null when the round's verifier does.</summary>
    public string? Verifier { get; init; }
}
