namespace OpenData.Warehouse.Publishing;

/// <summary>What an expectation found, as the manifest keeps it.</summary>
/// <param name="Name">Stable name of the rule.</param>
/// <param name="Checked">Rows looked at.</param>
/// <param name="Failed">Rows that failed; for guards 1 when the guard failed.</param>
/// <param name="OnFail"><c>warn</c>, <c>quarantine</c> or <c>block</c>.</param>
/// <param name="Outcome"><c>passed</c>, <c>warned</c> or <c>quarantined</c>; a blocked run has no manifest.</param>
public sealed record ExpectationOutcome(string Name, long Checked, long Failed, string OnFail, string Outcome);
