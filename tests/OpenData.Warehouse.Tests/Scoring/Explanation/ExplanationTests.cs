using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.TestKit;
using OpenData.Warehouse.Scoring;
using OpenData.Warehouse.Scoring.Explanation;

namespace OpenData.Warehouse.Tests.Scoring.Explanation;

public sealed class ExplanationTests
{
    private static readonly LocalText Name = new("Tên", "Name");

    public static TheoryData<Formula, ComponentAnswer, string, string> Worked => new()
    {
        { new Formula.Ratio(ZeroRule.Zero, AboveRule.Error), ComponentAnswer.Of("c", ("a", 12), ("b", 16)), "12 ÷ 16 × 30 = 22,5", "12 ÷ 16 × 30 = 22.5" },
        { new Formula.Ratio(ZeroRule.Zero, AboveRule.Error), ComponentAnswer.Of("c", ("a", 7), ("b", 9)), "7 ÷ 9 × 30 ≈ 23,3333", "7 ÷ 9 × 30 ≈ 23.3333" },
        { new Formula.Ratio(ZeroRule.Zero, AboveRule.Error), ComponentAnswer.Of("c", ("a", 1234), ("b", 12340)), "1.234 ÷ 12.340 × 30 = 3", "1,234 ÷ 12,340 × 30 = 3" },
        { new Formula.Ratio(ZeroRule.Full, AboveRule.Error), ComponentAnswer.Of("c", ("a", 0), ("b", 0)), "0 ÷ 0 theo quy tắc được tính là 1: 1 × 30 = 30", "0 ÷ 0 counts by rule as 1: 1 × 30 = 30" },
        { new Formula.Ratio(ZeroRule.Zero, AboveRule.Cap), ComponentAnswer.Of("c", ("a", 5), ("b", 4)), "5 ÷ 4 vượt toàn phần, được tính là toàn phần: 1 × 30 = 30", "5 ÷ 4 is more than all and counts as all: 1 × 30 = 30" },
        { new Formula.RatioCapped(0.5m, ZeroRule.Zero), ComponentAnswer.Of("c", ("a", 1), ("b", 4)), "1 ÷ 4 ÷ 0,5 × 30 = 15", "1 ÷ 4 ÷ 0.5 × 30 = 15" },
        { new Formula.RatioCapped(0.5m, ZeroRule.Zero), ComponentAnswer.Of("c", ("a", 3), ("b", 4)), "3 ÷ 4 đạt mục tiêu 0,5: 1 × 30 = 30", "3 ÷ 4 reaches the target of 0.5: 1 × 30 = 30" },
        { new Formula.Inverse(ZeroRule.Zero, AboveRule.Error), ComponentAnswer.Of("c", ("a", 1), ("b", 4)), "(1 − 1 ÷ 4) × 30 = 22,5", "(1 − 1 ÷ 4) × 30 = 22.5" },
        { new Formula.Inverse(ZeroRule.Zero, AboveRule.Cap), ComponentAnswer.Of("c", ("a", 5), ("b", 4)), "5 ÷ 4 vượt toàn phần, được tính là toàn phần: 0 × 30 = 0", "5 ÷ 4 is more than all and counts as all: 0 × 30 = 0" },
        { new Formula.Boolean(), ComponentAnswer.Of("c", ("value", 1)), "có: 1 × 30 = 30", "yes: 1 × 30 = 30" },
        { new Formula.Levels([new("head", 1), new("deputy", 0.5m)]), ComponentAnswer.OfLevel("c", "deputy"), "cấp phó: 0,5 × 30 = 15", "a deputy: 0.5 × 30 = 15" },
        { new Formula.Parts([new("rule", 0.4m), new("drill", 0.6m)]), ComponentAnswer.Of("c", ("rule", 1), ("drill", 0.5m)), "(0,4 × 1 + 0,6 × 0,5) × 30 = 21", "(0.4 × 1 + 0.6 × 0.5) × 30 = 21" },
        { new Formula.Steps([new(1, 0.25m), new(3, 0.75m)]), ComponentAnswer.Of("c", ("n", 4)), "4 đạt mức từ 3: 0,75 × 30 = 22,5", "4 reaches the step from 3: 0.75 × 30 = 22.5" },
        { new Formula.Steps([new(1, 0.25m)]), ComponentAnswer.Of("c", ("n", 0)), "0 chưa đạt mức đầu, 1: 0 × 30 = 0", "0 is below the first step, 1: 0 × 30 = 0" },
        { new Formula.Tiers([new(0.5m, 0.5m)], ZeroRule.Zero), ComponentAnswer.Of("c", ("a", 79), ("b", 100)), "79 ÷ 100 = 0,79 đạt mức từ 0,5: 0,5 × 30 = 15", "79 ÷ 100 = 0.79 reaches the step from 0.5: 0.5 × 30 = 15" },
        { new Formula.RelativeToBest(ZeroRule.Zero), ComponentAnswer.Of("c", ("a", 2), ("b", 10)), "2 ÷ 10 ÷ 0,8 (tốt nhất nhóm) × 30 = 7,5", "2 ÷ 10 ÷ 0.8 (best of the league) × 30 = 7.5" },
        { new Formula.CountCapped(5), ComponentAnswer.Of("c", ("n", 2)), "2 ÷ 5 × 30 = 12", "2 ÷ 5 × 30 = 12" },
        { new Formula.CountCapped(5), ComponentAnswer.Of("c", ("n", 7)), "7 đạt đủ 5: 1 × 30 = 30", "7 reaches all of 5: 1 × 30 = 30" },
        { new Formula.Growth(0.1m, ZeroRule.Zero), ComponentAnswer.Of("c", ("now", 105), ("before", 100)), "(105 − 100) ÷ 100 ÷ 0,1 × 30 = 15", "(105 − 100) ÷ 100 ÷ 0.1 × 30 = 15" },
        { new Formula.Growth(0.1m, ZeroRule.Zero), ComponentAnswer.Of("c", ("now", 90), ("before", 100)), "(90 − 100) ÷ 100 là giảm: 0 × 30 = 0", "(90 − 100) ÷ 100 is a decline: 0 × 30 = 0" },
        { new Formula.Goalpost(-10, 10), ComponentAnswer.Of("c", ("x", -5)), "(−5 − (−10)) ÷ (10 − (−10)) × 30 = 7,5", "(−5 − (−10)) ÷ (10 − (−10)) × 30 = 7.5" },
        { new Formula.Goalpost(15, 3), ComponentAnswer.Of("c", ("x", 20)), "20 nằm ngoài khoảng từ 15 đến 3: 0 × 30 = 0", "20 lies outside the range from 15 to 3: 0 × 30 = 0" },
        { new Formula.Survey(100), ComponentAnswer.Of("c", ("score", 87.5m)), "87,5 ÷ 100 × 30 = 26,25", "87.5 ÷ 100 × 30 = 26.25" },
        { new Formula.External(), ComponentAnswer.Of("c", ("points", 12.34m)), "12,34 ÷ 30 × 30 = 12,34", "12.34 ÷ 30 × 30 = 12.34" },
        { new Formula.Ratio(ZeroRule.Zero, AboveRule.Error), ComponentAnswer.Of("c", ("a", 1), ("b", 4)) with { SetShare = 0.8m }, "hội đồng ấn định: 0,8 × 30 = 24", "set by the council: 0.8 × 30 = 24" },
        { new Formula.Ratio(ZeroRule.Zero, AboveRule.Error), ComponentAnswer.Of("c", ("a", 5), ("b", 4)), "phần lớn hơn toàn thể: 0 trên 30", "the part is greater than the whole: 0 of 30" },
        { new Formula.Boolean(), new ComponentAnswer("c", AnswerKind.Missing), "không có trả lời: 0 trên 30", "no answer: 0 of 30" },
        { new Formula.Boolean(), new ComponentAnswer("c", AnswerKind.NotApplicable), "không áp dụng; điểm chia cho các chỉ số cùng nhóm", "does not apply; its points go to its siblings" },
    };

