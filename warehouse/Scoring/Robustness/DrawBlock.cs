namespace OpenData.Warehouse.Scoring.Robustness;

/// <summary>The memory of one thread: factors and values of a block of draws, and what was counted so far.</summary>
internal sealed class DrawBlock(WeightedShares shares, RobustnessPlan plan)
{
    private readonly double[] _factors = new double[shares.Columns * WeightedShares.BlockDraws];
    private readonly double[] _values = new double[shares.Stride * WeightedShares.BlockDraws];
    private readonly int[] _ranks = new int[shares.UnitRows];

    /// <summary>What was counted.</summary>
    internal RankTally Tally { get; } = new(shares.Units);

    /// <summary>Draws and counts a block; draws beyond the plan's last are not counted.</summary>
    internal void Add(int firstDraw)
    {
        var draws = Math.Min(WeightedShares.BlockDraws, plan.Draws - firstDraw);
        for (var draw = 0; draw < draws; draw++)
        {
            var factors = new WeightFactors(plan.Seed, firstDraw + draw);
            for (var column = 0; column < shares.Columns; column++)
            {
                _factors[(column * WeightedShares.BlockDraws) + draw] = factors.Next(plan.Spread);
            }
        }

        shares.Compute(_factors, _values);
        for (var draw = 0; draw < draws; draw++)
        {
            var values = _values.AsSpan(draw * shares.Stride, shares.UnitRows);
            DrawRanks.Of(values, _ranks, shares.Units);
            Tally.Add(values, _ranks);
        }
    }
}
