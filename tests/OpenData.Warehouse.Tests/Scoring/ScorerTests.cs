using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.TestKit;
using OpenData.Warehouse.Scoring;

namespace OpenData.Warehouse.Tests.Scoring;

/// <summary>Cases worked by hand.</summary>
public sealed class ScorerTests
{
    private static readonly LocalText Name = new("Tên", "Name");

    public static TheoryData<Formula, ComponentAnswer, decimal> Worked => new()
    {
        { new Formula.Boolean(), ComponentAnswer.Of("c", ("value", 1)), 20 },
        { new Formula.Boolean(), ComponentAnswer.Of("c", ("value", 0)), 0 },
        { new Formula.Levels([new("head", 1), new("deputy", 0.5m), new("none", 0)]), ComponentAnswer.OfLevel("c", "deputy"), 10 },
        { new Formula.Parts([new("rule", 0.4m), new("drill", 0.6m)]), ComponentAnswer.Of("c", ("rule", 1), ("drill", 0.5m)), 14 },
        { new Formula.Steps([new(1, 0.25m), new(2, 0.5m), new(3, 0.75m), new(4, 1)]), ComponentAnswer.Of("c", ("n", 3)), 15 },
        { new Formula.Steps([new(1, 0.25m), new(2, 0.5m), new(3, 0.75m), new(4, 1)]), ComponentAnswer.Of("c", ("n", 9)), 20 },
        { new Formula.Steps([new(1, 0.25m)]), ComponentAnswer.Of("c", ("n", 0)), 0 },
        { new Formula.Ratio(ZeroRule.Zero, AboveRule.Error), ComponentAnswer.Of("c", ("a", 3), ("b", 4)), 15 },
        { new Formula.Ratio(ZeroRule.Full, AboveRule.Error), ComponentAnswer.Of("c", ("a", 0), ("b", 0)), 20 },
        { new Formula.Ratio(ZeroRule.Zero, AboveRule.Cap), ComponentAnswer.Of("c", ("a", 5), ("b", 4)), 20 },
        { new Formula.RatioCapped(0.5m, ZeroRule.Zero), ComponentAnswer.Of("c", ("a", 1), ("b", 4)), 10 },
        { new Formula.RatioCapped(0.5m, ZeroRule.Zero), ComponentAnswer.Of("c", ("a", 3), ("b", 4)), 20 },
        { new Formula.Tiers([new(0.5m, 0.5m), new(0.8m, 1)], ZeroRule.Zero), ComponentAnswer.Of("c", ("a", 79), ("b", 100)), 10 },
        { new Formula.Tiers([new(0.5m, 0.5m), new(0.8m, 1)], ZeroRule.Zero), ComponentAnswer.Of("c", ("a", 80), ("b", 100)), 20 },
        { new Formula.CountCapped(5), ComponentAnswer.Of("c", ("n", 2)), 8 },
        { new Formula.Growth(0.1m, ZeroRule.Zero), ComponentAnswer.Of("c", ("now", 105), ("before", 100)), 10 },
        { new Formula.Growth(0.1m, ZeroRule.Zero), ComponentAnswer.Of("c", ("now", 90), ("before", 100)), 0 },
        { new Formula.Inverse(ZeroRule.Full, AboveRule.Error), ComponentAnswer.Of("c", ("a", 1), ("b", 4)), 15 },
        { new Formula.Inverse(ZeroRule.Full, AboveRule.Error), ComponentAnswer.Of("c", ("a", 0), ("b", 0)), 20 },
        { new Formula.Goalpost(15, 3), ComponentAnswer.Of("c", ("x", 6)), 15 },
        { new Formula.Goalpost(-10, 10), ComponentAnswer.Of("c", ("x", -5)), 5 },
        { new Formula.Survey(100), ComponentAnswer.Of("c", ("score", 87.5m)), 17.5m },
        { new Formula.External(), ComponentAnswer.Of("c", ("points", 12.34m)), 12.34m },
    };

