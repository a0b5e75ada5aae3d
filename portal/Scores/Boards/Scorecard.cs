using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Scoring;
using OpenData.Warehouse.Scoring.Explanation;

namespace OpenData.Portal.Scores.Boards;

/// <summary>One unit's result, explained.</summary>
/// <param name="Board">The round.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Sections">Main indices with their components.</param>
/// <param name="Sources">Points by how well they are founded; empty when they are not known by component.</param>
/// <param name="ToMaximum">The components that bring most up to the maximum, at most three.</param>
/// <param name="ToBest">The components that bring most up to the best of the league, at most three.</param>
public sealed record Scorecard(
    RoundBoard Board,
    BoardUnit Unit,
    IReadOnlyList<ScorecardSection> Sections,
    IReadOnlyList<SourceShare> Sources,
    IReadOnlyList<ComponentGap> ToMaximum,
    IReadOnlyList<ComponentGap> ToBest)
{
    private const int GreatestShown = 3;

    /// <summary>Pure: a board → the scorecard of a unit.</summary>
    /// <param name="board">The round.</param>
    /// <param name="unit">A unit of it.</param>
    /// <param name="framework">The framework as it was frozen; null when it is not known, and then nothing is explained that only it can say.</param>
    internal static Scorecard Of(RoundBoard board, BoardUnit unit, Framework? framework)
    {
        if (framework is null || !BoardScoring.HasAll(unit, framework))
        {
            return new Scorecard(board, unit, Parts(unit, c => new ScorecardComponent(c, null, null)), [], [], []);
        }

        var scores = BoardScoring.Scores(board, framework);
        var units = BoardScoring.Units(board, framework);
        var own = scores.First(s => s.Unit == unit.Code);
        var gaps = Gaps.Of(framework, scores, unit.Code);
        var gapOf = gaps.ToDictionary(g => g.Component, StringComparer.Ordinal);
        return new Scorecard(
            board,
            unit,
            Parts(unit, c => new ScorecardComponent(c, Explained(c), gapOf.GetValueOrDefault(c.Code))),
            PointSources.Of(framework, own, unit.Components.ToDictionary(c => c.Code, c => Source(c.Origin), StringComparer.Ordinal)),
            Gaps.GreatestToMaximum(gaps, GreatestShown),
            Gaps.GreatestToBest(gaps, GreatestShown));

        LocalText? Explained(BoardComponent component)
        {
            var rule = framework.Component(component.Code)!; // The unit has exactly the framework's components.
            var answer = BoardScoring.Answer(component, rule.Formula);
            var score = own.Components.First(s => s.Component == component.Code);
            return answer is null && score.State == ScoreState.Scored
                ? null
                : FormulaText.Of(rule, answer, score, rule.Formula is Formula.RelativeToBest ? Scorer.BestOfLeague(rule, units, unit.League) : null);
        }
    }

    private static AnswerSource Source(string? origin) => origin switch
    {
        "automatic" => AnswerSource.Automatic,
        "verified" => AnswerSource.Verified,
        _ => AnswerSource.SelfReported,
    };

    private static IReadOnlyList<ScorecardSection> Parts(BoardUnit unit, Func<BoardComponent, ScorecardComponent> of)
        => [.. unit.MainIndices.Select(i => new ScorecardSection(i, [.. unit.Components.Where(c => c.MainIndex == i.Code).Select(of)]))];
}
