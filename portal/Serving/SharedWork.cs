namespace OpenData.Portal.Serving;

/// <summary>
/// Work that equal callers wait for together: begun by the first, done once, given up when the last has left. A failure reaches all of
/// them and is not remembered.
/// </summary>
internal sealed class SharedWork<T>
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Running> _running = new(StringComparer.Ordinal);

    /// <summary>Joins the work of the key, or begins it, and takes what it gives.</summary>
    /// <param name="key">Equal for callers who want the same.</param>
    /// <param name="begin">Does the work; must not lean on one caller. Its token ends when nobody waits any more.</param>
    /// <param name="take">Run on the result while this caller still counts as waiting.</param>
    /// <param name="token">Ends the wait of this caller.</param>
    public async Task<TTaken> JoinAsync<TTaken>(
        string key, Func<CancellationToken, Task<T>> begin, Func<T, TTaken> take, CancellationToken token)
    {
        var running = Join(key, begin);
        try
        {
            return take(await running.Task.WaitAsync(token));
        }
        finally
        {
            Leave(key, running);
        }
    }

    /// <summary>True while somebody waits for the work of that key.</summary>
    public bool IsWaitedFor(string key)
    {
        lock (_gate)
        {
            return _running.ContainsKey(key);
        }
    }

    private Running Join(string key, Func<CancellationToken, Task<T>> begin)
    {
        lock (_gate)
        {
            if (!_running.TryGetValue(key, out var running))
            {
                var abandoned = new CancellationTokenSource();
                running = new Running(Task.Run(() => begin(abandoned.Token), CancellationToken.None), abandoned);
                _running.Add(key, running);
            }

            running.Callers++;
            return running;
        }
    }

    private void Leave(string key, Running running)
    {
        lock (_gate)
        {
            if (--running.Callers > 0)
            {
                return;
            }

            // From here on a new caller begins anew.
            _running.Remove(key);
        }

        running.Abandoned.Cancel();
    }

    private sealed class Running(Task<T> task, CancellationTokenSource abandoned)
    {
        public Task<T> Task => task;

        public CancellationTokenSource Abandoned => abandoned;

        public int Callers { get; set; }
    }
}
