namespace OpenData.Warehouse.Derivation;

/// <summary>A table that SQL of a contract may read.</summary>
/// <param name="Name">Name in SQL: the dataset id.</param>
/// <param name="Columns">Public columns, in order.</param>
public sealed record ParentTable(string Name, IReadOnlyList<string> Columns);
