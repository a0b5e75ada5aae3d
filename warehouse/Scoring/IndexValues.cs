using OpenData.Catalogs.Frameworks;

namespace OpenData.Warehouse.Scoring;

/// <summary>Pure: totals from published values of main indices, and values of merged units.</summary>
public static class IndexValues
{
    /// <summary>The total of a unit of which only the main indices' values (points ÷ maximum) are known.</summary>
    /// <param name="framework">The framework; all its maxima are known.</param>
    /// <param name="values">Values by code of the main index; every index with weight has one.</param>
    public static IndexScore Total(Framework framework, IReadOnlyDictionary<string, decimal> values)
    {
        decimal points = 0, maximum = 0;
        foreach (var index in framework.MainIndices.Where(m => !m.IsMonitored))
        {
            var most = index.Points ?? throw new ArgumentException($"The maximum of main index {index.Code} is not known.", nameof(framework));
            points += most * values[index.Code];
            maximum += most;
        }

        return new IndexScore("", points, maximum);
    }

    /// <summary>Values of a unit that was made of others: the plain mean of its predecessors, index by index, as the ministry took it in 2025.</summary>
    public static IReadOnlyDictionary<string, decimal> Merged(IReadOnlyList<IReadOnlyDictionary<string, decimal>> predecessors)
    {
        if (predecessors.Count == 0 || predecessors.Any(p => p.Count != predecessors[0].Count || !p.Keys.All(predecessors[0].ContainsKey)))
        {
            throw new ArgumentException("Predecessors have values of the same main indices, and there is at least one.", nameof(predecessors));
        }

        return predecessors[0].Keys.ToDictionary(k => k, k => predecessors.Sum(p => p[k]) / predecessors.Count, StringComparer.Ordinal);
    }
}
