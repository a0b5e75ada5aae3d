namespace OpenData.Portal.Scores;

/// <summary>A condition on the rows that an automatic input looks at.</summary>
public sealed record AutomaticCondition
{
    /// <summary>Column of the dataset.</summary>
    /// <example>status</example>
    public required string Column { get; init; }

    /// <summary>A row counts when the column has one of these values, written as the column's type writes them.</summary>
    public required IReadOnlyList<string> Values { get; init; }
}
