namespace OpenData.Warehouse.Scoring.Robustness;

/// <summary>How weights are varied. The same plan over the same scores gives the same result on every machine, with any number of threads.</summary>
public sealed record RobustnessPlan
{
    /// <summary>Greatest number of draws.</summary>
    public const int DrawsMax = 1_000_000;

    /// <summary>Where the random numbers begin; published beside the result, so that anybody can draw the same ones. Default 2022.</summary>
    public ulong Seed { get; init; } = 2022;

    /// <summary>Number of draws, 1 to <see cref="DrawsMax"/>. Default 10,000.</summary>
    public int Draws { get; init; } = 10_000;

    /// <summary>How far a weight goes up or down, as a share of itself, 0 to 0.95; every value between is equally likely. Default 0.25.</summary>
    public double Spread { get; init; } = 0.25;

    /// <summary>Which weights are varied. Default components.</summary>
    public VariedWeights Weights { get; init; } = VariedWeights.Component;

    /// <summary>Share of the draws, 0 to 1, above which two neighbours are too close to call when the better one is not ahead in them. Default 0.1.</summary>
    public double CloseShare { get; init; } = 0.1;

    /// <summary>The plan itself, or what is wrong with it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its bounds.</exception>
    internal RobustnessPlan Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Draws, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Draws, DrawsMax);
        if (Spread is not (>= 0 and <= 0.95))
        {
            throw new ArgumentOutOfRangeException(nameof(Spread), Spread, "A weight varies by 0 to 0.95 of itself.");
        }

        if (CloseShare is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(CloseShare), CloseShare, "A share of the draws lies between 0 and 1.");
        }

        return this;
    }
}
