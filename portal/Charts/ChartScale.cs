namespace OpenData.Portal.Charts;

/// <summary>What an axis shows.</summary>
/// <param name="From">Its least value.</param>
/// <param name="To">Its greatest value, above the least.</param>
/// <param name="Ticks">Values with a line and a number.</param>
/// <param name="IsInverted">True when the least value stands on top or at the right, as the first place does.</param>
internal sealed record ChartScale(decimal From, decimal To, IReadOnlyList<decimal> Ticks, bool IsInverted)
{
    /// <summary>From nothing to all.</summary>
    public static ChartScale Shares { get; } = new(0, 1, [0, 0.25m, 0.5m, 0.75m, 1], false);

    /// <summary>Places from the first to a round one at or below the worst that is shown.</summary>
    public static ChartScale Places(int worst)
    {
        var step = worst switch { <= 6 => 1, <= 30 => 5, <= 60 => 10, <= 120 => 20, <= 300 => 50, _ => 500 };
        var last = Math.Max(step + 1, (worst + step - 1) / step * step);
        return new ChartScale(1, last, [1, .. Enumerable.Range(1, last / step).Select(i => (decimal)(i * step)).Where(t => t > 1)], true);
    }

    /// <summary>Where a value lies between the beginning (0) and the end (1) of the axis; values beyond lie on its end.</summary>
    public double At(decimal value)
    {
        var share = (double)((Math.Clamp(value, From, To) - From) / (To - From));
        return IsInverted ? 1 - share : share;
    }
}
