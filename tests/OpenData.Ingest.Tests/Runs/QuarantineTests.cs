using System.IO.Compression;
using System.Text;
using OpenData.Ingest.Runs;
using OpenData.Ingest.Tests.Commands;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Quarantine;

namespace OpenData.Ingest.Tests.Runs;

/// <summary>What runs refuse, for operators: kept, shown, and read again after the contract was mended.</summary>
public sealed class QuarantineTests
{
    private const string Columns =
        "  - { name: id, type: integer, required: true, title: { vi: Mã, en: Id } }\n  - { name: name, type: text, RULE title: { vi: Tên, en: Name } }\n  - { name: updated_at, type: timestamp, title: { vi: Lúc, en: At } }\n";

    private const string Digits = "matches: '^[0-9]+$',";

    [Fact]
    public async Task Refused_records_are_kept_up_to_a_bound_with_whole_counts_and_never_a_personal_field()
    {
        using var place = new Workplace { QuarantineRecordsMax = 3 };
        const string phone = "0912345678";
        var lines = string.Concat(Enumerable.Range(0, 20).Select(i => $"x{i},tên {i},{phone}\n"));
        place.Contract(
            "units",
            $"{{ kind: csv, path: \"{place.Write("in/units.csv", $"id,name,phone\n1,Một,{phone}\n{lines}30,thừa,{phone},thêm\n")}\" }}",
            "  - { name: id, type: integer, required: true, title: { vi: Mã, en: Id } }\n  - { name: name, type: text, title: { vi: Tên, en: Name } }\n  - { name: phone, type: text, privacy: personal, title: { vi: Điện thoại, en: Phone } }\n");
        var run = (await place.Run())["units"];
        Assert.True(run.IsGood, run.Cause?.En);
        var store = new QuarantineStore(place.DataFolder);
        var entry = Assert.Single(store.List(null, 10));
        Assert.Equal((run.RunId, "units", 22L, 21L, 3), (entry.Run, entry.Dataset, entry.Received, entry.Refused, entry.Kept));
        Assert.Equal([new QuarantineCount("ragged", null, 1), new QuarantineCount("type", "id", 20)], entry.Counts);

        // One of each rule comes first, so that a flood of one does not hide the other.
        var records = store.Records(run.RunId, null, 0, 100);
        Assert.Equal([("type", "x0"), ("type", "x1"), ("ragged", null)], records.Select(r => (r.Rule, r.Text)));
        Assert.Equal(["x1"], store.Records(run.RunId, "type", 2, 100).Select(r => r.Text));
        foreach (var file in Directory.EnumerateFiles(place.DataFolder, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain(phone, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), StringComparison.Ordinal);
        }

        await using var packed = new GZipStream(File.OpenRead(Assert.Single(store.Files()).Path), CompressionMode.Decompress);
        using var plain = new StreamReader(packed);
        Assert.DoesNotContain(phone, await plain.ReadToEndAsync(), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(store.Folder));
        }
    }

    [Fact]
    public async Task A_run_that_a_guard_stops_leaves_what_it_refused_and_its_bytes_are_read_again_after_the_contract_is_mended()
    {
        using var place = new Workplace();
        var input = place.Write("in/units.csv", "id,name,updated_at\n1,Một,\n2,Hai,\n");
        void Contract(string rule) => place.Contract("units", $"{{ kind: csv, path: \"{input}\" }}", Columns.Replace("RULE", rule, StringComparison.Ordinal));

        Contract(Digits);
        var stopped = (await place.Run())["units"];
        Assert.False(stopped.IsGood);
        var shown = await IngestProcess.Run(place, null, "quarantine", "show", stopped.RunId, "--rule", "matches");
        Assert.Equal("units: refused 2 of 2 records; the text of 2 is kept\n1  name  matches  \"Một\"\n2  name  matches  \"Hai\"\n", shown.Output);
        Assert.Equal($"{stopped.RunId}  units  refused 2 of 2, 2 kept  (matches[name] 2)\n", (await IngestProcess.Run(place, null, "quarantine", "list", "units")).Output);
        Assert.StartsWith("OD2260: ", (await IngestProcess.Run(place, null, "quarantine", "show", "nothing")).Error, StringComparison.Ordinal);

        // The source is not asked: its file is gone.
        Contract("");
        File.Delete(input);
        var replay = await IngestProcess.Run(place, null, "quarantine", "replay", "units");
        Assert.True(replay.Code == 0, replay.Output + replay.Error);
        var current = new SnapshotStore(place.DataFolder).Current("units")!;
        Assert.Equal(2, current.Manifest.Rows);
        Assert.Contains(stopped.RunId, current.Manifest.Reason, StringComparison.Ordinal);
        Assert.Contains(await place.Runs(), r => r is { Status: RunStatus.Succeeded, Trigger: "replay" });
        await using (var ledger = RunLedger.ForReading(place.Settings.Ledger, TimeProvider.System))
        {
            Assert.Equal("quarantine.replay", (await ledger.Audit.ListAsync(new Warehouse.Audit.AuditFilter(1), CancellationToken.None))[0].Action);
            Assert.Empty(await ledger.LatestConfirmedAsync(CancellationToken.None));
        }

        Assert.Equal(RunStatus.Unchanged, (await Replay(place, stopped.RunId)).Status);
        Directory.Delete(Path.Combine(place.DataFolder, "landing"), recursive: true);
        Assert.Equal("OD2262", (await Replay(place, stopped.RunId)).CauseCode);
    }

    [Fact]
    public async Task A_replay_into_a_merge_adds_what_was_refused_and_never_an_older_value_over_a_newer()
    {
        using var place = new Workplace();
        var input = place.Write("in/units.csv", "");
        void Contract(string rule) => place.Contract("units", $"{{ kind: csv, path: \"{input}\" }}", Columns.Replace("RULE", rule, StringComparison.Ordinal), "merge");
        async Task<string> Run(string rows)
        {
            place.Write("in/units.csv", "id,name,updated_at\n" + rows);
            return (await place.Run())["units"].RunId;
        }

        Contract(Digits);
        var first = await Run("1,Một,2026-01-01T00:00:00Z\n2,20,2026-01-01T00:00:00Z\n3,30,2026-01-01T00:00:00Z\n");
        await Run("2,22,2026-02-01T00:00:00Z\n");
        Contract("");
        var replayed = await Replay(place, first);
        Assert.True(replayed.IsGood, replayed.Cause?.En);
        Assert.Equal((1L, 1L, 1L), (replayed.Counts!.Inserted, replayed.Counts.Superseded, replayed.Counts.Received - replayed.Counts.Inserted - replayed.Counts.Superseded));
        Assert.Equal("id,name,updated_at\n1,Một,2026-01-01T07:00:00+07:00\n3,30,2026-01-01T07:00:00+07:00\n2,22,2026-02-01T07:00:00+07:00\n", await place.Csv("units"));

        // A full reading removed row 3: the bytes of before would bring it back.
        place.Write("in/units.csv", "id,name,updated_at\n1,Một,2026-01-01T00:00:00Z\n2,22,2026-02-01T00:00:00Z\n");
        Assert.True((await place.Run(new RunCause("command", Full: true)))["units"].IsGood);
        Assert.Equal("OD2263", (await Replay(place, first)).CauseCode);
    }

    [Fact]
    public async Task A_replace_reads_only_the_last_bytes_again_and_a_dataset_made_from_others_none()
    {
        using var place = new Workplace();
        var input = place.Write("in/units.csv", "id,name\n1,Một\nx,hỏng\n");
        place.Contract("units", $"{{ kind: csv, path: \"{input}\" }}");
        place.Contract("names", "{ kind: sql, query: \"select id, name from units\", parents: [units] }");
        var first = await place.Run();
        place.Write("in/units.csv", "id,name\n1,Hai\nx,hỏng\n");
        var second = await place.Run();
        Assert.Equal("OD2263", (await Replay(place, first["units"].RunId)).CauseCode);
        Assert.Equal(RunStatus.Unchanged, (await Replay(place, second["units"].RunId)).Status);
        Assert.Equal("OD2264", (await Replay(place, second["names"].RunId)).CauseCode);
    }

    [Fact]
    public async Task Refused_records_go_by_the_rule_of_their_source_bytes_and_those_of_the_current_version_stay()
    {
        using var place = new Workplace();
        var input = place.Write("in/units.csv", "id,name\n1,Một\nx,hỏng\n");
        place.Contract("units", $"{{ kind: csv, path: \"{input}\" }}");
        await place.Run();
        place.Write("in/units.csv", "id,name\n1,Hai\nx,hỏng\n");
        var second = (await place.Run())["units"];
        Assert.Equal(2, new QuarantineStore(place.DataFolder).Files().Count);
        foreach (var file in new QuarantineStore(place.DataFolder).Files())
        {
            File.SetLastWriteTimeUtc(file.Path, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-4000));
        }

        await using var worker = await place.Open();
        await worker.TidyAsync(CancellationToken.None);
        Assert.Equal([second.RunId], new QuarantineStore(place.DataFolder).Files().Select(f => f.Run));
    }

    private static async Task<RunOutcome> Replay(Workplace place, string run)
    {
        await using var worker = await place.Open();
        var found = await worker.Ledger.FindAsync(run, CancellationToken.None);
        return (await worker.RunAsync(worker.Catalogue.Catalog.Find(found!.Dataset)!, RunCause.ReplayOf(run), CancellationToken.None))!;
    }
}
