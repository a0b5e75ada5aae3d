using OpenData.Catalogs;

namespace OpenData.Portal.Scores.Boards;

/// <summary>A pillar over the units of a board: the plain mean of published values.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Mean">Mean of the units' values, four decimals.</param>
/// <param name="Lowest">Lowest value.</param>
/// <param name="Highest">Highest value.</param>
public sealed record PillarMean(LocalText Name, decimal Mean, decimal Lowest, decimal Highest)
{
    /// <summary>Pure: units → their pillars in order; none without units or pillars.</summary>
    public static IReadOnlyList<PillarMean> Of(IReadOnlyList<BoardUnit> units) =>
    [
        .. units.SelectMany(u => u.Pillars).GroupBy(p => p.Code, StringComparer.Ordinal).Select(g => new PillarMean(
            g.First().Name,
            Math.Round(g.Average(p => p.Final.Value), 4, MidpointRounding.AwayFromZero),
            g.Min(p => p.Final.Value),
            g.Max(p => p.Final.Value))),
    ];
}
