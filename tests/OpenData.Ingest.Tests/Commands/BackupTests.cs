using System.Globalization;
using OpenData.Ingest.Runs;
using OpenData.Ingest.Tests.Runs;
using OpenData.TestKit;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Rounds;
using OpenData.Warehouse.Tests.Ledger;

namespace OpenData.Ingest.Tests.Commands;

/// <summary>Promise 16: a backup while a worker publishes, and what comes out of it.</summary>
public sealed class BackupTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private readonly TestFolder _folder = new();
    private int _restored;

    [Theory]
    [LedgerKinds]
    public async Task A_backup_made_while_a_worker_publishes_comes_back_equal_byte_for_byte(string kind)
    {
        using var place = Place();
        var state = kind == "sqlite" ? null : server.NewDatabase();
        var (rounds, versions) = (RunScale.IsSoak ? 40 : 2, 0);
        using var stop = new CancellationTokenSource();
        var publishing = PublishAllTheTime(place, state, stop.Token);
        await Until(() => new SnapshotStore(place.DataFolder).Current("names") is not null);
        for (var round = 0; round < rounds; round++)
        {
            var before = Versions(place.DataFolder);
            var backup = await Run(place, state, "backup", _folder["backup"]);
            Assert.True(backup.Code == 0, backup.Output + backup.Error);
            var (restored, settled) = await Restore(place, state is null ? null : server.NewDatabase());
            Assert.True(settled.Code == 0, settled.Output + settled.Error);
            var after = Versions(restored);
            Assert.Subset(after, before);
            Assert.Equal([], Differing(restored, place.DataFolder));
            versions = after.Count;
        }

        await stop.CancelAsync();
        var published = await publishing;
        SoakReport.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Promise 16 ({kind}): {rounds} backups while {published} versions were published; {versions} versions restored equal byte for byte, verify clean each time"));
    }

    [Fact]
    public async Task A_backup_that_is_killed_is_not_taken_for_a_whole_one_and_the_one_before_it_stays()
    {
        using var place = Place();
        await place.Run();
        Assert.Equal(137, (await IngestProcess.Run(place, "backup.before-list", "backup", _folder["backup"])).Code);
        var torn = await IngestProcess.Run(place, null, [("DATA_DIR", _folder["nothing"])], "restore", _folder["backup"]);
        Assert.StartsWith("OD2331: ", torn.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["nothing"]));

        Assert.Equal(0, (await Run(place, null, "backup", _folder["backup"])).Code);
        var first = Versions(place.DataFolder);
        foreach (var point in new[] { "backup.before-rename", "backup.before-prune" })
        {
            place.Write("in/units.csv", $"id,name\n1,{point}\n");
            await place.Run();
            Assert.Equal(137, (await IngestProcess.Run(place, point, "backup", _folder["backup"])).Code);
            var (restored, verified) = await Restore(place, null);
            Assert.True(verified.Code == 0, verified.Output + verified.Error);
            Assert.Equal(point == "backup.before-prune" ? Versions(place.DataFolder) : first, Versions(restored));
        }

        // The next one goes on where the killed ones were, and takes away what they left.
        var last = await Run(place, null, "backup", _folder["backup"]);
        Assert.Equal(0, last.Code);
        Assert.Single(Directory.GetDirectories(_folder["backup"], "state-*"));
        Assert.Empty(Directory.GetFiles(_folder["backup"], "*.part", SearchOption.AllDirectories));
        var again = await Run(place, null, "backup", _folder["backup"]);
        Assert.EndsWith(" in the backup; 0 files, 0 bytes copied now; 0 findings.\n", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_bit_in_a_backup_or_a_folder_that_is_not_empty_restores_nothing()
    {
        using var place = Place();
        await place.Run();
        Assert.Equal(0, (await Run(place, null, "backup", _folder["backup"])).Code);
        var random = new Random(16);
        var files = Directory.GetFiles(_folder["backup"], "*", SearchOption.AllDirectories).Where(f => new FileInfo(f).Length > 0).Order(StringComparer.Ordinal).ToList();
        foreach (var kind in new[] { "backup.json", "ledger.db", "manifest.json", "data.duckdb", "landing", "current" })
        {
            var file = files.First(f => f.Contains(kind, StringComparison.Ordinal));
            var whole = await File.ReadAllBytesAsync(file);
            var flipped = (byte[])whole.Clone();
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(file, flipped);
            var refused = await IngestProcess.Run(place, null, [("DATA_DIR", _folder["nothing"])], "restore", _folder["backup"]);
            Assert.True(refused.Code == 4 && refused.Error.StartsWith("OD2331: ", StringComparison.Ordinal), $"{kind}: {refused.Error}");
            Assert.False(Directory.Exists(_folder["nothing"]));
            await File.WriteAllBytesAsync(file, whole);
        }

        Assert.StartsWith("OD2332: ", (await Run(place, null, "restore", _folder["backup"])).Error, StringComparison.Ordinal);
        _folder.Write("mine/letter.txt", "mine");
        Assert.StartsWith("OD2332: ", (await Run(place, null, "backup", _folder["mine"])).Error, StringComparison.Ordinal);
        Assert.StartsWith("OD2335: ", (await Run(place, null, "backup", Path.Combine(place.DataFolder, "backup"))).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restore_that_is_killed_lets_no_worker_begin_and_goes_on_when_it_is_given_again()
    {
        using var place = Place();
        await place.Run();
        Assert.Equal(0, (await Run(place, null, "backup", _folder["backup"], "--without-landing")).Code);
        Assert.False(Directory.Exists(_folder["backup/landing"]));
        foreach (var point in new[] { "backup.before-rename", "restore.before-settle" })
        {
            var target = _folder[point];
            Assert.Equal(137, (await IngestProcess.Run(place, point, [("DATA_DIR", target)], "restore", _folder["backup"])).Code);
            Assert.StartsWith("OD2334: ", (await IngestProcess.Run(place, null, [("DATA_DIR", target)], "run", "--all")).Error, StringComparison.Ordinal);
            var again = await IngestProcess.Run(place, null, [("DATA_DIR", target)], "restore", _folder["backup"]);
            Assert.True(again.Code == 0, again.Error);
            var verified = await IngestProcess.Run(place, null, [("DATA_DIR", target)], "verify");
            Assert.True(verified.Code == 0, verified.Output);
            Assert.Equal([], Differing(target, place.DataFolder));
        }
    }

    [Fact]
    public async Task What_is_damaged_never_replaces_the_right_bytes_of_an_earlier_backup_and_is_named_otherwise()
    {
        using var place = Place();
        await place.Run();
        Assert.Equal(0, (await Run(place, null, "backup", _folder["backup"])).Code);
        var current = new SnapshotStore(place.DataFolder).Current("units")!;
        var (file, whole) = (current.DataFile, await File.ReadAllBytesAsync(current.DataFile));
        File.SetAttributes(file, FileAttributes.Normal);
        await File.WriteAllBytesAsync(file, [.. whole[..^1], (byte)(whole[^1] ^ 1)]);
        Assert.Equal(1, (await Run(place, null, "verify")).Code);
        Assert.Equal(0, (await Run(place, null, "backup", _folder["backup"])).Code);
        var (restored, verified) = await Restore(place, null);
        Assert.True(verified.Code == 0, verified.Output);
        Assert.Equal(whole, await File.ReadAllBytesAsync(new SnapshotStore(restored).Current("units")!.DataFile));

        var fresh = await Run(place, null, "backup", _folder["fresh"]);
        Assert.Equal(1, fresh.Code);
        Assert.StartsWith($"OD2330: units {current.Version}: data.duckdb is missing or damaged.\n", fresh.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_and_backup_are_for_their_owner_alone()
    {
        using var place = Place();
        await place.Run();
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var open = await RunLedger.OpenAsync(place.Settings.Ledger, TimeProvider.System, CancellationToken.None);
        await open.Audit.AppendAsync("a", "b", "c", "d", CancellationToken.None);
        var state = Path.Combine(place.DataFolder, "state");
        Assert.Equal(0, (await Run(place, null, "backup", _folder["backup"])).Code);
        var (restored, _) = await Restore(place, null);
        const UnixFileMode others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        foreach (var folder in new[] { state, _folder["backup"], Path.Combine(restored, "state") })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
            foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
            {
                Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(file) & others);
            }
        }

        Assert.Contains(Directory.GetFiles(state), f => f.EndsWith("-wal", StringComparison.Ordinal));

        // An older folder is closed at the next start; one that the operator opened to the group stays open to the group.
        File.SetUnixFileMode(state, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        PrivateFolder.Make(state);
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(state) & (others | UnixFileMode.GroupExecute));
        File.SetUnixFileMode(state, File.GetUnixFileMode(state) | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead);
        PrivateFolder.Make(state);
        Assert.Equal(UnixFileMode.GroupRead | UnixFileMode.GroupWrite, File.GetUnixFileMode(state) & others);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_version_that_waits_comes_back_from_a_backup_and_goes_out_there()
    {
        using var place = Place();
        place.Contract("units", $"{{ kind: csv, path: \"{place.Write("in/units.csv", "id,name\n1,Phổ Yên\n")}\" }}", rest: "approval: { required: true }");
        var waiting = (await place.Run(new RunCause("schedule"), "units"))["units"];
        Assert.Equal(0, (await Run(place, null, "backup", _folder["backup"])).Code);
        var (restored, verified) = await Restore(place, null);
        Assert.True(verified.Code == 0, verified.Output + verified.Error);

        var approved = await IngestProcess.Run(place, null, [("DATA_DIR", restored)], "approvals", "approve", waiting.RunId);
        Assert.True(approved.Code == 0, approved.Error);
        Assert.Equal(waiting.RunId, new SnapshotStore(restored).Current("units")!.Manifest.RunId);
        Assert.Null(new SnapshotStore(place.DataFolder).Current("units"));
    }

    [Fact]
    public async Task Documents_that_were_given_as_evidence_come_back_from_a_backup()
    {
        using var place = Place();
        await place.Run();
        byte[] document = [.. "%PDF-1.7 quyết định"u8];
        var (sha256, _, _) = await new EvidenceStore(place.DataFolder).KeepAsync("quyết định.pdf", new MemoryStream(document), CancellationToken.None);
        Assert.Equal(0, (await Run(place, null, "backup", _folder["backup"])).Code);
        var (restored, verified) = await Restore(place, null);
        Assert.True(verified.Code == 0, verified.Output + verified.Error);
        await using var back = new EvidenceStore(restored).Open(sha256)!;
        using var read = new MemoryStream();
        await back.CopyToAsync(read);
        Assert.Equal(document, read.ToArray());
        Assert.Equal([(Path.Combine(restored, "evidence", sha256[..2], sha256), sha256)], new EvidenceStore(restored).Files());
    }

    private static Workplace Place()
    {
        var place = new Workplace();
        place.Contract("units", $"{{ kind: csv, path: \"{place.Write("in/units.csv", "id,name\n1,Phổ Yên\nx,hỏng\n")}\" }}");
        place.Contract("names", "{ kind: sql, query: \"select id, upper(name) as name from units\", parents: [units] }");
        return place;
    }

    /// <summary>Publishes as fast as it can, parent and child, and collects old versions; gives the number of versions.</summary>
    private static async Task<int> PublishAllTheTime(Workplace place, string? state, CancellationToken stop)
    {
        var published = 0;
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            place.Write("in/units.csv", string.Create(CultureInfo.InvariantCulture, $"id,name\n1,lần {i}\nx,hỏng\n"));
            await using var worker = await IngestWorker.OpenAsync(place.Settings with { StateDatabase = state }, place, place.Logs, place.Clock, CancellationToken.None);
            var outcomes = await worker.RunAllAsync(["units", "names"], new RunCause("command"), CancellationToken.None);
            Assert.All(outcomes, o => Assert.True(o.IsGood, o.Cause?.En));
            published += outcomes.Count(o => o.Status == RunStatus.Succeeded);
            await worker.Ledger.Audit.AppendAsync("cli:test", "note", "units", "", CancellationToken.None);
        }

        return published;
    }

    private static async Task<(int Code, string Output, string Error)> Run(Workplace place, string? state, params string[] arguments)
        => await IngestProcess.Run(place, null, state is null ? [] : [("STATE_DB", state)], arguments);

    private async Task<(string Folder, (int Code, string Output, string Error) Verified)> Restore(Workplace place, string? state)
    {
        var target = _folder[string.Create(CultureInfo.InvariantCulture, $"restored{++_restored}")];
        (string, string)[] environment = state is null ? [("DATA_DIR", target)] : [("DATA_DIR", target), ("STATE_DB", state)];
        var restored = await IngestProcess.Run(place, null, environment, "restore", _folder["backup"]);
        Assert.True(restored.Code == 0, restored.Output + restored.Error);
        return (target, await IngestProcess.Run(place, null, environment, "verify"));
    }

    private static HashSet<string> Versions(string dataFolder)
    {
        var store = new SnapshotStore(dataFolder);
        return store.Datasets().SelectMany(d => store.Versions(d).Select(v => $"{d} {v.Version}")).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Files below <c>published/</c> that are not byte for byte those of the other folder.</summary>
    private static IEnumerable<string> Differing(string restored, string source)
        => Directory.EnumerateFiles(Path.Combine(restored, "published"), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(restored, f))
            .Where(f => !File.ReadAllBytes(Path.Combine(restored, f)).SequenceEqual(File.ReadAllBytes(Path.Combine(source, f))));

    private static async Task Until(Func<bool> condition)
    {
        for (var i = 0; !condition(); i++)
        {
            Assert.True(i < 1000, "Waited in vain.");
            await Task.Delay(50);
        }
    }
}
