namespace OpenData.Portal.Serving;

/// <summary>
/// Small answers, kept by version, query and format. A version never changes, so nothing in here is ever out of date: answers of old
/// versions only fall out of use. Equal questions at the same moment are computed once; the work stops when the last of those who wait
/// has left.
/// </summary>
/// <param name="bytesMax">Bytes of all answers together.</param>
internal sealed class AnswerCache(long bytesMax)
{
    /// <summary>Larger answers are given out and not kept.</summary>
    public const int AnswerBytesMax = 1024 * 1024;

    private readonly RecentlyUsed<Answer> _kept = new(bytesMax, a => a.Body.Length);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Work> _works = new(StringComparer.Ordinal);

    /// <summary>Bytes held now.</summary>
    public long Bytes => _kept.Bytes;

    /// <summary>The answer: kept, in the making, or made now.</summary>
    /// <param name="key">Everything that the answer's bytes depend on.</param>
    /// <param name="compute">Makes it; null when it is too large to be held. The token is cancelled when nobody waits any more.</param>
    /// <param name="token">The caller's own patience.</param>
    public async Task<Answer?> GetAsync(string key, Func<CancellationToken, Task<Answer?>> compute, CancellationToken token)
    {
        Work? work;
        lock (_gate)
        {
            if (_kept.TryFind(key, out var kept))
            {
                return kept;
            }

            if (!_works.TryGetValue(key, out work))
            {
                work = new Work();
                _works.Add(key, work);
                work.Task = Task.Run(() => MakeAsync(key, work, compute), CancellationToken.None);
            }

            work.Waiting++;
        }

        try
        {
            return await work.Task!.WaitAsync(token); // Set under the lock that made the work known.
        }
        finally
        {
            Leave(key, work);
        }
    }

    private async Task<Answer?> MakeAsync(string key, Work work, Func<CancellationToken, Task<Answer?>> compute)
    {
        try
        {
            var answer = await compute(work.Abandoned.Token);
            if (answer?.Body.Length <= AnswerBytesMax)
            {
                _kept.Keep(key, answer);
            }

            return answer;
        }
        finally
        {
            lock (_gate)
            {
                Forget(key, work);
            }
        }
    }

    private void Leave(string key, Work work)
    {
        lock (_gate)
        {
            work.Waiting--;
            if (work.Waiting > 0)
            {
                return;
            }

            // A newcomer must not join work that is being given up.
            Forget(key, work);
        }

        work.Abandoned.Cancel();
    }

    private void Forget(string key, Work work)
    {
        if (_works.TryGetValue(key, out var known) && ReferenceEquals(known, work))
        {
            _works.Remove(key);
        }
    }

    private sealed class Work
    {
        public Task<Answer?>? Task { get; set; }

        public int Waiting { get; set; }

        public CancellationTokenSource Abandoned { get; } = new();
    }
}
