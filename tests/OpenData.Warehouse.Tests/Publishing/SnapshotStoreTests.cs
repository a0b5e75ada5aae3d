using OpenData.Catalogs;
using OpenData.Warehouse.Publishing;

namespace OpenData.Warehouse.Tests.Publishing;

public sealed class SnapshotStoreTests : IDisposable
{
    private static readonly string Things = PublishingBench.Yaml("""
        name: id, type: integer, required: true, title: { vi: Số, en: Number }
        name: word, type: text, title: { vi: Chữ, en: Word }
        """);

    private static readonly Dictionary<string, string> NoPins = [];

    private readonly PublishingBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Nothing_published_is_nothing_found()
    {
        Assert.Null(_bench.Store.Current("things"));
        Assert.Empty(_bench.Store.Versions("things"));
        Assert.Empty(_bench.Store.Datasets());
        Assert.Null(_bench.Store.Find("things", "20261122T023015123Z-1a2b3c4d"));
    }

    [Theory]
    [InlineData("../things")]
    [InlineData("Things")]
    [InlineData("")]
    [InlineData("a/b")]
    public void A_name_that_is_no_dataset_id_never_becomes_a_path(string id)
    {
        Assert.Null(_bench.Store.Current(id));
        Assert.Empty(_bench.Store.Versions(id));
    }

    [Fact]
    public void Manifests_round_trip()
    {
        var manifest = _bench.Publish(Things, "1, 'a'", "2, 'a'").Snapshot.Manifest;
        var bytes = ManifestJson.Write(manifest);
        var read = ManifestJson.Read(bytes);

        Assert.NotNull(read);
        Assert.Equal(bytes, ManifestJson.Write(read));
        Assert.Equal(manifest.Counts, read.Counts);
        Assert.Equal([new TopValue("a", 2)], read.Profiles[1].Top);
        Assert.Null(ManifestJson.Read("{ not json"u8));
    }

    [Fact]
    public void Any_flipped_bit_is_found_and_a_version_whose_manifest_or_pointer_is_damaged_gives_way_to_the_last_whole_one()
    {
        var first = _bench.Publish(Things, "1, 'a'").Snapshot;
        var second = _bench.Publish(Things, "1, 'b'", "2, 'c'").Snapshot;
        var pointer = Path.Combine(_bench.DataFolder, "published", "things", "current", Publication.FileName(second.Token));
        var verifier = new SnapshotVerifier(_bench.Store);
        var random = new Random(7);
        foreach (var path in Directory.EnumerateFiles(second.Folder).Append(pointer))
        {
            for (var round = 0; round < 6; round++)
            {
                var restore = Flip(path, random);
                var damages = verifier.VerifyAll(CancellationToken.None);

                Assert.NotEmpty(damages);
                Assert.Contains(damages, d => d.Version == second.Version || d.File == Path.GetFileName(path) || d.File == SnapshotFiles.Manifest);
                if (path == pointer || Path.GetFileName(path) == SnapshotFiles.Manifest)
                {
                    Assert.Equal(first.Version, _bench.Store.Current("things")!.Version);
                }

                restore();
                Assert.Empty(verifier.VerifyAll(CancellationToken.None));
            }
        }
    }

    [Fact]
    public void Missing_truncated_and_foreign_files_are_named()
    {
        var first = _bench.Publish(Things, "1, 'a'").Snapshot;
        var second = _bench.Publish(Things, "1, 'b'").Snapshot;
        File.Delete(second.Path(SnapshotFiles.Parquet));
        File.WriteAllBytes(second.Path("stray.txt"), [1]);

        Assert.Equal(
            [
                new SnapshotDamage("things", second.Version, SnapshotFiles.Parquet, DamageKind.Missing),
                new SnapshotDamage("things", second.Version, "stray.txt", DamageKind.Unlisted),
            ],
            new SnapshotVerifier(_bench.Store).VerifyAll(CancellationToken.None));
        Assert.Equal(first.Version, _bench.Store.Current("things")!.Version);
    }

    [Fact]
    public void The_newest_version_is_found_without_a_look_at_the_others()
    {
        var first = _bench.Publish(Things, "1, 'a'").Snapshot;
        var second = _bench.Publish(Things, "1, 'b'").Snapshot;
        using var versions = _bench.Store.NewestFirst("things").GetEnumerator();

        Assert.True(versions.MoveNext());
        Assert.Equal(second.Version, versions.Current.Version);
        File.Delete(first.Path(SnapshotFiles.Manifest));
        Assert.False(versions.MoveNext());
        Assert.Equal(second.Version, _bench.Store.Newest("things")!.Version);
        Assert.Null(_bench.Store.Newest("nothing"));
    }

