using Dapper;
using Microsoft.Data.Sqlite;
using OpenData.Catalogs;
using OpenData.Ingest.Runs;
using OpenData.Ingest.Scheduling;
using OpenData.Ingest.Tests.Runs;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Tests.Scheduling;

public sealed class WorkerScheduleTests
{
    private const string Rows = "id,name\n1,Phổ Yên\n";

    [Fact]
    public async Task A_slot_missed_while_no_worker_ran_fires_at_the_next_start_although_it_is_seeded_again()
    {
        using var place = new Workplace();
        Contract(place, "cases", "0 30 1 1 1 ?");
        await using var worker = await place.Open();
        await using (var first = await Open(place, worker))
        {
            await first.SeedAsync(worker.Catalogue.Catalog.Datasets, worker.Ledger, CancellationToken.None);
        }

        // As if the slot had come an hour ago.
        await using (var store = new SqliteConnection($"Data Source={Path.Combine(place.DataFolder, "state", "quartz.db")}"))
        {
            var past = TimeProvider.System.GetUtcNow().AddHours(-1).UtcTicks;
            Assert.Equal(1, await store.ExecuteAsync("update QRTZ_TRIGGERS set NEXT_FIRE_TIME = @past", new { past }));
        }

        await using var second = await Open(place, worker);
        await second.SeedAsync(worker.Catalogue.Catalog.Datasets, worker.Ledger, CancellationToken.None);
        await second.StartAsync(CancellationToken.None);
        for (var wait = 0; place.Outcomes.IsEmpty && wait < 300; wait++)
        {
            await Task.Delay(100);
        }

        Assert.Equal(RunStatus.Succeeded, Assert.Single(place.Outcomes).Status);
        Assert.Equal("schedule", Assert.Single(await place.Runs()).Trigger);
        Assert.True((await worker.Ledger.NextSlotsAsync(CancellationToken.None))["cases"] > TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task Stored_triggers_follow_the_contracts()
    {
        using var place = new Workplace();
        Contract(place, "kept", "0 0 3 1 1 ?");
        Contract(place, "changed", "0 0 3 1 1 ?");
        Contract(place, "removed", "0 0 3 1 1 ?");
        await using var worker = await place.Open();
        var all = worker.Catalogue.Catalog.Datasets;
        await using (var first = await Open(place, worker))
        {
            await first.SeedAsync(all, worker.Ledger, CancellationToken.None);
            Assert.Equal(["changed", "kept", "removed"], (await worker.Ledger.NextSlotsAsync(CancellationToken.None)).Keys.Order());
        }

        await using var second = await Open(place, worker);
        DatasetContract[] now =
        [
            .. all.Where(c => c.Id == "kept"),
            .. all.Where(c => c.Id == "changed").Select(c => c with { Refresh = c.Refresh with { Cron = "0 0 4 1 1 ?" } }),
        ];
        await second.SeedAsync(now, worker.Ledger, CancellationToken.None);
        Assert.True(ScheduleBuilder.IsSame(await second.StoredAsync("changed", CancellationToken.None), now[1].Refresh));
        Assert.True(ScheduleBuilder.IsSame(await second.StoredAsync("kept", CancellationToken.None), now[0].Refresh));
        Assert.Null(await second.StoredAsync("removed", CancellationToken.None));
        Assert.Equal(["changed", "kept"], (await worker.Ledger.NextSlotsAsync(CancellationToken.None)).Keys.Order());
    }

    [Fact]
    public async Task A_derived_dataset_runs_once_per_settled_set_of_parent_versions()
    {
        using var place = new Workplace();
        place.Contract("both", "{ kind: sql, query: \"select l.id, r.name from left_side l join right_side r on l.id = r.id\", parents: [left_side, right_side] }");
        Contract(place, "left_side", null);
        Contract(place, "right_side", null);
        await using var worker = await place.Open();
        Assert.Empty(worker.Catalogue.Problems);
        var runs = new ScheduledRuns(worker, CancellationToken.None);
        await Task.WhenAll(runs.RunAsync("left_side", null), runs.RunAsync("right_side", null));
        await runs.WhenQuietAsync();
        Assert.Equal(1, await Count(place, "both"));
        runs.StartDerived();
        await runs.WhenQuietAsync();
        Assert.Equal(1, await Count(place, "both"));

        place.Write("in/left_side.csv", Rows + "2,Sông Công\n");
        await runs.RunAsync("left_side", null);
        await runs.WhenQuietAsync();
        Assert.Equal(2, await Count(place, "both"));
        Assert.Equal(RunStatus.Unchanged, place.Outcomes.Last().Status);

        // A new process finds the set that gave nothing new, tries it once, and rests.
        var later = new ScheduledRuns(worker, CancellationToken.None);
        later.StartDerived();
        await later.WhenQuietAsync();
        later.StartDerived();
        await later.WhenQuietAsync();
        Assert.Equal(3, await Count(place, "both"));
    }

    private static void Contract(Workplace place, string id, string? cron)
        => place.Contract(
            id,
            $"{{ kind: csv, path: {place.Write($"in/{id}.csv", Rows)} }}",
            rest: cron is null ? "" : $"refresh: {{ cron: \"{cron}\", time_zone: Asia/Ho_Chi_Minh, due_within: PT36H, misfire: run_once }}");

    private static Task<WorkerSchedule> Open(Workplace place, IngestWorker worker)
        => WorkerSchedule.OpenAsync(place.DataFolder, new ScheduledRuns(worker, CancellationToken.None), 2, place.Logs, CancellationToken.None);

    private static async Task<int> Count(Workplace place, string dataset) => (await place.Runs()).Count(r => r.Dataset == dataset);
}
