using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Scoring;
using OpenData.Warehouse.Scoring.Robustness;

namespace OpenData.Warehouse.Tests.Scoring.Robustness;

public sealed class RankRobustnessTests
{
    private static readonly LocalText Name = new("Tên", "Name");

    private static readonly RobustnessPlan Plan = new() { Draws = 700 };

    [Fact]
    public void The_number_of_threads_changes_nothing() => RandomRounds.ForEach(
        (framework, units) =>
        {
            var scores = Scorer.Score(framework, units);
            var one = Shown(Of(framework, scores, Plan, threads: 1));
            Assert.All([2, 3, 8], threads => Assert.Equal(one, Shown(Of(framework, scores, Plan, threads))));
        },
        rounds: 3);

    [Fact]
    public void Another_seed_gives_other_draws_and_the_same_seed_the_same_ones()
    {
        var (framework, scores) = Narrow();
        Assert.Equal(Shown(Of(framework, scores, Plan)), Shown(Of(framework, scores, Plan)));
        Assert.NotEqual(Shown(Of(framework, scores, Plan)), Shown(Of(framework, scores, Plan with { Seed = 1 })));
    }

    [Theory]
    [InlineData(VariedWeights.Component)]
    [InlineData(VariedWeights.MainIndex)]
    public void Weights_that_do_not_vary_give_the_official_ranks(VariedWeights weights) => RandomRounds.ForEach((framework, units) =>
    {
        foreach (var basis in new[] { RankBasis.Unrounded, RankBasis.Published })
        {
            var ranked = framework with { RankBy = basis, Decimals = 2 };
            var scores = Scorer.Score(ranked, units);
            var found = Of(ranked, scores, Plan with { Spread = 0, Draws = 1, Weights = weights });
            Assert.Equal(
                Ranking.Of(ranked, scores).Select(r => (r.PeerGroup, r.Unit, r.Rank)),
                found.SelectMany(l => l.Units.Select(u => (l.PeerGroup, u.Unit, u.Low))));
            Assert.All(found.SelectMany(l => l.Units), u => Assert.Equal((u.Rank, u.Rank, u.Rank, u.Rank, 1m), (u.Low, u.High, u.Best, u.Worst, u.KeptShare)));
        }
    });

    [Fact]
    public void The_order_of_units_changes_nothing() => RandomRounds.ForEach(
        (framework, units) =>
        {
            var shuffled = units.ToArray();
            new Random(7).Shuffle(shuffled);
            Assert.Equal(Shown(Of(framework, Scorer.Score(framework, units), Plan)), Shown(Of(framework, Scorer.Score(framework, shuffled), Plan)));
        },
        rounds: 3);

    [Fact]
    public void A_unit_that_is_better_in_everything_is_first_in_every_draw()
    {
        var framework = Of(RankBasis.Unrounded, ("1", 60, 20), ("2", 40, 20));
        var random = new Random(3);
        var others = Enumerable.Range(0, 30).Select(u => Unit($"u{u:00}", framework, _ => random.Next(50) / 100m));
        var scores = Scorer.Score(framework, [.. others, Unit("best", framework, _ => 0.5m)]);
        var first = Of(framework, scores, Plan with { Spread = 0.9 }).Single().Units[0];
        Assert.Equal(("best", 1, 1, 1m), (first.Unit, first.Best, first.Worst, first.KeptShare));
    }

    [Fact]
    public void A_draw_is_the_score_under_the_varied_points()
    {
        // Worked by hand: with two components of 50 points, b is ahead exactly when the weight of the second is more than that of the first.
        var framework = Of(RankBasis.Unrounded, ("1", 100, 2));
        var scores = Scorer.Score(framework, [Unit("a", framework, c => c == "1.00" ? 0.8m : 0.2m), Unit("b", framework, c => c == "1.00" ? 0.2m : 0.8m)]);
        var ahead = 0;
        for (var draw = 0; draw < Plan.Draws; draw++)
        {
            var factors = new WeightFactors(Plan.Seed, draw);
            var (first, second) = (factors.Next(Plan.Spread), factors.Next(Plan.Spread));
            Assert.InRange(first, 0.75, 1.25);
            ahead += second > first ? 1 : 0;
        }

        var league = Of(framework, scores, Plan).Single();
        Assert.Equal((decimal)ahead / Plan.Draws, league.Neighbours.Single().TurnedShare);
        Assert.InRange(league.Neighbours.Single().TurnedShare, 0.4m, 0.6m);
        Assert.True(league.Neighbours.Single().IsTooCloseToCall);
    }