    public static TheoryData<Formula, ComponentAnswer, AnswerProblem> Contradictory => new()
    {
        { new Formula.Ratio(ZeroRule.Zero, AboveRule.Error), ComponentAnswer.Of("c", ("a", 5), ("b", 4)), AnswerProblem.AboveWhole },
        { new Formula.Ratio(ZeroRule.Full, AboveRule.Cap), ComponentAnswer.Of("c", ("a", 1), ("b", 0)), AnswerProblem.AboveWhole },
        { new Formula.Ratio(ZeroRule.Zero, AboveRule.Error), ComponentAnswer.Of("c", ("a", -1), ("b", 4)), AnswerProblem.Negative },
        { new Formula.Ratio(ZeroRule.Zero, AboveRule.Error), ComponentAnswer.Of("c", ("a", 1)), AnswerProblem.InputMissing },
        { new Formula.Levels([new("head", 1)]), ComponentAnswer.OfLevel("c", "Head"), AnswerProblem.UnknownLevel },
        { new Formula.Levels([new("head", 1)]), ComponentAnswer.Of("c", ("level", 1)), AnswerProblem.InputMissing },
        { new Formula.Boolean(), ComponentAnswer.Of("c", ("value", 0.5m)), AnswerProblem.OutOfScale },
        { new Formula.Survey(100), ComponentAnswer.Of("c", ("score", 101)), AnswerProblem.OutOfScale },
        { new Formula.External(), ComponentAnswer.Of("c", ("points", 20.01m)), AnswerProblem.OutOfScale },
        { new Formula.Parts([new("rule", 1)]), ComponentAnswer.Of("c", ("rule", 2)), AnswerProblem.OutOfScale },
    };

    [Theory]
    [MemberData(nameof(Worked))]
    public void A_component_of_20_points_is_worth(Formula formula, ComponentAnswer answer, decimal points) => Culture.Vietnamese(() =>
    {
        var score = Alone(formula, answer);
        Assert.Equal((ScoreState.Scored, points, 20m), (score.State, score.Points, score.Maximum));
    });

    [Theory]
    [MemberData(nameof(Contradictory))]
    public void An_answer_that_contradicts_itself_scores_nothing_and_says_why(Formula formula, ComponentAnswer answer, AnswerProblem problem)
    {
        var score = Alone(formula, answer);
        Assert.Equal((ScoreState.Invalid, problem, 0m, 20m), (score.State, score.Problem, score.Points, score.Maximum));
    }

    [Fact]
    public void The_best_of_a_league_has_all_points_and_the_others_their_part()
    {
        var framework = Of(Index("1", 20, new Component("c", Name, 20, new Formula.RelativeToBest(ZeroRule.Zero))));
        var scores = Scorer.Score(framework, [
            Unit("a", "x", ComponentAnswer.Of("c", ("a", 8), ("b", 10))),
            Unit("b", "x", ComponentAnswer.Of("c", ("a", 2), ("b", 10))),
            Unit("c", "y", ComponentAnswer.Of("c", ("a", 1), ("b", 10))),
            Unit("d", "x", new ComponentAnswer("c", AnswerKind.Missing))]);
        Assert.Equal([20, 5, 20, 0], scores.Select(s => s.Total.Points));
    }

    [Fact]
    public void Points_of_a_component_that_does_not_apply_go_to_its_siblings_and_the_index_keeps_its_maximum()
    {
        var framework = Of(Index("1", 100, Ratio("1.1", 50), Ratio("1.2", 30), Ratio("1.3", 20)));
        var score = Scorer.Score(framework, [Unit("u", null, ComponentAnswer.Of("1.1", ("a", 1), ("b", 1)), ComponentAnswer.Of("1.2", ("a", 1), ("b", 2)), new ComponentAnswer("1.3", AnswerKind.NotApplicable))]).Single();
        Assert.Equal([62.5m, 37.5m, 0], score.Components.Select(c => c.Maximum));
        Assert.Equal([62.5m, 18.75m, 0], score.Components.Select(c => c.Points));
        Assert.Equal((81.25m, 100m), (score.Total.Points, score.Total.Maximum));
    }

