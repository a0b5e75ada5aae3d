namespace OpenData.Warehouse.Audit;

/// <summary>Something wrong with the audit log.</summary>
/// <param name="Number">Number of the first line concerned.</param>
/// <param name="Fault">What is wrong.</param>
public sealed record AuditFinding(long Number, AuditFault Fault);
