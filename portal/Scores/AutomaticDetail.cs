namespace OpenData.Portal.Scores;

/// <summary>An input that is computed from a published dataset, so that anyone can compute it again.</summary>
public sealed record AutomaticDetail
{
    /// <summary>Open dataset of the catalogue.</summary>
    /// <example>cashless_markets</example>
    public required string Dataset { get; init; }

    /// <summary>Its column with the code of the assessed unit.</summary>
    /// <example>commune</example>
    public required string UnitColumn { get; init; }

    /// <summary><c>count</c>, <c>sum</c>, <c>mean</c>, <c>min</c> or <c>max</c>.</summary>
    /// <example>sum</example>
    public required string Measure { get; init; }

    /// <summary>The column that is summed, averaged or compared; null for a count.</summary>
    /// <example>stalls_qr</example>
    public string? Column { get; init; }

    /// <summary>Column by which rows belong to the round's period; null when all rows count.</summary>
    /// <example>month</example>
    public string? PeriodColumn { get; init; }

    /// <summary>Conditions that a row meets all of; empty when all rows count.</summary>
    public IReadOnlyList<AutomaticCondition> Filter { get; init; } = [];
}
