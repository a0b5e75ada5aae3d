using System.Security.Cryptography;
using System.Text;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Serving;
using OpenData.TestKit;

namespace OpenData.Portal.Tests.Serving;

public sealed class FileCacheTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SteppingTime _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_is_built_once_and_found_again_after_a_restart()
    {
        var builds = 0;
        for (var portal = 0; portal < 3; portal++)
        {
            var cache = Cache(1000);
            using var file = await cache.GetAsync("a", Writes("chợ", () => builds++), CancellationToken.None);
            Assert.Equal("chợ", await TextOfAsync(file));
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("chợ"u8)), file.Sha256);
            Assert.Equal(5, file.Length);
        }

        Assert.Equal(1, builds);
    }

    [Fact]
    public async Task Concurrent_callers_of_one_key_share_one_build()
    {
        var builds = 0;
        var go = new TaskCompletionSource();
        var cache = Cache(1000);
        var callers = Enumerable.Range(0, 20).Select(_ => cache.GetAsync(
            "a",
            async (target, token) =>
            {
                Interlocked.Increment(ref builds);
                await go.Task.WaitAsync(token);
                await target.WriteAsync("x"u8.ToArray(), token);
            },
            CancellationToken.None)).ToList();
        go.SetResult();

        foreach (var file in await Task.WhenAll(callers))
        {
            Assert.Equal("x", await TextOfAsync(file));
            file.Dispose();
        }

        Assert.Equal(1, builds);
    }

    [Fact]
    public async Task The_least_recently_used_file_makes_room()
    {
        var cache = Cache(100);
        await UseAsync(cache, "a", 40);
        await UseAsync(cache, "b", 40);
        await UseAsync(cache, "a", 40);
        await UseAsync(cache, "c", 40);

        Assert.True(await IsThereAsync(cache, "a"));
        Assert.True(await IsThereAsync(cache, "c"));
        Assert.False(await IsThereAsync(cache, "b"));
    }

    [Fact]
    public async Task An_open_file_reads_to_its_end_after_it_had_to_go()
    {
        var cache = Cache(100);
        using var first = await cache.GetAsync("a", Writes(new string('a', 50)), CancellationToken.None);
        await UseAsync(cache, "b", 50);
        await UseAsync(cache, "c", 50);

        Assert.False(await IsThereAsync(cache, "a"));
        Assert.Equal(new string('a', 50), await TextOfAsync(first));
    }

    [Fact]
    public async Task A_build_that_fails_leaves_nothing_and_the_next_caller_builds_anew()
    {
        var cache = Cache(1000);
        await Assert.ThrowsAsync<InvalidDataException>(() => cache.GetAsync(
            "a",
            async (target, token) =>
            {
                await target.WriteAsync("half"u8.ToArray(), token);
                throw new InvalidDataException();
            },
            CancellationToken.None));

        Assert.Empty(FilesIn(_folder["cache"]));
        using var file = await cache.GetAsync("a", Writes("whole"), CancellationToken.None);
        Assert.Equal("whole", await TextOfAsync(file));
    }

    [Fact]
    public async Task A_file_larger_than_half_of_the_cache_is_a_named_error_before_it_is_on_disk_and_drives_nothing_out()
    {
        var cache = Cache(100);
        await UseAsync(cache, "a", 40);
        var most = 0L;
        var failure = await Assert.ThrowsAsync<OpenDataException>(() => cache.GetAsync(
            "b",
            async (target, token) =>
            {
                for (var i = 0; i < 1000; i++)
                {
                    await target.WriteAsync(new byte[7], token);
                    most = Math.Max(most, FilesIn(_folder["cache"]).Sum(f => new FileInfo(f).Length));
                }
            },
            CancellationToken.None));

        Assert.Equal(CacheErrors.LargerThanCache, failure.Code);
        Assert.InRange(most, 1, 100);
        Assert.True(await IsThereAsync(cache, "a"));
        Assert.Single(FilesIn(_folder["cache"]));
    }

    [Fact]
    public async Task Files_being_built_count_towards_the_bound()
    {
        var cache = Cache(100);
        var go = new TaskCompletionSource();
        var built = Enumerable.Range(0, 6).Select(i => GetOrCodeAsync(cache, $"k{i}", async (target, token) =>
        {
            await target.WriteAsync(new byte[30], token);
            await go.Task.WaitAsync(token);
        })).ToList();

        // Room is granted before it is written: the last of the three may still be at it.
        await RunningPortal.WaitAsync(() => Task.FromResult(built.Count(b => b.IsCompleted) == 3 && FilesIn(_folder["cache"]).Sum(f => new FileInfo(f).Length) == 90));
        go.SetResult();
        Assert.Equal(["OD9040", "OD9040", "OD9040", "whole", "whole", "whole"], (await Task.WhenAll(built)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_caller_that_leaves_does_not_stop_the_build_of_the_others()
    {
        var cache = Cache(1000);
        var go = new TaskCompletionSource();
        using var impatient = new CancellationTokenSource();
        Func<Stream, CancellationToken, Task> build = async (target, token) =>
        {
            await go.Task.WaitAsync(token);
            await target.WriteAsync("x"u8.ToArray(), token);
        };
        var leaving = cache.GetAsync("a", build, impatient.Token);
        var staying = cache.GetAsync("a", build, CancellationToken.None);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        go.SetResult();

        using var file = await staying;
        Assert.Equal("x", await TextOfAsync(file));
    }

    [Fact]
    public async Task The_build_stops_when_its_last_caller_has_left()
    {
        var cache = Cache(1000);
        var stopped = new TaskCompletionSource();
        using var impatient = new CancellationTokenSource();
        var leaving = cache.GetAsync(
            "a",
            async (target, token) =>
            {
                try
                {
                    await Task.Delay(Timeout.Infinite, token);
                }
                finally
                {
                    stopped.SetResult();
                }
            },
            impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(10));

        await RunningPortal.WaitAsync(() => Task.FromResult(!FilesIn(_folder["cache"]).Any()));
        using var file = await cache.GetAsync("a", Writes("anew"), CancellationToken.None);
        Assert.Equal("anew", await TextOfAsync(file));
    }

    [Fact]
    public async Task The_folder_may_be_deleted_while_files_are_built_and_read()
    {
        var cache = Cache(1000);
        using var held = await cache.GetAsync("a", Writes("held"), CancellationToken.None);
        var builds = 0;
        using var file = await cache.GetAsync(
            "b",
            async (target, token) =>
            {
                await target.WriteAsync("built"u8.ToArray(), token);
                if (builds++ == 0)
                {
                    Directory.Delete(_folder["cache"], recursive: true);
                }
            },
            CancellationToken.None);

        Assert.Equal("held", await TextOfAsync(held));
        Assert.Equal("built", await TextOfAsync(file));
        Assert.Equal(2, builds);
        Assert.False(await IsThereAsync(cache, "a"));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_a_named_error()
    {
        _folder.Write("cache", "a file where the folder should be");

        Assert.Equal("OD9041", await GetOrCodeAsync(Cache(1000), "a", Writes("x")));
    }

    [Fact]
    public async Task What_a_killed_process_left_behind_goes_and_what_a_living_one_writes_stays()
    {
        var cache = Cache(1000);
        var dead = _folder.Write("cache/dead.part", "half");
        var living = _folder.Write("cache/living.part", "half");
        File.SetLastWriteTimeUtc(dead, _clock.GetUtcNow().UtcDateTime.AddHours(-2));
        File.SetLastWriteTimeUtc(living, _clock.GetUtcNow().UtcDateTime.AddMinutes(-50));
        await UseAsync(cache, "a", 10);

        Assert.False(File.Exists(dead));
        Assert.True(File.Exists(living));
    }

    [Fact]
    public async Task Whatever_is_asked_in_whatever_order_answers_are_right_and_the_bound_holds()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        FileCache[] portals = [Cache(300), Cache(300)];
        for (var round = 0; round < 60; round++)
        {
            var answers = Enumerable.Range(0, 4).Select(async _ =>
            {
                var key = random.Next(30);
                using var file = await portals[random.Next(2)].GetAsync($"{key}", Writes(new string((char)('A' + key), key)), CancellationToken.None);
                Assert.Equal(new string((char)('A' + key), key), await TextOfAsync(file));
            });
            await Task.WhenAll(answers.ToList());
            if (random.Next(20) == 0)
            {
                Directory.Delete(_folder["cache"], recursive: true);
            }

            // Each of two portals may be writing its share on top of what both see.
            var bytes = FilesIn(_folder["cache"]).Sum(f => new FileInfo(f).Length);
            Assert.True(bytes <= 420, $"{bytes} bytes, seed {seed}");
        }
    }

    private static Func<Stream, CancellationToken, Task> Writes(string text, Action? note = null) => async (target, token) =>
    {
        note?.Invoke();
        await target.WriteAsync(Encoding.UTF8.GetBytes(text), token);
    };

    private static IEnumerable<string> FilesIn(string folder)
        => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [];

    private static async Task<string> TextOfAsync(CachedFile file)
    {
        using var reader = new StreamReader(file.Content, leaveOpen: true);
        return await reader.ReadToEndAsync();
    }

    private static async Task<string> GetOrCodeAsync(FileCache cache, string key, Func<Stream, CancellationToken, Task> build)
    {
        try
        {
            using var file = await cache.GetAsync(key, build, CancellationToken.None);
            return "whole";
        }
        catch (OpenDataException failure)
        {
            return failure.Code.Code;
        }
    }

    private static async Task<bool> IsThereAsync(FileCache cache, string key)
    {
        try
        {
            using var file = await cache.GetAsync(key, (_, _) => throw new KeyNotFoundException(), CancellationToken.None);
            return true;
        }
        catch (KeyNotFoundException)
        {
            return false;
        }
    }

    private static async Task UseAsync(FileCache cache, string key, int bytes)
    {
        using var file = await cache.GetAsync(key, Writes(new string('x', bytes)), CancellationToken.None);
        Assert.Equal(bytes, file.Length);
    }

    private FileCache Cache(long bytesMax) => new(_folder["cache"], bytesMax, _clock);

    /// <summary>Goes on by a hundredth of a second at each look, so that uses are in order whatever the disk's clock can tell apart.</summary>
    private sealed class SteppingTime : TimeProvider
    {
        private readonly DateTimeOffset _start = System.GetUtcNow();
        private long _looks;

        public override DateTimeOffset GetUtcNow() => _start.AddMilliseconds(10 * Interlocked.Increment(ref _looks));
    }
}