    [Theory]
    [MemberData(nameof(Worked))]
    public void A_formula_is_shown_with_its_numbers_in_both_languages(Formula formula, ComponentAnswer answer, string vi, string en) => Culture.Vietnamese(() =>
    {
        var component = new Component("c", Name, 30, formula);
        var league = new[] { Unit("u", answer), Unit("best", ComponentAnswer.Of("c", ("a", 8), ("b", 10))), Unit("other", ComponentAnswer.Of("c", ("a", 1), ("b", 1))) with { PeerGroup = "y" } };
        var score = Scorer.Score(Of(Index("1", 30, component)), league)[0].Components.Single();
        Assert.Equal(new LocalText(vi, en), FormulaText.Of(component, answer, score, Scorer.BestOfLeague(component, league, null)));
    });

    [Fact]
    public void Points_that_came_from_a_sibling_are_named()
    {
        var framework = Of(Index("1", 30, Ratio("1.1", 20), Ratio("1.2", 10)));
        var answer = ComponentAnswer.Of("1.1", ("a", 1), ("b", 2));
        var score = Scorer.Score(framework, [Unit("u", answer, new ComponentAnswer("1.2", AnswerKind.NotApplicable))]).Single();
        var text = FormulaText.Of(framework.Component("1.1")!, answer, score.Components[0], null);
        Assert.Equal("1 ÷ 2 × 30 = 15 (maximum 30: 20 and 10 from components that do not apply)", text.En);
        Assert.Equal("1 ÷ 2 × 30 = 15 (tối đa 30: 20 và 10 từ các chỉ số không áp dụng)", text.Vi);
    }

