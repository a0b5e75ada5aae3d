namespace OpenData.Warehouse.Scoring;

/// <summary>What a main index, a pillar or the whole is worth to a unit.</summary>
/// <param name="Code">Code; empty for the whole.</param>
/// <param name="Points">Points, unrounded.</param>
/// <param name="Maximum">The unit's maximum.</param>
public sealed record IndexScore(string Code, decimal Points, decimal Maximum)
{
    /// <summary>Points ÷ maximum, unrounded; 0 when nothing applies.</summary>
    public decimal Value => Maximum == 0 ? 0 : Points / Maximum;

    /// <summary>The value as it is published, half away from zero.</summary>
    public decimal Published(int decimals) => Math.Round(Value, decimals, MidpointRounding.AwayFromZero);
}
