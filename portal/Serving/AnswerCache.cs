namespace OpenData.Portal.Serving;

/// <summary>
/// Small answers, kept by version, query and format. A version never changes, so nothing in here is ever out of date: answers of old
/// versions only fall out of use. Equal questions at the same moment are computed once.
/// </summary>
/// <param name="bytesMax">Bytes of all answers together.</param>
internal sealed class AnswerCache(long bytesMax)
{
    /// <summary>Larger answers are given out and not kept.</summary>
    public const int AnswerBytesMax = 1024 * 1024;

    private readonly RecentlyUsed<Answer> _kept = new(bytesMax, a => a.Body.Length);
    private readonly SharedWork<Answer?> _works = new();

    /// <summary>Bytes held now.</summary>
    public long Bytes => _kept.Bytes;

    /// <summary>The answer when it is kept; else null.</summary>
    public Answer? Find(string key) => _kept.TryFind(key, out var kept) ? kept : null;

    /// <summary>The answer: kept, in the making, or made now.</summary>
    /// <param name="key">Everything that the answer's bytes depend on.</param>
    /// <param name="compute">Makes it; null when it is too large to be held. The token ends when nobody waits any more.</param>
    /// <param name="token">The caller's own patience.</param>
    public async Task<Answer?> GetAsync(string key, Func<CancellationToken, Task<Answer?>> compute, CancellationToken token)
        => _kept.TryFind(key, out var kept) ? kept : await _works.JoinAsync(key, t => MakeAsync(key, compute, t), a => a, token);

    private async Task<Answer?> MakeAsync(string key, Func<CancellationToken, Task<Answer?>> compute, CancellationToken token)
    {
        var answer = await compute(token);
        if (answer?.Body.Length <= AnswerBytesMax)
        {
            _kept.Keep(key, answer);
        }

        return answer;
    }
}