    [Theory]
    [InlineData(NotApplicableRule.Exclude, 50, 80)]
    [InlineData(NotApplicableRule.Zero, 50, 100)]
    public void Other_rules_take_the_points_out_of_the_maximum_or_leave_them_unreached(NotApplicableRule rule, int points, int maximum)
    {
        var framework = Of(Index("1", 100, Ratio("1.1", 50), Ratio("1.2", 30), Ratio("1.3", 20) with { NotApplicable = rule }));
        var score = Scorer.Score(framework, [Unit("u", null, ComponentAnswer.Of("1.1", ("a", 1), ("b", 1)), new ComponentAnswer("1.3", AnswerKind.NotApplicable))]).Single();
        Assert.Equal(((decimal)points, (decimal)maximum), (score.Total.Points, score.Total.Maximum));
    }

    [Fact]
    public void When_no_sibling_is_left_the_points_leave_the_maximum()
    {
        var framework = Of(Index("1", 40, Ratio("1.1", 40)), Index("2", 60, Ratio("2.1", 60)));
        var score = Scorer.Score(framework, [Unit("u", null, new ComponentAnswer("1.1", AnswerKind.NotApplicable), ComponentAnswer.Of("2.1", ("a", 1), ("b", 2)))]).Single();
        Assert.Equal((30m, 60m, 0.5m), (score.Total.Points, score.Total.Maximum, score.Total.Value));
    }

    [Fact]
    public void A_missing_answer_is_nothing_or_the_share_before_or_outside_the_maximum()
    {
        var framework = Of(Index("1", 60, Ratio("1.1", 20), Ratio("1.2", 20) with { Missing = MissingRule.Previous }, Ratio("1.3", 20) with { Missing = MissingRule.Exclude }));
        var score = Scorer.Score(framework, [Unit("u", null, new ComponentAnswer("1.2", AnswerKind.Missing) { PreviousShare = 0.4m })]).Single();
        Assert.Equal([ScoreState.Missing, ScoreState.Carried, ScoreState.Missing], score.Components.Select(c => c.State));
        Assert.Equal((8m, 40m), (score.Total.Points, score.Total.Maximum));
    }

    [Fact]
    public void A_monitored_index_is_computed_and_never_added_and_pillars_share_what_they_share()
    {
        var framework = Of(Index("1", 60, Ratio("1.1", 60)), Index("2", 40, Ratio("2.1", 40)), Index("3", 0, Ratio("3.1", 1))) with
        {
            Pillars = [new Pillar("A", Name, ["1", "3"], false), new Pillar("B", Name, ["1", "2"], false)],
        };
        var answer = new[] { "1.1", "2.1", "3.1" }.Select(c => ComponentAnswer.Of(c, ("a", 1), ("b", 2))).ToArray();
        var score = Scorer.Score(framework, [Unit("u", null, answer)]).Single();
        Assert.Equal((50m, 100m), (score.Total.Points, score.Total.Maximum));
        Assert.Equal(0.5m, score.MainIndices[2].Value);
        Assert.Equal([(30m, 60m), (50m, 100m)], score.Pillars.Select(p => (p.Points, p.Maximum)));
    }

    [Fact]
    public void Points_are_rounded_half_away_from_zero_before_they_are_added_where_a_component_says_so()
    {
        var framework = Of(Index("1", 20, Ratio("1.1", 10) with { Decimals = 1 }, Ratio("1.2", 10)));
        var score = Scorer.Score(framework, [Unit("u", null, ComponentAnswer.Of("1.1", ("a", 125), ("b", 1000)), ComponentAnswer.Of("1.2", ("a", 125), ("b", 1000)))]).Single();
        Assert.Equal([1.3m, 1.25m], score.Components.Select(c => c.Points));
    }

    [Fact]
    public void Equal_totals_share_a_rank_the_next_is_skipped_and_units_without_rank_take_no_place()
    {
        var framework = Of(Index("1", 100, Ratio("c", 100)));
        var units = new (string Unit, decimal A)[] { ("p", 9), ("q", 7), ("r", 7), ("s", 8), ("t", 1) }
            .Select(u => Unit(u.Unit, null, ComponentAnswer.Of("c", ("a", u.A), ("b", 10))) with { IsRanked = u.Unit != "s" }).ToList();
        var ranks = Ranking.Of(framework, Scorer.Score(framework, units));
        Assert.Equal([("p", 1), ("q", 2), ("r", 2), ("t", 4)], ranks.Select(r => (r.Unit, r.Rank)));
        Assert.All(ranks, r => Assert.Equal(4, r.Of));
    }

