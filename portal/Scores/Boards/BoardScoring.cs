using System.Globalization;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Scoring;

namespace OpenData.Portal.Scores.Boards;

/// <summary>Pure: a board → the records that robustness and explanation are computed from.</summary>
internal static class BoardScoring
{
    /// <summary>The framework that the round froze, when the catalogue has it as it was then; null when it was changed since.</summary>
    public static Framework? FrameworkOf(RoundBoard board, IReadOnlyList<Framework> known)
        => known.FirstOrDefault(f => f.Id == board.Framework.Id && f.Version == board.Framework.Version) is { IsStructureOnly: false } framework
            && string.Equals(FrameworkFacts.Hash(framework), board.Framework.Hash, StringComparison.Ordinal) ? framework : null;

    /// <summary>Scores of the units that have components of their own.</summary>
    public static IReadOnlyList<UnitScore> Scores(RoundBoard board, Framework framework)
        => [.. board.Units.Where(u => HasAll(u, framework)).Select(u => Score(u, framework))];

    /// <summary>True when the unit has every component of the framework; one that was made of others has none.</summary>
    public static bool HasAll(BoardUnit unit, Framework framework) => unit.Components.Select(c => c.Code).ToHashSet(StringComparer.Ordinal).SetEquals(framework.Components.Select(c => c.Code));

    /// <summary>Answers of the units, as far as they are published.</summary>
    public static IReadOnlyList<AssessedUnit> Units(RoundBoard board, Framework framework)
        => [.. board.Units.Where(u => HasAll(u, framework)).Select(u => new AssessedUnit(u.Code, u.League, Answers(u, framework)) { IsRanked = u.IsRanked })];

    /// <summary>The published inputs of a component as an answer; null when they are not all there.</summary>
    public static ComponentAnswer? Answer(BoardComponent component, Formula formula)
    {
        string? level = null;
        var numbers = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var part in (component.Inputs ?? "").Split("; ", StringSplitOptions.RemoveEmptyEntries))
        {
            var (role, value) = part.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (part[..at], part[(at + 1)..]) : ("", "");
            if (role == "level")
            {
                level = value;
            }
            else if (decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                numbers[role] = number;
            }
        }

        var isWhole = formula is Formula.Levels ? level is not null : formula.Roles.All(numbers.ContainsKey);
        return isWhole ? new ComponentAnswer(component.Code, AnswerKind.Answered) { Numbers = numbers, Level = level } : null;
    }

    private static Dictionary<string, ComponentAnswer> Answers(BoardUnit unit, Framework framework)
    {
        var answers = new Dictionary<string, ComponentAnswer>(StringComparer.Ordinal);
        foreach (var (component, rule) in unit.Components.Zip(framework.Components))
        {
            if (Counted(component, rule.Formula) is { } answer)
            {
                answers[component.Code] = answer;
            }
        }

        return answers;
    }

    /// <summary>The answer that gives the published score again, as far as the tables tell it.</summary>
    private static ComponentAnswer? Counted(BoardComponent component, Formula formula) => StateOf(component.State) switch
    {
        ScoreState.NotApplicable => new ComponentAnswer(component.Code, AnswerKind.NotApplicable),
        ScoreState.Carried => new ComponentAnswer(component.Code, AnswerKind.Missing) { PreviousShare = component.Share },
        ScoreState.Adjusted => (Answer(component, formula) ?? new ComponentAnswer(component.Code, AnswerKind.Answered)) with { SetShare = component.Share },
        _ => Answer(component, formula),
    };

    private static UnitScore Score(BoardUnit unit, Framework framework)
    {
        var own = unit.Components.ToDictionary(c => c.Code, StringComparer.Ordinal);
        return new UnitScore(
            unit.Code,
            unit.League,
            unit.IsRanked,
            [.. framework.Components.Select(c => Score(own[c.Code]))],
            [.. unit.MainIndices.Select(Index)],
            [.. unit.Pillars.Select(Index)],
            new IndexScore("", unit.Total.Final.Points, unit.Total.Final.Maximum));
    }

    private static IndexScore Index(BoardScore score) => new(score.Code, score.Final.Points, score.Final.Maximum);

    private static ComponentScore Score(BoardComponent c) => new(c.Code, StateOf(c.State), c.Share, c.Points, c.Maximum, c.Problem is { } problem ? ProblemOf(problem) : null);

    // Words of the table that stand once never change; one that is new here counts as what is shown without a formula.
    private static ScoreState StateOf(string word) => word switch
    {
        "scored" => ScoreState.Scored,
        "not_applicable" => ScoreState.NotApplicable,
        "carried" => ScoreState.Carried,
        "invalid" => ScoreState.Invalid,
        "adjusted" => ScoreState.Adjusted,
        _ => ScoreState.Missing,
    };

    private static AnswerProblem ProblemOf(string word) => word switch
    {
        "negative" => AnswerProblem.Negative,
        "above_whole" => AnswerProblem.AboveWhole,
        "unknown_level" => AnswerProblem.UnknownLevel,
        "out_of_scale" => AnswerProblem.OutOfScale,
        _ => AnswerProblem.InputMissing,
    };
}
