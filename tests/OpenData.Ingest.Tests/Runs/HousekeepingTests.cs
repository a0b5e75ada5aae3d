using OpenData.Ingest.Tests.Commands;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;

namespace OpenData.Ingest.Tests.Runs;

public sealed class HousekeepingTests
{
    private const string Keep = "keep: { versions: 1, landing: P3D }";

    [Fact]
    public async Task After_a_publication_what_the_contract_no_longer_keeps_goes_and_pinned_versions_stay()
    {
        // The middle of a month, so that no version is the last of one.
        var clock = new ShiftedClock { Shift = MiddleOfNextMonth() - TimeProvider.System.GetUtcNow() };
        using var place = new Workplace { Clock = clock };
        var versions = new List<string>();
        for (var day = 0; day < 4; day++)
        {
            versions.Add(await PublishAsync(place, day));
            clock.Shift += TimeSpan.FromHours(25);
            if (day == 0)
            {
                Assert.Equal(0, (await IngestProcess.Run(place, null, "pin", "units", versions[0], "--reason", "  Trích trong báo cáo quý III ")).Code);
            }
        }

        // The one replaced 25 hours before went with the last publication; the one that it replaced has its day; the pinned one stays.
        Assert.Equal([true, false, true, true], versions.Select(v => IsThere(place, v)));
        var pins = await IngestProcess.Run(place, null, "pins");
        Assert.Matches($"^units  {versions[0]}  [0-9TZ:-]+  \\S+  Trích trong báo cáo quý III\n$", pins.Output);

        Assert.Equal(1, (await IngestProcess.Run(place, null, "pin", "units", versions[1], "--reason", "too late")).Code);
        Assert.Equal(0, (await IngestProcess.Run(place, null, "unpin", "units", versions[0])).Code);
        Assert.Equal(1, (await IngestProcess.Run(place, null, "unpin", "units", versions[0])).Code);
        await using var worker = await place.Open();
        await worker.TidyAsync(CancellationToken.None);
        Assert.Equal([false, false, false, true], versions.Select(v => IsThere(place, v)));
    }