    [Fact]
    public void Two_units_that_are_equal_by_different_ways_share_a_rank()
    {
        var framework = Of(Index("1", 100, Ratio("1.1", 40), Ratio("1.2", 30), Ratio("1.3", 30)));
        var third = new[] { "1.1", "1.2", "1.3" }.Select(c => ComponentAnswer.Of(c, ("a", 1), ("b", 3))).ToArray();
        var scores = Scorer.Score(framework, [Unit("a", null, third), Unit("b", null, third[0], third[1], new ComponentAnswer("1.3", AnswerKind.NotApplicable))]);
        Assert.Equal([1, 1], Ranking.Of(framework, scores).Select(r => r.Rank));
    }

    [Fact]
    public void Ranks_by_published_values_do_not_part_units_that_look_equal()
    {
        var framework = Of(Index("1", 100, Ratio("c", 100)));
        var scores = Scorer.Score(framework, [Unit("a", null, ComponentAnswer.Of("c", ("a", 50001), ("b", 1_000_000))), Unit("b", null, ComponentAnswer.Of("c", ("a", 50002), ("b", 1_000_000)))]);
        Assert.Equal([("b", 1), ("a", 2)], Ranking.Of(framework, scores).Select(r => (r.Unit, r.Rank)));
        Assert.Equal([("a", 1), ("b", 1)], Ranking.Of(framework with { RankBy = RankBasis.Published }, scores).Select(r => (r.Unit, r.Rank)));
    }

    [Theory]
    [InlineData("1.0000 0.9000 0.8253 0.8487 0.7578 0.8575 0.7836 0.5197", "0.8002")]
    [InlineData("0.9500 0.9000 0.6823 0.6794 0.6423 0.8262 0.6787 0.3001", "0.6975")]
    public void Published_totals_of_2022_come_out_of_the_published_values_of_their_main_indices(string published, string total)
    {
        var folder = Repository.File("catalogs/thai-nguyen");
        var framework = FrameworkReader.Read(folder, CatalogReader.Read(folder).Catalog).Find("dti_province_2022")!;
        var values = framework.MainIndices.Where(m => !m.IsMonitored).Select(m => m.Code)
            .Zip(published.Split(' '), (code, value) => (code, value: decimal.Parse(value, CultureInfo.InvariantCulture)))
            .ToDictionary(v => v.code, v => v.value, StringComparer.Ordinal);
        var expected = decimal.Parse(total, CultureInfo.InvariantCulture);
        Assert.InRange(IndexValues.Total(framework, values).Value, expected - 0.0001m, expected + 0.0001m);
    }

    [Fact]
    public void A_merged_unit_has_the_mean_of_its_predecessors()
    {
        var merged = IndexValues.Merged([Values(0.8335m), Values(0.5803m)]);
        Assert.Equal(0.7069m, merged["1"]);
        Assert.Throws<ArgumentException>(() => IndexValues.Merged([Values(1), new Dictionary<string, decimal> { ["2"] = 1 }]));

        static Dictionary<string, decimal> Values(decimal value) => new(StringComparer.Ordinal) { ["1"] = value };
    }

    private static ComponentScore Alone(Formula formula, ComponentAnswer answer)
        => Scorer.Score(Of(Index("1", 20, new Component("c", Name, 20, formula))), [Unit("u", null, answer)]).Single().Components.Single();

    private static Component Ratio(string code, decimal points) => new(code, Name, points, new Formula.Ratio(ZeroRule.NotApplicable, AboveRule.Error));

    private static MainIndex Index(string code, decimal points, params Component[] components) => new(code, Name, points, components);

    private static Framework Of(params MainIndex[] indices) => new("f", 1, Name, UnitLevel.Commune, indices.Sum(i => i.Points ?? 0), indices);

    private static AssessedUnit Unit(string unit, string? group, params ComponentAnswer[] answers)
        => new(unit, group, answers.ToDictionary(a => a.Component, StringComparer.Ordinal));
}
