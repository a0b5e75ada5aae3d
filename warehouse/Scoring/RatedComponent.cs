using OpenData.Catalogs.Frameworks;

namespace OpenData.Warehouse.Scoring;

/// <summary>A component of one unit before points move between siblings.</summary>
/// <param name="Component">The component.</param>
/// <param name="State">How its share came about.</param>
/// <param name="Share">Share of the points.</param>
/// <param name="Problem">What is wrong with the answer; null when nothing is.</param>
internal sealed record RatedComponent(Component Component, ScoreState State, decimal Share, AnswerProblem? Problem)
{
    /// <summary>Its points go to its siblings.</summary>
    internal bool GivesAway => State == ScoreState.NotApplicable && Component.NotApplicable == NotApplicableRule.Redistribute;

    /// <summary>Its points stay in the maximum without it taking any: it scores nothing by rule.</summary>
    internal bool Stays => State == ScoreState.NotApplicable && Component.NotApplicable == NotApplicableRule.Zero;

    /// <summary>It takes its part of what siblings give away; a component without weight has no part.</summary>
    internal bool Takes => Component.Points > 0 && State switch
    {
        ScoreState.NotApplicable => false,
        ScoreState.Missing => Component.Missing != MissingRule.Exclude,
        _ => true,
    };

    internal static RatedComponent Of(Component component, ComponentAnswer? answer, decimal? best)
    {
        if (answer is { Kind: AnswerKind.Answered, SetShare: { } set })
        {
            return new RatedComponent(component, ScoreState.Adjusted, Math.Clamp(set, 0, 1), null);
        }

        switch (answer?.Kind)
        {
            case AnswerKind.Answered:
                var result = FormulaShare.Of(component.Formula, answer, component.Points, best);
                return result.Problem is { } problem ? new RatedComponent(component, ScoreState.Invalid, 0, problem)
                    : result.Applies ? new RatedComponent(component, ScoreState.Scored, result.Share, null)
                    : new RatedComponent(component, ScoreState.NotApplicable, 0, null);
            case AnswerKind.NotApplicable:
                return new RatedComponent(component, ScoreState.NotApplicable, 0, null);
            default:
                return component.Missing == MissingRule.Previous && answer?.PreviousShare is { } previous
                    ? new RatedComponent(component, ScoreState.Carried, Math.Clamp(previous, 0, 1), null)
                    : new RatedComponent(component, ScoreState.Missing, 0, null);
        }
    }
}