    [Fact]
    public async Task Collected_versions_keep_their_manifest_and_are_not_damaged()
    {
        var first = _bench.Publish(Things, "1, 'a'").Snapshot;
        var second = _bench.Publish(Things, "1, 'b'").Snapshot;
        _bench.Clock.Now = _bench.Clock.Now.AddDays(3);
        var contract = PublishingBench.Contract(Things) with { Keep = new KeepPolicy(1, null, TimeSpan.Zero) };
        var collector = new SnapshotCollector(_bench.Store, _bench.Clock);

        Assert.Empty(await collector.CollectAsync(contract, new Dictionary<string, string> { [first.Version] = "cited" }, _ => Task.FromResult(true)));
        Assert.Empty(await collector.CollectAsync(contract, NoPins, _ => Task.FromResult(false)));
        Assert.True(File.Exists(first.DataFile));
        Assert.Equal([first.Version], await collector.CollectAsync(contract, NoPins, _ => Task.FromResult(true)));
        Assert.Empty(await collector.CollectAsync(contract, NoPins, _ => Task.FromResult(true)));

        Assert.Equal([second.Version, first.Version], _bench.Store.Versions("things").Select(v => v.Version));
        var collected = _bench.Store.Find("things", first.Version);
        Assert.NotNull(collected?.CollectedAt);
        Assert.False(File.Exists(collected.DataFile));
        Assert.Equal(1, collected.Manifest.Rows);
        Assert.Empty(new SnapshotVerifier(_bench.Store).VerifyAll(CancellationToken.None));
        Assert.Equal(second.Version, _bench.Store.Current("things")!.Version);
    }

    [Fact]
    public async Task A_version_that_is_collected_while_somebody_looks_for_it_is_collected_or_whole_and_never_unknown()
    {
        var versions = Enumerable.Range(0, 30).Select(i => _bench.Publish(Things, $"1, '{i}'").Snapshot.Version).ToList();
        _bench.Clock.Now = _bench.Clock.Now.AddDays(3);
        var contract = PublishingBench.Contract(Things) with { Keep = new KeepPolicy(1, null, TimeSpan.Zero) };
        using var done = new CancellationTokenSource();
        var looking = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                Assert.All(versions, v => Assert.NotNull(_bench.Store.Find("things", v)));
                Assert.Equal(versions[^1], _bench.Store.Current("things")!.Version);
                Assert.Empty(new SnapshotVerifier(_bench.Store).VerifyAll(CancellationToken.None));
            }
        });
        var collected = await new SnapshotCollector(_bench.Store, _bench.Clock).CollectAsync(contract, NoPins, _ => Task.FromResult(true));
        await done.CancelAsync();
        await looking;

        Assert.Equal(29, collected.Count);
    }

    [Fact]
    public async Task A_collection_that_died_after_its_mark_is_finished_by_the_next_one()
    {
        var first = _bench.Publish(Things, "1, 'a'").Snapshot;
        _bench.Publish(Things, "1, 'b'");
        File.WriteAllBytes(first.Path(SnapshotFiles.Collected), "2026-11-22T00:00:00Z\n"u8.ToArray());
        Assert.NotNull(_bench.Store.Find("things", first.Version)!.CollectedAt);
        Assert.Empty(await new SnapshotCollector(_bench.Store, _bench.Clock).CollectAsync(PublishingBench.Contract(Things), NoPins, _ => Task.FromResult(true)));

        Assert.Equal([SnapshotFiles.Collected, SnapshotFiles.Contract, SnapshotFiles.Manifest], Directory.EnumerateFiles(first.Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Recovery_removes_what_dead_runs_left_and_nothing_of_live_ones()
    {
        var current = _bench.Publish(Things, "1, 'a'").Snapshot;
        var orphan = Path.Combine(_bench.DataFolder, "published", "things", "20261123T000000000Z-00000000");
        Directory.CreateDirectory(orphan);
        File.WriteAllBytes(Path.Combine(orphan, SnapshotFiles.Manifest), ManifestJson.Write(current.Manifest with { RunId = "live", Version = Path.GetFileName(orphan) }));
        Directory.CreateDirectory(Path.Combine(_bench.DataFolder, "work", "live"));
        Directory.CreateDirectory(Path.Combine(_bench.DataFolder, "work", "dead"));

        var first = new Recovery(_bench.Store).Run(run => run == "live");
        Assert.Contains("dead", first.WorkFolders);
        Assert.DoesNotContain("live", first.WorkFolders);
        Assert.Empty(first.Unpublished);

        var second = new Recovery(_bench.Store).Run(_ => false);
        Assert.Equal([new SnapshotParent("things", Path.GetFileName(orphan))], second.Unpublished);
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(_bench.DataFolder, "work")));
        Assert.Equal(current.Version, _bench.Store.Current("things")!.Version);
    }

    private static Action Flip(string path, Random random)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var before = File.ReadAllBytes(path);
        var damaged = before.ToArray();
        damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
        File.WriteAllBytes(path, damaged);
        return () => File.WriteAllBytes(path, before);
    }
}
