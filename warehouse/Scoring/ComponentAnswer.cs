namespace OpenData.Warehouse.Scoring;

/// <summary>What is known of one component of one unit.</summary>
/// <param name="Component">Code of the component.</param>
/// <param name="Kind">Answered, not applicable or missing.</param>
public sealed record ComponentAnswer(string Component, AnswerKind Kind)
{
    /// <summary>Numbers by role; yes is 1 and no is 0.</summary>
    public IReadOnlyDictionary<string, decimal> Numbers { get; init; } = new Dictionary<string, decimal>(StringComparer.Ordinal);

    /// <summary>The level chosen, for formulas with levels.</summary>
    public string? Level { get; init; }

    /// <summary>Share of the points in the round before, for components whose missing rule is <c>previous</c>; null when there was none.</summary>
    public decimal? PreviousShare { get; init; }

    /// <summary>Share of the points that a council set in place of the formula's, 0 to 1; null lets the formula say it.</summary>
    public decimal? SetShare { get; init; }

    /// <summary>An answer with numbers.</summary>
    public static ComponentAnswer Of(string component, params IEnumerable<(string Role, decimal Value)> numbers)
        => new(component, AnswerKind.Answered) { Numbers = numbers.ToDictionary(n => n.Role, n => n.Value, StringComparer.Ordinal) };

    /// <summary>An answer by level.</summary>
    public static ComponentAnswer OfLevel(string component, string level) => new(component, AnswerKind.Answered) { Level = level };
}
