namespace OpenData.Portal.Access;

/// <summary>Opens something when it is first needed, once, and tries again when that failed.</summary>
internal sealed class OpenedOnce<T>(Func<CancellationToken, Task<T>> open) : IAsyncDisposable
    where T : class, IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile T? _opened;

    /// <summary>What was opened.</summary>
    public async Task<T> GetAsync(CancellationToken token)
    {
        if (_opened is { } known)
        {
            return known;
        }

        await _opening.WaitAsync(token);
        try
        {
            return _opened ??= await open(token);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _opening.Dispose();
        if (_opened is { } known)
        {
            await known.DisposeAsync();
        }
    }
}
