namespace OpenData.Warehouse.Ledger;

/// <summary>How far a run at work has got, as its worker noted last. A step that ends within moments is never noted.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Step">The step at work: <c>fetch</c>, <c>stage</c>, <c>derive</c>, <c>validate</c>, <c>publish</c>.</param>
/// <param name="StepStartedAt">When it began.</param>
/// <param name="NotedAt">When the worker last said so; old means that the worker does not answer.</param>
/// <param name="Records">Records so far; null where the step counts none.</param>
/// <param name="Bytes">Bytes so far; null where the step counts none.</param>
public sealed record ProgressNote(
    string RunId, string Step, DateTimeOffset StepStartedAt, DateTimeOffset NotedAt, long? Records = null, long? Bytes = null);
