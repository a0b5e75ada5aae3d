using OpenData.Catalogs;

namespace OpenData.Warehouse.Changes;

/// <summary>One side of a comparison.</summary>
/// <param name="Contract">Its contract: columns, types, key.</param>
/// <param name="Version">Version name.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Alias">Alias under which it is attached.</param>
public sealed record ComparedVersion(DatasetContract Contract, string Version, DateTimeOffset PublishedAt, long Rows, string Alias);
