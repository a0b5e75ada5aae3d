using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Scoring;

namespace OpenData.Warehouse.Tests.Scoring;

/// <summary>What holds for every framework and every answer, on the shipped frameworks with random answers, missing, impossible and not applicable ones among them.</summary>
public sealed class ScorerPropertyTests
{
    // Divisions leave a rest in the 26th digit.
    private const decimal Rest = 0.00000000000000000001m;

    [Fact]
    public void Points_lie_between_nothing_and_the_maximum() => RandomRounds.ForEach((framework, units) =>
    {
        foreach (var score in Scorer.Score(framework, units))
        {
            Assert.All(score.Components, c => Assert.InRange(c.Points, 0, c.Maximum + Rest));
            Assert.All(score.Components, c => Assert.InRange(c.Share, 0, 1));
            Assert.All(score.MainIndices.Zip(framework.MainIndices), i => Assert.InRange(i.First.Maximum, 0, (i.Second.IsMonitored ? i.Second.Components.Sum(c => c.Points) : i.Second.Points!.Value) + Rest));
            Assert.InRange(score.Total.Points, 0, framework.Total + Rest);
            Assert.InRange(score.Total.Value, 0, 1);
        }
    });

    [Fact]
    public void Redistribution_keeps_the_maximum_of_an_index_as_long_as_something_applies() => RandomRounds.ForEach((framework, units) =>
    {
        foreach (var (score, unit) in Scorer.Score(Redistributing(framework), units).Zip(units))
        {
            foreach (var (index, result) in framework.MainIndices.Zip(score.MainIndices))
            {
                var states = score.Components.Where(s => index.Components.Any(c => c.Code == s.Component)).Select(s => s.State).ToList();
                var maximum = index.Components.Sum(c => c.Points);
                Assert.InRange(result.Maximum, states.TrueForAll(s => s == ScoreState.NotApplicable) ? 0 : maximum - Rest, maximum + Rest);
            }
        }
    });

    [Fact]
    public void The_order_of_units_changes_nothing() => RandomRounds.ForEach((framework, units) =>
    {
        var shuffled = units.ToArray();
        new Random(units.Count).Shuffle(shuffled);
        var (one, two) = (Scorer.Score(framework, units), Scorer.Score(framework, shuffled));
        Assert.All(one, s => Assert.Equal(s.Total, two.Single(t => t.Unit == s.Unit).Total));
        Assert.Equal(Ranking.Of(framework, one), Ranking.Of(framework, two));
    });

    [Fact]
    public void More_of_what_counts_never_costs_points_or_places() => RandomRounds.ForEach((framework, units) =>
    {
        foreach (var component in framework.Components.Where(c => c.Formula is Formula.Ratio or Formula.CountCapped or Formula.Steps or Formula.Tiers or Formula.Survey or Formula.RatioCapped))
        {
            var unit = units[0];
            if (unit.Answers.GetValueOrDefault(component.Code) is not { Kind: AnswerKind.Answered } answer)
            {
                continue;
            }

            var role = component.Formula.Roles[0];
            if (!answer.Numbers.TryGetValue(role, out var value) || (answer.Numbers.TryGetValue("b", out var whole) && value + 1 > whole) || (role == "score" && value > 99))
            {
                continue;
            }

            var more = answer with { Numbers = new Dictionary<string, decimal>(answer.Numbers, StringComparer.Ordinal) { [role] = value + 1 } };
            var better = unit with { Answers = new Dictionary<string, ComponentAnswer>(unit.Answers, StringComparer.Ordinal) { [component.Code] = more } };
            var (before, after) = (Scorer.Score(framework, units), Scorer.Score(framework, [better, .. units.Skip(1)]));
            Assert.True(after[0].Total.Points >= before[0].Total.Points, component.Code);
            Assert.True(Place(framework, after, unit.Unit) <= Place(framework, before, unit.Unit), component.Code);
        }
    }, rounds: 2);

    [Fact]
    public void Ranks_are_those_of_a_count_of_better_units() => RandomRounds.ForEach((framework, units) =>
    {
        var scores = Scorer.Score(framework, units);
        foreach (var rank in Ranking.Of(framework, scores))
        {
            var rivals = scores.Where(s => s.IsRanked && s.PeerGroup == rank.PeerGroup).ToList();
            Assert.Equal(1 + rivals.Count(r => Math.Round(r.Total.Value, 20) > rank.Value), rank.Rank);
            Assert.Equal(rivals.Count, rank.Of);
        }
    });

    private static int Place(Framework framework, IReadOnlyList<UnitScore> scores, string unit) => Ranking.Of(framework, scores).Single(r => r.Unit == unit).Rank;

    private static Framework Redistributing(Framework framework) => framework with
    {
        MainIndices = [.. framework.MainIndices.Select(m => m with { Components = [.. m.Components.Select(c => c with { NotApplicable = NotApplicableRule.Redistribute, Missing = MissingRule.Zero })] })],
    };
}
