namespace OpenData.Warehouse.Ledger;

/// <summary>One line of a run's log. It names datasets, codes and numbers, never a value of the data, an address or a secret.</summary>
/// <param name="At">When it was written.</param>
/// <param name="Level"><c>information</c>, <c>warning</c> or <c>error</c>.</param>
/// <param name="Text">The line, English, as in the worker's own log.</param>
public sealed record RunLine(DateTimeOffset At, string Level, string Text);
