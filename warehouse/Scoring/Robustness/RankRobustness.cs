using OpenData.Catalogs.Frameworks;

namespace OpenData.Warehouse.Scoring.Robustness;

/// <summary>
/// Pure: scores → how firmly ranks stand. In each draw every weight, which is the unit's own maximum of a component or main index, is multiplied by a factor
/// of its own; the value of a unit is again the sum of its points by the sum of its maxima. Ranks are taken within leagues; units without rank take no place.
/// </summary>
public static class RankRobustness
{
    /// <summary>Places of all ranked units under varied weights, league by league.</summary>
    /// <param name="framework">The framework of the scores.</param>
    /// <param name="scores">Scores of the round.</param>
    /// <param name="plan">How weights vary.</param>
    /// <param name="threads">Threads to compute with, at least 1; their number changes nothing but the time.</param>
    /// <param name="token">Ends the computation between blocks of draws.</param>
    public static IReadOnlyList<LeagueRobustness> Of(
        Framework framework, IReadOnlyList<UnitScore> scores, RobustnessPlan plan, int threads, CancellationToken token)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        plan.Checked();
        return [.. Ranking.Of(framework, scores)
            .GroupBy(r => r.PeerGroup, StringComparer.Ordinal)
            .Select(league => OfLeague(framework, [.. league], scores, plan, threads, token))];
    }

    private static LeagueRobustness OfLeague(
        Framework framework, IReadOnlyList<UnitRank> ranks, IReadOnlyList<UnitScore> scores, RobustnessPlan plan, int threads, CancellationToken token)
    {
        var byUnit = scores.ToDictionary(s => s.Unit, StringComparer.Ordinal);
        var shares = WeightedShares.Of(framework, [.. ranks.Select(r => byUnit[r.Unit])], plan.Weights);
        var tally = Draw(shares, plan, threads, token);
        var units = ranks.Select((r, i) => new UnitRobustness(
            r.Unit, r.Rank, tally.Place(i, 5), tally.Place(i, 95), tally.Place(i, 0), tally.Worst(i), tally.Share(i, r.Rank)));
        var neighbours = ranks.Zip(ranks.Skip(1)).Select((pair, i) => new NeighbourOrder(
            pair.First.Unit,
            pair.Second.Unit,
            tally.TurnedShare(i),
            pair.First.Rank == pair.Second.Rank || (double)tally.TurnedShare(i) > plan.CloseShare));
        return new LeagueRobustness(ranks[0].PeerGroup, [.. units], [.. neighbours]);
    }

    private static RankTally Draw(WeightedShares shares, RobustnessPlan plan, int threads, CancellationToken token)
    {
        var total = new RankTally(shares.Units);
        var whole = new Lock();
        Parallel.For(
            0,
            (plan.Draws + WeightedShares.BlockDraws - 1) / WeightedShares.BlockDraws,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = token },
            () => new DrawBlock(shares, plan),
            (block, _, work) =>
            {
                work.Add(block * WeightedShares.BlockDraws);
                return work;
            },
            work =>
            {
                lock (whole)
                {
                    total.Add(work.Tally);
                }
            });
        return total;
    }
}