    [Fact]
    public void A_share_that_was_carried_and_points_that_were_rounded_say_so()
    {
        var framework = Of(Index("1", 30, Ratio("1.1", 10) with { Missing = MissingRule.Previous }, Ratio("1.2", 20) with { Decimals = 1 }));
        var answers = new[] { new ComponentAnswer("1.1", AnswerKind.Missing) { PreviousShare = 0.4m }, ComponentAnswer.Of("1.2", ("a", 1), ("b", 8)) };
        var score = Scorer.Score(framework, [Unit("u", answers[0], ComponentAnswer.Of("1.2", ("a", 125), ("b", 9999)))]).Single();
        Assert.Equal("share of the round before: 0.4 × 10 = 4", FormulaText.Of(framework.Component("1.1")!, answers[0], score.Components[0], null).En);
        Assert.Equal("125 ÷ 9.999 × 20 ≈ 0,3", FormulaText.Of(framework.Component("1.2")!, ComponentAnswer.Of("1.2", ("a", 125), ("b", 9999)), score.Components[1], null).Vi);
    }

    [Fact]
    public void Every_score_of_any_round_has_a_sentence_that_ends_in_its_points() => RandomRounds.ForEach(
        (framework, units) =>
        {
            foreach (var (unit, score) in units.Zip(Scorer.Score(framework, units)))
            {
                foreach (var (component, result) in framework.Components.Zip(score.Components))
                {
                    var text = FormulaText.Of(component, unit.Answers[component.Code], result, Scorer.BestOfLeague(component, units, unit.PeerGroup));
                    Assert.True(text.Vi.Length > 5 && text.En.Length > 5);
                    if (result.State == ScoreState.Scored)
                    {
                        Assert.Matches("[=≈] [0-9.,]+( \\(|$)", text.En);
                    }
                }
            }
        },
        rounds: 2);

    [Fact]
    public void Contributions_add_up_to_the_total_and_what_is_monitored_adds_nothing()
    {
        var framework = Of(Index("1", 60, Ratio("1.1", 40), Ratio("1.2", 20)), Index("2", 0, Ratio("2.1", 1)));
        var score = Scorer.Score(framework, [Unit("u", Half("1.1"), ComponentAnswer.Of("1.2", ("a", 1), ("b", 1)), Half("2.1"))]).Single();
        var parts = Contributions.Of(framework, score);
        Assert.Equal([("1", "1.1", 20m, 40m, 0.5m), ("1", "1.2", 20m, 20m, 0.5m)], parts.Select(c => (c.MainIndex, c.Component, c.Points, c.Maximum, c.PartOfTotal)));
        Assert.All(Contributions.Of(framework, Scorer.Score(framework, [Unit("v")]).Single()), c => Assert.Equal(0, c.PartOfTotal));
    }

