using System.Text;
using OpenData.TestKit;
using OpenData.Warehouse.Landing;
using OpenData.Warehouse.Tests.Ledger;
using OpenData.Warehouse.Tests.Publishing;

namespace OpenData.Warehouse.Tests.Landing;

public sealed class LandingRetentionTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, TimeSpan> Rules = new() { ["trees"] = TimeSpan.FromDays(30), ["cases"] = TimeSpan.FromDays(3), ["none"] = TimeSpan.Zero };
    private static readonly HashSet<string> NothingNeeded = [];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Bytes_older_than_the_rule_of_their_dataset_go()
    {
        LandingFile[] files = [File("a", 31), File("b", 29), File("c", 4), File("d", 2), File("e", 1.1), File("f", 0.9)];
        var uses = Uses(("a", "trees", "r1"), ("b", "trees", "r2"), ("c", "cases", "r3"), ("d", "cases", "r4"), ("e", "none", "r5"), ("f", "none", "r6"));

        Assert.Equal(["a", "c", "e"], LandingRetention.Expired(files, uses, Rules, NothingNeeded, Now));
    }

    [Fact]
    public void Bytes_that_a_current_version_was_made_from_stay()
    {
        LandingFile[] files = [File("a", 400), File("b", 400)];

        Assert.Equal(["b"], LandingRetention.Expired(files, Uses(("a", "trees", "r1"), ("b", "trees", "r0")), Rules, new HashSet<string> { "r1" }, Now));
    }

    [Fact]
    public void Bytes_of_two_datasets_go_by_the_longer_rule_and_bytes_of_nobody_by_the_longest()
    {
        LandingFile[] files = [File("shared", 10), File("orphan", 10), File("gone", 10), File("old orphan", 31)];
        var uses = Uses(("shared", "cases", "r1"), ("shared", "trees", "r2"), ("gone", "left_the_catalogue", "r3"));

        Assert.Equal(["old orphan"], LandingRetention.Expired(files, uses, Rules, NothingNeeded, Now));
    }

    [Fact]
    public async Task Bytes_that_are_landed_again_are_young_again_and_are_not_removed_by_somebody_who_looked_before()
    {
        var clock = new ManualClock();
        var store = new LandingStore(_folder.Path, clock);
        var first = await LandAsync(store, "1,a\n");
        var seen = Assert.Single(store.Files());
        Assert.Equal((first.Sha256, 4L, clock.GetUtcNow()), (seen.Sha256, seen.Bytes, seen.LandedAt));

        clock.Advance(TimeSpan.FromDays(3));
        await LandAsync(store, "1,a\n");
        Assert.False(store.Remove(seen));
        var again = Assert.Single(store.Files());
        Assert.Equal(clock.GetUtcNow(), again.LandedAt);
        using var reader = new StreamReader(first.Path);
        Assert.True(store.Remove(again));
        Assert.False(store.Remove(again));
        Assert.Equal("1,a\n", await reader.ReadToEndAsync());
        Assert.Empty(store.Files());
        Assert.True(LandingStore.IsIntact(await LandAsync(store, "1,a\n")));
    }

    private static LandingFile File(string sha256, double days) => new(sha256, Now.AddDays(-days), 1);

    private static ILookup<string, LandingUse> Uses(params (string Sha256, string Dataset, string Run)[] uses)
        => uses.ToLookup(u => u.Sha256, u => new LandingUse(u.Dataset, u.Run), StringComparer.Ordinal);

    private async Task<LandedFile> LandAsync(LandingStore store, string text)
    {
        var contract = PublishingBench.Contract(PublishingBench.Yaml("name: id, type: integer, required: true, title: { vi: Số, en: Number }"));
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await store.LandAsync(contract, _folder["work/run"], "test", bytes, CancellationToken.None);
    }
}
