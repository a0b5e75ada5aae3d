using OpenData.Catalogs;

namespace OpenData.Ingest.Commands;

/// <summary>Says which datasets cannot run because their contracts have mistakes.</summary>
internal static class Unusable
{
    /// <summary>Writes the mistakes; returns how many datasets are left out.</summary>
    /// <param name="catalogue">The catalogue as read.</param>
    /// <param name="asked">The datasets asked for; null means all.</param>
    /// <param name="error">Where to write.</param>
    internal static async Task<int> WriteAsync(CatalogReading catalogue, IReadOnlyCollection<string>? asked, TextWriter error)
    {
        var named = asked ?? [.. catalogue.Problems.Select(p => p.Dataset).OfType<string>().Distinct(StringComparer.Ordinal)];
        var unusable = named.Where(id => catalogue.Catalog.Find(id) is null).ToList();
        foreach (var id in unusable)
        {
            var problems = catalogue.ProblemsOf(id);
            await error.WriteLineAsync(problems.Count == 0
                ? $"{id}: OD2408: the catalogue has no dataset of that name."
                : $"{id}: OD2408: its contract has mistakes and does not run:");
            foreach (var problem in problems)
            {
                await error.WriteLineAsync($"  {problem}");
            }
        }

        return unusable.Count;
    }
}