    [Fact]
    public void Three_components_that_bring_most_are_named_to_the_maximum_and_to_the_best_of_the_league()
    {
        var framework = Of(Index("1", 100, Ratio("1.1", 40), Ratio("1.2", 30), Ratio("1.3", 20), Ratio("1.4", 10)), Index("2", 0, Ratio("2.1", 1)));
        var scores = Scorer.Score(framework, [
            Unit("u", Half("1.1"), Half("1.2"), Half("1.3"), Half("1.4")),
            Unit("b", Parts("1.1", 3), Parts("1.2", 4), Parts("1.3", 2), Parts("1.4", 4)),
            Unit("c", Parts("1.1", 3), Parts("1.2", 1)),
            Unit("elsewhere", Parts("1.1", 4)) with { PeerGroup = "y" }]);
        var gaps = Gaps.Of(framework, scores, "u");
        Assert.Equal([("1.1", 20m), ("1.2", 15m), ("1.3", 10m)], Gaps.GreatestToMaximum(gaps, 3).Select(g => (g.Component, g.ToMaximum)));
        Assert.Equal([("1.2", 15m, "b"), ("1.1", 10m, "b"), ("1.4", 5m, "b")], Gaps.GreatestToBest(gaps, 3).Select(g => (g.Component, g.ToBest, g.BestUnit!)));
        Assert.Equal(0, Gaps.Of(framework, scores, "b").Sum(g => g.ToBest));
        Assert.Equal([(null, 0m)], Gaps.Of(framework, scores, "elsewhere").Select(g => (g.BestUnit, g.ToBest)).Distinct());
        Assert.Throws<ArgumentException>(() => Gaps.Of(framework, scores, "nobody"));
    }

    [Fact]
    public void A_what_if_scores_the_whole_round_again_and_changes_nothing()
    {
        var framework = Of(Index("1", 100, Ratio("1.1", 60), new Component("1.2", Name, 40, new Formula.RelativeToBest(ZeroRule.Zero))));
        IReadOnlyList<AssessedUnit> units = [
            Unit("a", Parts("1.1", 3), Parts("1.2", 2)), Unit("b", Parts("1.1", 2), Parts("1.2", 2)), Unit("guest", Parts("1.1", 4)) with { IsRanked = false }];
        var before = Scorer.Score(framework, units);
        var result = WhatIf.Of(framework, units, "b", [Parts("1.2", 4)]);
        Assert.Equal((70m, 70m, 2, 1), (result.Before.Total.Points, result.After.Total.Points, result.RankBefore!.Rank, result.RankAfter!.Rank));
        Assert.Equal([("a", 85m, 65m)], result.Moved.Select(m => (m.Before.Unit, m.Before.Value * 100, m.After.Value * 100)));
        Assert.Equal(before.Select(s => s.Total), Scorer.Score(framework, units).Select(s => s.Total));

        var guest = WhatIf.Of(framework, units, "guest", [Parts("1.1", 1)]);
        Assert.Equal((null, null, 60m, 15m), (guest.RankBefore, guest.RankAfter, guest.Before.Total.Points, guest.After.Total.Points));
        Assert.Throws<ArgumentException>(() => WhatIf.Of(framework, units, "nobody", []));
        Assert.Throws<ArgumentException>(() => WhatIf.Of(framework, units, "a", [Parts("9.9", 1)]));
    }

    [Fact]
    public void Points_are_parted_by_how_well_they_are_founded_and_the_unknown_is_self_reported()
    {
        var framework = Of(Index("1", 100, Ratio("1.1", 50), Ratio("1.2", 30), Ratio("1.3", 20)), Index("2", 0, Ratio("2.1", 1)));
        var score = Scorer.Score(framework, [Unit("u", Half("1.1"), Half("1.2"), Half("1.3"), Half("2.1"))]).Single();
        var sources = new Dictionary<string, AnswerSource> { ["1.1"] = AnswerSource.Automatic, ["1.2"] = AnswerSource.Verified };
        Assert.Equal(
            [(AnswerSource.Automatic, 25m, 0.5m), (AnswerSource.Verified, 15m, 0.3m), (AnswerSource.SelfReported, 10m, 0.2m)],
            PointSources.Of(framework, score, sources).Select(s => (s.Source, s.Points, s.Share)));
        Assert.All(PointSources.Of(framework, Scorer.Score(framework, [Unit("v")]).Single(), sources), s => Assert.Equal(0, s.Share));
    }

