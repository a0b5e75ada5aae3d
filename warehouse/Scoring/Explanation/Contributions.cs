using OpenData.Catalogs.Frameworks;

namespace OpenData.Warehouse.Scoring.Explanation;

/// <summary>Pure: a unit's score → what each component adds to it. Monitored indices add nothing and are left out.</summary>
public static class Contributions
{
    /// <summary>One entry for each component that counts, in the framework's order.</summary>
    public static IReadOnlyList<Contribution> Of(Framework framework, UnitScore score)
        => [.. Counted(framework, score).Select(c => new Contribution(
            c.Index, c.Score.Component, c.Score.Points, c.Score.Maximum, score.Total.Points == 0 ? 0 : c.Score.Points / score.Total.Points))];

    /// <summary>Scores of the components that count, with their main index.</summary>
    internal static IEnumerable<(string Index, ComponentScore Score)> Counted(Framework framework, UnitScore score)
        => framework.MainIndices
            .SelectMany(m => m.Components.Select(_ => m))
            .Zip(score.Components)
            .Where(c => !c.First.IsMonitored)
            .Select(c => (c.First.Code, c.Second));
}
