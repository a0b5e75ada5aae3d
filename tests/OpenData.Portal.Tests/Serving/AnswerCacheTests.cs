using OpenData.Portal.Serving;

namespace OpenData.Portal.Tests.Serving;

public sealed class AnswerCacheTests
{
    [Fact]
    public async Task Equal_questions_at_one_moment_are_computed_once()
    {
        var cache = new AnswerCache(1 << 20);
        var go = new TaskCompletionSource();
        var computed = 0;
        var callers = Enumerable.Range(0, 20).Select(_ => cache.GetAsync("q", ComputeAsync, CancellationToken.None)).ToList();
        go.SetResult();
        var answers = await Task.WhenAll(callers);
        var later = await cache.GetAsync("q", ComputeAsync, CancellationToken.None);

        Assert.Equal(1, computed);
        Assert.All(answers, a => Assert.Same(later, a));

        async Task<Answer?> ComputeAsync(CancellationToken token)
        {
            Interlocked.Increment(ref computed);
            await go.Task.WaitAsync(token);
            return Of(100);
        }
    }

    [Fact]
    public async Task Work_goes_on_while_somebody_waits_and_stops_when_the_last_has_left()
    {
        var cache = new AnswerCache(1 << 20);
        using var one = new CancellationTokenSource();
        using var two = new CancellationTokenSource();
        var stopped = new TaskCompletionSource();
        var first = cache.GetAsync("q", ComputeAsync, one.Token);
        var second = cache.GetAsync("q", ComputeAsync, two.Token);
        await one.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(stopped.Task.IsCompleted);
        await two.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(7, (await cache.GetAsync("q", _ => Task.FromResult<Answer?>(Of(7)), CancellationToken.None))!.Body.Length);

        async Task<Answer?> ComputeAsync(CancellationToken token)
        {
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                stopped.SetResult();
            }

            return null;
        }
    }

    [Fact]
    public async Task A_failure_reaches_every_waiter_and_is_not_kept()
    {
        var cache = new AnswerCache(1 << 20);
        var go = new TaskCompletionSource();
        var callers = Enumerable.Range(0, 3).Select(_ => cache.GetAsync("q", FailAsync, CancellationToken.None)).ToList();
        go.SetResult();
        foreach (var caller in callers)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => caller);
        }

        Assert.Equal(3, (await cache.GetAsync("q", _ => Task.FromResult<Answer?>(Of(3)), CancellationToken.None))!.Body.Length);

        async Task<Answer?> FailAsync(CancellationToken token)
        {
            await go.Task.WaitAsync(token);
            throw new InvalidOperationException("refused");
        }
    }

    [Fact]
    public async Task Bytes_stay_bounded_and_the_least_recently_used_goes_first()
    {
        var cache = new AnswerCache(10_000);
        var computed = new List<string>();
        foreach (var key in new[] { "a", "b", "a", "c", "a", "b" })
        {
            await cache.GetAsync(key, _ => Task.FromResult<Answer?>(Made(key)), CancellationToken.None);
            Assert.InRange(cache.Bytes, 1, 10_000);
        }

        Assert.Equal(["a", "b", "c", "b"], computed);

        Answer Made(string key)
        {
            computed.Add(key);
            return Of(4_500);
        }
    }

    [Fact]
    public async Task A_large_answer_is_given_out_and_not_kept()
    {
        var cache = new AnswerCache(1L << 30);
        await cache.GetAsync("q", _ => Task.FromResult<Answer?>(Of(AnswerCache.AnswerBytesMax + 1)), CancellationToken.None);

        Assert.Equal(0, cache.Bytes);
    }

    private static Answer Of(int bytes) => new(new byte[bytes], "text/plain");
}
