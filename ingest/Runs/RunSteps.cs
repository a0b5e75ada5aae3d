using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Runs;

/// <summary>Does the steps of one run one after the other, and writes each into the ledger with its time and counts.</summary>
internal sealed class RunSteps(RunLedger ledger, string runId, StepWatch watch, TimeProvider clock, IRunWatcher watcher, string dataset)
{
    private volatile StepAtWork? _atWork;

    /// <summary>Counts what the step at work has done so far.</summary>
    public WorkMeter Meter => _atWork?.Meter ?? Idle;

    /// <summary>How far the run has got; null between steps.</summary>
    public ProgressNote? Progress() => _atWork is { } step
        ? new ProgressNote(runId, step.Name, step.StartedAt, clock.GetUtcNow(), Some(step.Meter.Records), Some(step.Meter.Bytes))
        : null;

    /// <summary>Does a step.</summary>
    /// <param name="name"><c>fetch</c>, <c>stage</c> (or <c>derive</c>), <c>validate</c>, <c>compare</c>, <c>prepare</c> (of a version that then waits) or <c>publish</c>.</param>
    /// <param name="work">The work.</param>
    /// <param name="facts">Adds counts, bytes and hash of the result.</param>
    /// <param name="token">Ends the step.</param>
    public async Task<T> DoAsync<T>(string name, Func<Task<T>> work, Func<T, StepRecord, StepRecord> facts, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        watcher.StepStarted(dataset, name);
        var started = clock.GetUtcNow();
        _atWork = new StepAtWork(name, started, new WorkMeter());
        var stamp = clock.GetTimestamp();
        var result = await watch.DoAsync(name, work);
        _atWork = null;
        var step = new StepRecord(name, started, clock.GetElapsedTime(stamp));
        await ledger.AddStepAsync(runId, facts(result, step), CancellationToken.None);
        return result;
    }

    /// <summary>Does a step that blocks its thread (DuckDB does), off the caller's thread.</summary>
    public Task<T> DoAsync<T>(string name, Func<T> work, Func<T, StepRecord, StepRecord> facts, CancellationToken token)
        => DoAsync(name, () => Task.Run(work, token), facts, token);

    // Nobody looks at it.
    private static WorkMeter Idle { get; } = new();

    private static long? Some(long count) => count == 0 ? null : count;

    private sealed record StepAtWork(string Name, DateTimeOffset StartedAt, WorkMeter Meter);
}
