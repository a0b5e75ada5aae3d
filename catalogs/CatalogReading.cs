namespace OpenData.Catalogs;

/// <summary>What a catalogue folder holds.</summary>
/// <param name="Catalog">Everything that may run and be served.</param>
/// <param name="Problems">Every mistake found, by file and line; empty when all is well.</param>
public sealed record CatalogReading(Catalog Catalog, IReadOnlyList<CatalogProblem> Problems)
{
    /// <summary>The problems that stop a dataset; empty when nothing does.</summary>
    public IReadOnlyList<CatalogProblem> ProblemsOf(string dataset)
        => [.. Problems.Where(p => string.Equals(p.Dataset, dataset, StringComparison.Ordinal))];
}