    [Fact]
    public void Neighbours_far_apart_are_not_too_close_to_call_and_equal_ones_are()
    {
        var framework = Of(RankBasis.Unrounded, ("1", 100, 10));
        var scores = Scorer.Score(framework, [Unit("a", framework, _ => 0.9m), Unit("b", framework, _ => 0.3m), Unit("c", framework, _ => 0.3m)]);
        var neighbours = Of(framework, scores, Plan).Single().Neighbours;
        Assert.Equal([("a", "b", 0m, false), ("b", "c", 1m, true)], neighbours.Select(n => (n.Better, n.Worse, n.TurnedShare, n.IsTooCloseToCall)));
    }

    [Fact]
    public void Leagues_stand_by_themselves_and_units_without_rank_take_no_place()
    {
        var framework = Of(RankBasis.Unrounded, ("1", 100, 10)) with { PeerGroups = [new PeerGroup("x", Name), new PeerGroup("y", Name)] };
        var scores = Scorer.Score(framework, [
            Unit("a", framework, _ => 0.9m, "x"), Unit("b", framework, _ => 0.2m, "x"), Unit("guest", framework, _ => 1m, "x") with { IsRanked = false }, Unit("c", framework, _ => 0.5m, "y")]);
        var leagues = Of(framework, scores, Plan);
        Assert.Equal([("x", "a", 1), ("x", "b", 2), ("y", "c", 1)], leagues.SelectMany(l => l.Units.Select(u => (l.PeerGroup!, u.Unit, u.Worst))));
    }

    [Fact]
    public void Every_interval_holds_its_place_range_and_every_place_is_one_of_the_league() => RandomRounds.ForEach(
        (framework, units) =>
        {
            foreach (var league in Of(framework, Scorer.Score(framework, units), Plan))
            {
                Assert.All(league.Units, u => Assert.True(1 <= u.Best && u.Best <= u.Low && u.Low <= u.High && u.High <= u.Worst && u.Worst <= league.Units.Count, u.ToString()));
                Assert.Equal(Math.Max(0, league.Units.Count - 1), league.Neighbours.Count);
            }
        },
        rounds: 5);

