namespace OpenData.Warehouse.Scoring.Explanation;

/// <summary>What a unit could still gain in one component.</summary>
/// <param name="Component">Code of the component.</param>
/// <param name="Points">Its points.</param>
/// <param name="Maximum">The unit's maximum here.</param>
/// <param name="BestShare">Greatest share of another unit of the league to which the component applies; null when there is none.</param>
/// <param name="BestUnit">The unit that has it, the first by code of equals; null when there is none.</param>
public sealed record ComponentGap(string Component, decimal Points, decimal Maximum, decimal? BestShare, string? BestUnit)
{
    /// <summary>Points to the maximum.</summary>
    public decimal ToMaximum => Math.Max(0, Maximum - Points);

    /// <summary>Points that the unit would gain with the share of the best; 0 when it is the best itself.</summary>
    public decimal ToBest => Math.Max(0, ((BestShare ?? 0) * Maximum) - Points);
}
