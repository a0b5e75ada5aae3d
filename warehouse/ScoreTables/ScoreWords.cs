using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Scoring;

namespace OpenData.Warehouse.ScoreTables;

/// <summary>The words that stand in published tables; a word that stands once never changes.</summary>
internal static class ScoreWords
{
    internal static string Of(ScoreState state) => state switch
    {
        ScoreState.Scored => "scored",
        ScoreState.NotApplicable => "not_applicable",
        ScoreState.Missing => "missing",
        ScoreState.Carried => "carried",
        ScoreState.Invalid => "invalid",
        ScoreState.Adjusted => "adjusted",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    internal static string Of(AnswerProblem problem) => problem switch
    {
        AnswerProblem.InputMissing => "input_missing",
        AnswerProblem.Negative => "negative",
        AnswerProblem.AboveWhole => "above_whole",
        AnswerProblem.UnknownLevel => "unknown_level",
        AnswerProblem.OutOfScale => "out_of_scale",
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, null),
    };

    internal static string Of(NotApplicableRule rule) => rule switch
    {
        NotApplicableRule.Redistribute => "redistribute",
        NotApplicableRule.Exclude => "exclude",
        NotApplicableRule.Zero => "zero",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
    };

    internal static string Of(MissingRule rule) => rule switch
    {
        MissingRule.Zero => "zero",
        MissingRule.Previous => "previous",
        MissingRule.Exclude => "exclude",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
    };
}
