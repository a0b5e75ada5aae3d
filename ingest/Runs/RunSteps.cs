using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Runs;

/// <summary>Does the steps of one run one after the other, and writes each into the ledger with its time and counts.</summary>
public sealed class RunSteps(RunLedger ledger, string runId, TimeProvider clock, IRunWatcher watcher, string dataset)
{
    /// <summary>Does a step.</summary>
    /// <param name="name"><c>fetch</c>, <c>stage</c> (or <c>derive</c>), <c>validate</c> or <c>publish</c>.</param>
    /// <param name="work">The work.</param>
    /// <param name="facts">Adds counts, bytes and hash of the result.</param>
    /// <param name="token">Ends the step.</param>
    public async Task<T> DoAsync<T>(string name, Func<Task<T>> work, Func<T, StepRecord, StepRecord> facts, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        watcher.StepStarted(dataset, name);
        var started = clock.GetUtcNow();
        var stamp = clock.GetTimestamp();
        var result = await work();
        var step = new StepRecord(name, started, clock.GetElapsedTime(stamp));
        await ledger.AddStepAsync(runId, facts(result, step), CancellationToken.None);
        return result;
    }

    /// <summary>Does a step that blocks its thread (DuckDB does), off the caller's thread.</summary>
    public Task<T> DoAsync<T>(string name, Func<T> work, Func<T, StepRecord, StepRecord> facts, CancellationToken token)
        => DoAsync(name, () => Task.Run(work, token), facts, token);
}
