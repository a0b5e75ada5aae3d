using OpenData.Catalogs;

namespace OpenData.Warehouse.Query;

/// <summary>A dataset to which relations lead, in the version that a query reads.</summary>
/// <param name="Contract">The contract, with the structure of the version.</param>
/// <param name="Alias">The attachment that holds the version.</param>
public sealed record RelatedTable(DatasetContract Contract, string Alias);