    [Fact]
    public void Contradictions_and_jumps_are_listed_and_what_has_no_answer_is_no_jump()
    {
        var framework = Of(Index("1", 100, Ratio("1.1", 50), Ratio("1.2", 30), Ratio("1.3", 20)));
        var before = Scorer.Score(framework, [Unit("u", Parts("1.1", 4), Parts("1.2", 2), Parts("1.3", 4)), Unit("gone", Half("1.1"))]);
        var found = Anomalies.Of(
            framework, [Unit("u", Parts("1.1", 1), Parts("1.2", 3)), Unit("new", ComponentAnswer.Of("1.1", ("a", 5), ("b", 4)))], before, [], new AnomalyLimits());
        Assert.Equal([new Anomaly.Contradiction("new", "1.1", AnswerProblem.AboveWhole), new Anomaly.Jump("u", "1.1", 1, 0.25m)], found);
        Assert.Equal("u, chỉ số 1.1: 100% kỳ trước, 25% kỳ này.", AnomalyText.Of(found[1]).Vi);
        Assert.Equal("new, component 1.1: the part is greater than the whole.", AnomalyText.Of(found[0]).En);
    }

    [Fact]
    public void A_file_that_is_evidence_twice_is_listed_once_with_all_its_places()
    {
        var framework = Of(Index("1", 100, Ratio("1.1", 100)));
        EvidenceUse[] uses = [new("b", "1.1", "aa"), new("a", "1.2", "aa"), new("a", "1.1", "bb"), new("a", "1.1", "bb"), new("c", "1.1", "cc")];
        var found = Assert.Single(Anomalies.Of(framework, [Unit("a")], [], uses, new AnomalyLimits()));
        Assert.Equal([new("a", "1.2", "aa"), new("b", "1.1", "aa")], Assert.IsType<Anomaly.SameEvidence>(found).Uses);
        Assert.Equal("The same file is given as evidence 2 times: a 1.2, b 1.1.", AnomalyText.Of(found).En);
    }

    [Fact]
    public void Units_that_give_the_same_amounts_are_listed_and_a_common_yes_or_nothing_is_no_likeness()
    {
        var codes = Enumerable.Range(1, 10).Select(c => $"1.{c:00}").ToList();
        var framework = Of(Index("1", 110, [.. codes.Select(c => Ratio(c, 10)), new Component("yes", Name, 10, new Formula.Boolean())]));
        AssessedUnit Own(string unit, int factor) => Unit(unit, [.. codes.Select((c, i) => ComponentAnswer.Of(c, ("a", (i + 1) * factor), ("b", 100))), ComponentAnswer.Of("yes", ("value", 1))]);
        var copy = Own("copy", 3) with { Answers = new Dictionary<string, ComponentAnswer>(Own("copy", 3).Answers) { ["1.01"] = Half("1.01") } };
        var idle = codes.Select(c => ComponentAnswer.Of(c, ("a", 0), ("b", 0))).ToArray();
        var found = Anomalies.Of(framework, [copy, Own("first", 3), Own("other", 2), Unit("idle", idle), Unit("lazy", idle)], [], [], new AnomalyLimits());
        Assert.Equal([new Anomaly.SameAnswers("copy", "first", 9, 10)], found);
        Assert.Equal("copy và first khai giống nhau ở 9 trên 10 chỉ số có số liệu.", AnomalyText.Of(found[0]).Vi);
    }

    private static ComponentAnswer Half(string code) => ComponentAnswer.Of(code, ("a", 1), ("b", 2));

    private static ComponentAnswer Parts(string code, int quarters) => ComponentAnswer.Of(code, ("a", quarters), ("b", 4));

    private static Component Ratio(string code, decimal points) => new(code, Name, points, new Formula.Ratio(ZeroRule.Zero, AboveRule.Error));

    private static MainIndex Index(string code, decimal points, params Component[] components) => new(code, Name, points, components);

    private static Framework Of(params MainIndex[] indices) => new("f", 1, Name, UnitLevel.Commune, indices.Sum(i => i.Points ?? 0), indices);

    private static AssessedUnit Unit(string unit, params ComponentAnswer[] answers) => new(unit, null, answers.ToDictionary(a => a.Component, StringComparer.Ordinal));
}