    [Fact]
    public void A_sort_and_a_count_give_the_same_places()
    {
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            var values = new double[8 * (1 + random.Next(40))];
            var units = values.Length - random.Next(8);
            for (var i = 0; i < values.Length; i++)
            {
                // Ties, and ties by a hair, on purpose.
                values[i] = i < units ? (random.Next(20) / 20.0) + (random.Next(3) * 1e-16) : double.NegativeInfinity;
            }

            var (counted, sorted) = (new int[values.Length], new int[values.Length]);
            DrawRanks.Count(values, counted);
            DrawRanks.Sort(values.AsSpan(0, units), sorted);
            Assert.Equal(counted[..units], sorted[..units]);
            Assert.Equal(Enumerable.Range(0, units).Select(i => 1 + values.Count(v => v > values[i] + DrawRanks.Same)), counted[..units]);
        }
    }

    [Fact]
    public void A_league_too_large_to_count_is_ranked_too()
    {
        var framework = Of(RankBasis.Unrounded, ("1", 100, 3));
        var scores = Scorer.Score(framework, [.. Enumerable.Range(0, 700).Select(u => Unit($"u{u:000}", framework, _ => u / 1000m))]);
        var units = Of(framework, scores, Plan with { Draws = 3 }).Single().Units;
        Assert.Equal(Enumerable.Range(1, 700), units.Select(u => u.Best));
    }

    [Fact]
    public void A_round_without_ranked_units_has_no_leagues_and_a_unit_alone_is_first()
    {
        var framework = Of(RankBasis.Unrounded, ("1", 100, 2));
        Assert.Empty(Of(framework, Scorer.Score(framework, [Unit("a", framework, _ => 1) with { IsRanked = false }]), Plan));
        var alone = Of(framework, Scorer.Score(framework, [new AssessedUnit("a", null, new Dictionary<string, ComponentAnswer>())]), Plan).Single();
        Assert.Equal(("a", 1, 1), (alone.Units.Single().Unit, alone.Units.Single().Worst, alone.Units.Single().Low));
    }

    [Theory]
    [InlineData(0, 0.25, 0.1)]
    [InlineData(1_000_001, 0.25, 0.1)]
    [InlineData(10, -0.1, 0.1)]
    [InlineData(10, 1.0, 0.1)]
    [InlineData(10, double.NaN, 0.1)]
    [InlineData(10, 0.25, 1.5)]
    [InlineData(10, 0.25, double.NaN)]
    public void A_plan_beyond_its_bounds_is_refused(int draws, double spread, double close)
    {
        var (framework, scores) = Narrow();
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(framework, scores, new RobustnessPlan { Draws = draws, Spread = spread, CloseShare = close }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(framework, scores, Plan, threads: 0));
    }

    [Fact]
    public void A_computation_that_nobody_waits_for_ends()
    {
        var (framework, scores) = Narrow();
        Assert.ThrowsAny<OperationCanceledException>(() => RankRobustness.Of(framework, scores, Plan, 1, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Without_a_component_ranks_are_those_of_the_rest()
    {
        var framework = Of(RankBasis.Unrounded, ("1", 60, 2), ("2", 40, 1));
        var scores = Scorer.Score(framework, [
            Unit("a", framework, c => c == "1.00" ? 1 : 0.1m), Unit("b", framework, _ => 0.3m), Unit("c", framework, c => c == "2.00" ? 1 : 0)]);
        Assert.Equal([("c", 1), ("a", 2), ("b", 3)], Ranking.Of(framework, scores).Select(r => (r.Unit, r.Rank)));
        Assert.Equal(
            [("1.00", "c b a"), ("1.01", "c a b"), ("2.00", "a b c")],
            LeaveOneOut.Of(framework, scores).Select(l => (l.Component, string.Join(' ', l.Ranks.Select(r => r.Unit)))));
        Assert.Equal([("c", 1, 3, "2.00"), ("a", 1, 3, "1.00"), ("b", 2, 3, null)], LeaveOneOut.Ranges(framework, scores).Select(r => (r.Unit, r.Best, r.Worst, r.LeansOn)));
    }

    [Fact]
    public void Multiplied_indices_do_not_make_good_for_each_other()
    {
        var framework = Of(RankBasis.Unrounded, ("1", 50, 1), ("2", 50, 1));
        var scores = Scorer.Score(framework, [Unit("uneven", framework, c => c == "1.00" ? 1 : 0.2m), Unit("even", framework, _ => 0.5m), Unit("hollow", framework, c => c == "1.00" ? 1 : 0)]);
        Assert.Equal(["uneven", "even", "hollow"], Ranking.Of(framework, scores).Select(r => r.Unit));
        var ranks = GeometricWhatIf.Of(framework, scores);
        Assert.Equal([("even", 0.5m), ("uneven", 0.447213595500m), ("hollow", 0m)], ranks.Select(r => (r.Unit, r.Value)));
    }

    private static IReadOnlyList<LeagueRobustness> Of(Framework framework, IReadOnlyList<UnitScore> scores, RobustnessPlan plan, int threads = 2)
        => RankRobustness.Of(framework, scores, plan, threads, CancellationToken.None);

    private static string Shown(IEnumerable<LeagueRobustness> leagues)
        => string.Join('\n', leagues.SelectMany(l => l.Units.Select(u => $"{l.PeerGroup} {u}").Concat(l.Neighbours.Select(n => $"{n}"))));

    private static (Framework Framework, IReadOnlyList<UnitScore> Scores) Narrow()
    {
        var framework = Of(RankBasis.Unrounded, ("1", 100, 12));
        var random = new Random(5);
        return (framework, Scorer.Score(framework, [.. Enumerable.Range(0, 20).Select(u => Unit($"u{u:00}", framework, _ => random.Next(40, 60) / 100m))]));
    }

    private static Framework Of(RankBasis basis, params (string Code, decimal Points, int Components)[] indices) => new(
        "f",
        1,
        Name,
        UnitLevel.Commune,
        indices.Sum(i => i.Points),
        [.. indices.Select(i => new MainIndex(i.Code, Name, i.Points, [.. Enumerable.Range(0, i.Components).Select(c => new Component($"{i.Code}.{c:00}", Name, i.Points / i.Components, new Formula.Survey(1)))]))])
    {
        RankBy = basis,
    };

    private static AssessedUnit Unit(string code, Framework framework, Func<string, decimal> share, string? group = null)
        => new(code, group, framework.Components.ToDictionary(c => c.Code, c => ComponentAnswer.Of(c.Code, ("score", share(c.Code))), StringComparer.Ordinal));
}
