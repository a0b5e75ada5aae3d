using System.Collections.Concurrent;
using OpenData.Catalogs;
using OpenData.Ingest.Runs;
using OpenData.Ingest.Scheduling;
using OpenData.Ingest.Tests.Runs;
using OpenData.Ingest.Tests.Sources;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Tests.Scheduling;

public sealed class WorkerScheduleTests
{
    private const string Rows = "id,name\n1,Phổ Yên\n";

    [Fact]
    public async Task A_slot_missed_while_no_worker_ran_fires_at_the_next_start_although_it_is_seeded_again()
    {
        var clock = new ShiftedClock { Shift = TimeSpan.FromDays(-3) };
        using var place = new Workplace { Clock = clock };
        Contract(place, "once", "0 30 1 * * ?");
        Contract(place, "passed", "0 30 1 * * ?", "skip");
        await using var worker = await place.Open();
        await using (var first = await Open(place, worker))
        {
            await first.SeedAsync(worker.Catalogue.Catalog.Datasets, worker.Ledger, CancellationToken.None);
        }

        clock.Shift = TimeSpan.Zero;
        var runs = new ScheduledRuns(worker, place.Logs, CancellationToken.None);
        await using var second = await WorkerSchedule.OpenAsync(place.Settings, runs, place.Logs, clock, CancellationToken.None);
        await second.SeedAsync(worker.Catalogue.Catalog.Datasets, worker.Ledger, CancellationToken.None);
        await second.StartAsync(CancellationToken.None);
        await UntilAsync(async () => !place.Outcomes.IsEmpty && (await Slots(worker, "passed")).Count > 0, runs);

        Assert.Equal(("once", RunStatus.Succeeded), (place.Outcomes.Single().Dataset, place.Outcomes.Single().Status));
        var run = Assert.Single(await place.Runs());
        Assert.Equal("schedule", run.Trigger);
        var once = await Slots(worker, "once");
        Assert.Equal([(1L, run.Id, null), (2L, null, "OD2440")], once.Select(s => (s.Count, s.RunId, s.CauseCode)));
        var passed = Assert.Single(await Slots(worker, "passed"));
        Assert.Equal((3L, null, "OD2440"), (passed.Count, passed.RunId, passed.CauseCode));
        Assert.True((await worker.Ledger.NextSlotsAsync(CancellationToken.None))["once"] > TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task A_trigger_reckoned_while_the_time_was_wrong_is_set_right()
    {
        var clock = new ShiftedClock { Shift = TimeSpan.FromDays(4000) };
        using var place = new Workplace { Clock = clock };
        Contract(place, "cases", "0 30 1 * * ?");
        await using var worker = await place.Open();
        await using var schedule = await Open(place, worker);
        var all = worker.Catalogue.Catalog.Datasets;
        await schedule.SeedAsync(all, worker.Ledger, CancellationToken.None);
        clock.Shift = TimeSpan.Zero;
        await schedule.AlignAsync(all, CancellationToken.None);
        var next = (await schedule.StoredAsync("cases", CancellationToken.None))!.NextFireTimeUtc;
        Assert.InRange(next!.Value, clock.GetUtcNow(), clock.GetUtcNow().AddDays(1));
    }

    [Fact]
    public async Task Slots_of_a_dataset_at_work_and_of_a_paused_one_are_recorded_as_skipped()
    {
        var clock = new ShiftedClock();
        using var place = new Workplace { Clock = clock };
        Contract(place, "busy", "0 30 1 * * ?");
        Contract(place, "resting", "0 30 1 * * ?");
        await using var worker = await place.Open();
        await using var schedule = await Open(place, worker);
        await schedule.SeedAsync(worker.Catalogue.Catalog.Datasets, worker.Ledger, CancellationToken.None);
        await worker.Ledger.StartAsync(new RunStart("r1", "busy", "command", clock.GetUtcNow(), WorkerIdentity.Current), CancellationToken.None);
        Assert.NotNull(await worker.Ledger.TryAcquireAsync("busy", "r1", TimeSpan.FromDays(9), 0, CancellationToken.None));
        Assert.True(await worker.Ledger.PauseAsync(new Pause("resting", "cli:lan", "The agency moves house.", clock.GetUtcNow()), CancellationToken.None));
        clock.Shift = TimeSpan.FromDays(2);

        var runs = new ScheduledRuns(worker, place.Logs, CancellationToken.None);
        await runs.WakeAllAsync();
        await runs.WhenQuietAsync();
        Assert.Empty(place.Outcomes);
        Assert.Equal([(2L, "OD2441")], (await Slots(worker, "busy")).Select(s => (s.Count, s.CauseCode!)));
        Assert.Equal([(2L, "OD2442")], (await Slots(worker, "resting")).Select(s => (s.Count, s.CauseCode!)));

        Assert.True(await worker.Ledger.ResumeAsync("resting", "cli:lan", CancellationToken.None));
        clock.Shift = TimeSpan.FromDays(3);
        await runs.WakeAllAsync();
        await runs.WhenQuietAsync();
        Assert.Equal(("resting", RunStatus.Succeeded), (place.Outcomes.Single().Dataset, place.Outcomes.Single().Status));
    }

    [Fact]
    public async Task Missed_full_reconciles_give_one_reading_of_everything_after_the_reading_that_is_due_too()
    {
        var asked = new ConcurrentQueue<string>();
        await using var agency = await FlakyAgency.Start((c, _) =>
        {
            asked.Enqueue(c.Request.Query["since"].ToString());
            return FlakyAgency.Text(c, """[{"id":1,"updated_at":"2025-07-01T00:00:00Z"}]""");
        });
        var clock = new ShiftedClock { Shift = TimeSpan.FromDays(-3) };
        using var place = new Workplace { Clock = clock };
        place.Contract(
            "cases",
            "{ kind: http_json, url: \"${URL}/cases\", incremental: { column: updated_at, parameter: since, reconcile: { cron: \"0 30 1 * * ?\" } } }",
            "  - { name: id, type: integer, title: { vi: Mã, en: Id } }\n  - { name: updated_at, type: timestamp, required: true, title: { vi: Cập nhật, en: Updated } }\n",
            "merge",
            "refresh: { cron: \"0 30 1 * * ?\" }").Set("URL", agency.Url);
        await place.Run();
        await using var worker = await place.Open();
        await using var schedule = await Open(place, worker);
        await schedule.SeedAsync(worker.Catalogue.Catalog.Datasets, worker.Ledger, CancellationToken.None);
        clock.Shift = TimeSpan.Zero;
        var runs = new ScheduledRuns(worker, place.Logs, CancellationToken.None);
        await runs.WakeAllAsync();
        await runs.WhenQuietAsync();
        await runs.WakeAllAsync();
        await runs.WhenQuietAsync();

        Assert.Equal(["command", "schedule", "reconcile"], (await place.Runs()).Select(r => r.Trigger).Reverse());
        Assert.Equal(["", "2025-06-30T23:50:00Z", ""], asked);
        var slots = (await Slots(worker, "cases")).Where(s => s.Clock == SlotClock.Reconcile);
        Assert.Equal([(1L, null), (2L, "OD2440")], slots.Select(s => (s.Count, s.CauseCode)));
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
        var clock = new ShiftedClock();
        using var place = new Workplace { Clock = clock };
        place.Contract("both", "{ kind: sql, query: \"select l.id, r.name from left_side l join right_side r on l.id = r.id\", parents: [left_side, right_side] }");
        Contract(place, "left_side", "0 30 1 * * ?");
        Contract(place, "right_side", "0 30 1 * * ?");
        await using var worker = await place.Open();
        Assert.Empty(worker.Catalogue.Problems);
        await using (var schedule = await Open(place, worker))
        {
            await schedule.SeedAsync(worker.Catalogue.Catalog.Datasets, worker.Ledger, CancellationToken.None);
        }

        clock.Shift = TimeSpan.FromDays(1);
        var runs = new ScheduledRuns(worker, place.Logs, CancellationToken.None);
        await runs.WakeAllAsync();
        await runs.WhenQuietAsync();
        Assert.Equal(1, await Count(place, "both"));
        runs.StartDerived();
        await runs.WhenQuietAsync();
        Assert.Equal(1, await Count(place, "both"));

        place.Write("in/left_side.csv", Rows + "2,Sông Công\n");
        clock.Shift = TimeSpan.FromDays(2);
        await runs.WakeAsync("left_side");
        await runs.WhenQuietAsync();
        Assert.Equal(2, await Count(place, "both"));
        Assert.Equal(RunStatus.Unchanged, place.Outcomes.Last().Status);

        // A new process finds the set that gave nothing new, tries it once, and rests.
        var later = new ScheduledRuns(worker, place.Logs, CancellationToken.None);
        later.StartDerived();
        await later.WhenQuietAsync();
        later.StartDerived();
        await later.WhenQuietAsync();
        Assert.Equal(3, await Count(place, "both"));
    }

    private static void Contract(Workplace place, string id, string cron, string misfire = "run_once")
        => place.Contract(
            id,
            $"{{ kind: csv, path: {place.Write($"in/{id}.csv", Rows)} }}",
            rest: $"refresh: {{ cron: \"{cron}\", time_zone: Asia/Ho_Chi_Minh, due_within: PT36H, misfire: {misfire} }}");

    private static Task<WorkerSchedule> Open(Workplace place, IngestWorker worker)
        => WorkerSchedule.OpenAsync(
            place.Settings, new ScheduledRuns(worker, place.Logs, CancellationToken.None), place.Logs, place.Clock, CancellationToken.None);

    private static Task<IReadOnlyList<SlotRecord>> Slots(IngestWorker worker, string dataset)
        => worker.Ledger.SlotsAsync(dataset, 100, CancellationToken.None);

    private static async Task UntilAsync(Func<Task<bool>> reached, ScheduledRuns runs)
    {
        for (var wait = 0; !await reached() && wait < 300; wait++)
        {
            await runs.WakeAllAsync();
            await Task.Delay(100);
        }

        await runs.WhenQuietAsync();
    }

    private static async Task<int> Count(Workplace place, string dataset) => (await place.Runs()).Count(r => r.Dataset == dataset);
}
