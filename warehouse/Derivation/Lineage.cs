namespace OpenData.Warehouse.Derivation;

/// <summary>Output column → the columns of parents it is made of, each as <c>parent.column</c>, sorted.</summary>
/// <param name="Columns">By output column, in the order of the query.</param>
public sealed record Lineage(IReadOnlyList<LineageColumn> Columns)
{
    /// <summary>As the manifest keeps it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ToDictionary()
        => Columns.ToDictionary(c => c.Name, c => c.Sources, StringComparer.Ordinal);
}
