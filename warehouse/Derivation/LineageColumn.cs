namespace OpenData.Warehouse.Derivation;

/// <summary>One output column.</summary>
/// <param name="Name">Name in the output.</param>
/// <param name="Sources"><c>parent.column</c> names, sorted; empty for a constant or a bare count.</param>
public sealed record LineageColumn(string Name, IReadOnlyList<string> Sources);
