namespace OpenData.Warehouse.Audit;

/// <summary>What came of a check of the whole audit log.</summary>
/// <param name="Lines">Lines of the table.</param>
/// <param name="Head">Hash of the last line: whoever keeps it elsewhere can prove later that nothing before it changed.</param>
/// <param name="Findings">What is wrong; empty when all is well.</param>
public sealed record AuditReport(long Lines, string Head, IReadOnlyList<AuditFinding> Findings);
