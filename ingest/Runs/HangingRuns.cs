using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OpenData.Ingest.Runs;

/// <summary>Datasets whose work was left behind in this process. None of them runs here again before that work has come back: one lost thread each is the most.</summary>
internal sealed class HangingRuns(ILogger logger)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _since = new(StringComparer.Ordinal);

    /// <summary>Since when work on a dataset hangs; null when none does.</summary>
    internal DateTimeOffset? Since(string dataset) => _since.TryGetValue(dataset, out var since) ? since : null;

    /// <summary>Remembers work that was left behind until it comes back.</summary>
    internal void Add(string dataset, string runId, DateTimeOffset since, Task work)
    {
        _since[dataset] = since;
        RunLog.LeftBehind(logger, dataset, runId);
        _ = ForgetAsync(dataset, runId, work);
    }

    private async Task ForgetAsync(string dataset, string runId, Task work)
    {
        await Task.WhenAny(work);
        _since.TryRemove(dataset, out _);
        RunLog.CameBack(logger, dataset, runId, work.Exception?.GetBaseException().GetType().Name ?? "nothing");
    }
}
