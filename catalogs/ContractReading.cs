namespace OpenData.Catalogs;

/// <summary>What a single contract file holds.</summary>
/// <param name="Contract">The contract; null when there is a problem.</param>
/// <param name="Problems">Every mistake found, by line.</param>
public sealed record ContractReading(DatasetContract? Contract, IReadOnlyList<CatalogProblem> Problems);