    [Fact]
    public async Task Landed_bytes_go_by_the_contracts_rule_but_not_those_of_the_current_version()
    {
        var clock = new ShiftedClock { Shift = MiddleOfNextMonth() - TimeProvider.System.GetUtcNow() };
        using var place = new Workplace { Clock = clock };
        await PublishAsync(place, 0);
        clock.Shift += TimeSpan.FromDays(1);
        await PublishAsync(place, 1);
        var orphan = place.Write("data/landing/aa/" + new string('a', 64), "landed by a run that died");
        File.SetLastWriteTimeUtc(orphan, clock.GetUtcNow().UtcDateTime);
        Assert.Equal(3, Landed(place));

        await using var worker = await place.Open();
        clock.Shift += TimeSpan.FromDays(2.5);
        await worker.TidyAsync(CancellationToken.None);
        Assert.Equal(2, Landed(place));
        clock.Shift += TimeSpan.FromDays(300);
        await worker.TidyAsync(CancellationToken.None);
        Assert.Equal(1, Landed(place));

        var runs = await place.Runs();
        Assert.Null(Assert.Single(await worker.Ledger.LandingsAsync(runs[0].Id, CancellationToken.None)).RemovedAt);
        Assert.NotNull(Assert.Single(await worker.Ledger.LandingsAsync(runs[1].Id, CancellationToken.None)).RemovedAt);
        Assert.Contains(", removed ", (await IngestProcess.Run(place, null, "show", runs[1].Id)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_of_a_run_from_before_landed_files_were_recorded_are_known_by_their_step()
    {
        var clock = new ShiftedClock();
        using var place = new Workplace { Clock = clock };
        await PublishAsync(place, 0);
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={place.Settings.Ledger.SqliteFile}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "delete from landings";
            await command.ExecuteNonQueryAsync();
        }

        clock.Shift += TimeSpan.FromDays(300);
        await using var worker = await place.Open();
        await worker.TidyAsync(CancellationToken.None);

        Assert.Equal(1, Landed(place));
    }

    [Fact]
    public async Task A_reason_is_stored_with_the_version_that_comes_of_it_and_a_bad_one_is_refused()
    {
        using var place = new Workplace();
        place.Contract("units", $"{{ kind: csv, path: {place.Write("in/units.csv", "id,name\n1,a\n")} }}");
        Assert.Equal(0, (await IngestProcess.Run(place, null, "run", "units", "--reason", " Sửa tên xã theo công văn 12 ")).Code);
        var current = new SnapshotStore(place.DataFolder).Current("units")!;
        Assert.Equal("Sửa tên xã theo công văn 12", current.Manifest.Reason);

        foreach (var bad in new[] { "", " ", "two\nlines", new string('x', 501) })
        {
            Assert.Equal(2, (await IngestProcess.Run(place, null, "run", "units", "--reason", bad)).Code);
            Assert.Equal(2, (await IngestProcess.Run(place, null, "pin", "units", current.Version, "--reason", bad)).Code);
        }

        Assert.Equal(2, (await IngestProcess.Run(place, null, "pin", "units", current.Version)).Code);
        var unknown = await IngestProcess.Run(place, null, "pin", "units", "20200101T000000000Z-00000000", "--reason", "x");
        Assert.Equal(1, unknown.Code);
        Assert.StartsWith("OD2310: ", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_or_ledger_that_fails_while_old_files_are_removed_fails_no_run()
    {
        var clock = new ShiftedClock { Shift = MiddleOfNextMonth() - TimeProvider.System.GetUtcNow() };
        using var place = new Workplace { Clock = clock };
        var first = await PublishAsync(place, 0);
        clock.Shift += TimeSpan.FromHours(25);
        await PublishAsync(place, 1);

        // A folder where the file was: it cannot be deleted as a file, root or not.
        var data = Path.Combine(place.DataFolder, "published", "units", first, "data.csv.gz");
        clock.Shift += TimeSpan.FromHours(25);
        File.Delete(data);
        Directory.CreateDirectory(data);
        File.WriteAllBytes(Path.Combine(place.DataFolder, "published", "units", first, "collected.txt"), "2026-01-01T00:00:00Z\n"u8.ToArray());
        await PublishAsync(place, 2);

        Assert.All(await place.Runs(), r => Assert.Equal(RunStatus.Succeeded, r.Status));
        Assert.Contains(place.Logs.Lines, l => l.Contains("OD2305", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_serving_worker_removes_what_has_grown_old_without_a_run()
    {
        var past = MiddleOfNextMonth().AddMonths(-3);
        var clock = new ShiftedClock { Shift = past - TimeProvider.System.GetUtcNow() };
        using var place = new Workplace { Clock = clock };
        var first = await PublishAsync(place, 0);
        clock.Shift += TimeSpan.FromHours(1);
        var second = await PublishAsync(place, 1);
        Assert.True(IsThere(place, first));
        using var serving = IngestProcess.Start(place, null, "serve");
        for (var i = 0; i < 600 && (IsThere(place, first) || Landed(place) > 1); i++)
        {
            await Task.Delay(50);
        }

        using (System.Diagnostics.Process.Start("kill", ["-TERM", serving.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await serving.WaitForExitAsync();
        }

        Assert.Equal((false, true, 1), (IsThere(place, first), IsThere(place, second), Landed(place)));
        Assert.Equal(2, (await place.Runs()).Count);
    }

    private static async Task<string> PublishAsync(Workplace place, int day)
    {
        place.Contract("units", $"{{ kind: csv, path: {place.Write("in/units.csv", $"id,name\n1,day {day}\n")} }}", rest: Keep);
        var outcome = (await place.Run("units"))["units"];
        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        return outcome.Version!;
    }

    private static bool IsThere(Workplace place, string version)
        => File.Exists(Path.Combine(place.DataFolder, "published", "units", version, "data.duckdb"));

    private static int Landed(Workplace place)
        => Directory.EnumerateFiles(Path.Combine(place.DataFolder, "landing"), "*", SearchOption.AllDirectories).Count();

    private static DateTimeOffset MiddleOfNextMonth()
    {
        var now = TimeProvider.System.GetUtcNow().AddMonths(1);
        return new DateTimeOffset(now.Year, now.Month, 10, 3, 0, 0, TimeSpan.Zero);
    }
}
