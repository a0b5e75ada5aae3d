namespace OpenData.Warehouse.Scoring.Robustness;

/// <summary>How often each unit had each place, and how often neighbours turned. Whole numbers, so tallies of threads add up the same in any order.</summary>
/// <param name="units">Number of units; they come in the official order.</param>
internal sealed class RankTally(int units)
{
    private readonly int[] _places = new int[units * (units + 1)];
    private readonly int[] _turned = new int[Math.Max(0, units - 1)];

    /// <summary>Draws counted.</summary>
    internal int Draws { get; private set; }

    /// <summary>Counts one draw.</summary>
    internal void Add(ReadOnlySpan<double> values, ReadOnlySpan<int> ranks)
    {
        Draws++;
        for (var unit = 0; unit < units; unit++)
        {
            _places[(unit * (units + 1)) + ranks[unit]]++;
        }

        for (var unit = 0; unit + 1 < units; unit++)
        {
            _turned[unit] += values[unit] > values[unit + 1] + DrawRanks.Same ? 0 : 1;
        }
    }

    internal void Add(RankTally other)
    {
        Draws += other.Draws;
        for (var i = 0; i < _places.Length; i++)
        {
            _places[i] += other._places[i];
        }

        for (var i = 0; i < _turned.Length; i++)
        {
            _turned[i] += other._turned[i];
        }
    }

    /// <summary>The best place that the unit reaches or betters in so many hundredths of the draws.</summary>
    internal int Place(int unit, int hundredths)
    {
        var places = Places(unit);
        long seen = 0;
        for (var rank = 1; rank < places.Length; rank++)
        {
            seen += places[rank];
            if (seen * 100 >= (long)Draws * hundredths && seen > 0)
            {
                return rank;
            }
        }

        return units;
    }

    /// <summary>Worst place of the unit.</summary>
    internal int Worst(int unit) => Places(unit).LastIndexOfAnyExcept(0);

    /// <summary>Share of the draws in which the unit has that place.</summary>
    internal decimal Share(int unit, int rank) => (decimal)Places(unit)[rank] / Draws;

    /// <summary>Share of the draws in which the unit is not ahead of the one that follows.</summary>
    internal decimal TurnedShare(int unit) => (decimal)_turned[unit] / Draws;

    private ReadOnlySpan<int> Places(int unit) => _places.AsSpan(unit * (units + 1), units + 1);
}
