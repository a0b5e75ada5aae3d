namespace OpenData.Warehouse.Scoring.Explanation;

/// <summary>A document that a unit gave as evidence.</summary>
/// <param name="Unit">Code of the unit.</param>
/// <param name="Component">Code of the component.</param>
/// <param name="Sha256">Hash of the file.</param>
public sealed record EvidenceUse(string Unit, string Component, string Sha256);
