using OpenData.Ingest.Tests.Runs;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Tests.Commands;

/// <summary>What operators see of slots and do to schedules.</summary>
public sealed class SlotsTests
{
    [Fact]
    public async Task Slots_tell_the_run_or_the_cause_and_a_pause_is_shown_until_it_ends()
    {
        using var place = new Workplace();
        place.Contract(
            "units",
            $"{{ kind: csv, path: {place.Write("in/units.csv", "id,name\n1,Phổ Yên\n")} }}",
            rest: "refresh: { cron: \"0 30 1 * * ?\", time_zone: Asia/Ho_Chi_Minh, due_within: PT36H, misfire: run_once }");
        place.Contract("derived", "{ kind: sql, query: \"select id, name from units\", parents: [units] }");
        var day = new DateTimeOffset(2026, 11, 20, 18, 30, 0, TimeSpan.Zero);
        await using (var worker = await place.Open())
        {
            var clock = new SlotClock("units", SlotClock.Refresh, "0 30 1 * * ?", "Asia/Ho_Chi_Minh", day.AddDays(-1));
            await worker.Ledger.SetSlotClockAsync(clock, CancellationToken.None);
            Assert.True(await worker.Ledger.SkipSlotsAsync(clock, [new SlotSkip(day, day.AddDays(2), 3, SlotErrors.Missed)], day.AddDays(2), CancellationToken.None));
            var start = new RunStart("20261123T183000123Z-1a2b3c4d", "units", "schedule", day.AddDays(3), WorkerIdentity.Current) { Slot = new SlotTime(SlotClock.Refresh, day.AddDays(3)) };
            Assert.True(await worker.Ledger.StartAsync(start, CancellationToken.None));
            Assert.False(await worker.Ledger.StartAsync(start with { Id = "another" }, CancellationToken.None));
            await worker.Ledger.FinishAsync(start.Id, new RunEnd(RunStatus.Unchanged), CancellationToken.None);
        }

        Assert.Equal(0, (await IngestProcess.Run(place, null, "pause", "units", "--reason", "The agency moves house.")).Code);
        Assert.Equal(1, (await IngestProcess.Run(place, null, "pause", "units", "--reason", "Again.")).Code);
        Assert.Equal(1, (await IngestProcess.Run(place, null, "pause", "derived", "--reason", "It has no clock.")).Code);
        var slots = await IngestProcess.Run(place, null, "slots", "units");
        var lines = slots.Output.TrimEnd().Split('\n');
        Assert.EndsWith(": The agency moves house.", lines[0], StringComparison.Ordinal);
        Assert.Equal("2026-11-23T18:30:00Z  run 20261123T183000123Z-1a2b3c4d  unchanged", lines[1]);
        Assert.Equal("2026-11-20T18:30:00Z to 2026-11-22T18:30:00Z, 3 slots  skipped: OD2440 No worker took the slot up in its time", lines[2]);

        Assert.Equal(0, (await IngestProcess.Run(place, null, "resume", "units")).Code);
        Assert.Equal(1, (await IngestProcess.Run(place, null, "resume", "units")).Code);
        var audit = await IngestProcess.Run(place, null, "audit", "list");
        Assert.Matches("resume.*units(.|\n)*pause.*units", audit.Output);
    }
}
