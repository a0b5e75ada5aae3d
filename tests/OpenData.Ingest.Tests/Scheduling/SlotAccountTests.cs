using System.Globalization;
using OpenData.Ingest.Scheduling;
using OpenData.TestKit;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Tests.Ledger;

namespace OpenData.Ingest.Tests.Scheduling;

/// <summary>
/// Weeks of slots on a clock that is told what time it is: workers that come and go, runs longer than the time between two slots, pauses,
/// a machine whose time jumps forward and back, a zone with summer time. What the ledger says is compared with a calendar of our own.
/// </summary>
public sealed class SlotAccountTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(30);

    private static readonly Plan[] Plans =
    [
        new("two_hourly", "0 0 0/2 * * ?", "Asia/Ho_Chi_Minh", false, (local, _) => local is { Minute: 0 } && local.Hour % 2 == 0),
        new("mornings", "0 0/20 8-10 * * ?", "Asia/Ho_Chi_Minh", true, (local, _) => local.Minute % 20 == 0 && local.Hour is >= 8 and <= 10),
        new("summer_time", "0 30 2 * * ?", "Europe/Berlin", false, IsHalfPastTwo),
    ];

    private readonly TestFolder _folder = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [LedgerKinds]
    public async Task Every_slot_of_weeks_runs_once_or_is_recorded_as_skipped(string kind)
    {
        var weeks = RunScale.IsSoak ? 30 : 1;
        var slots = 0;
        foreach (var (begin, seed) in new[] { (new DateTimeOffset(2027, 3, 25, 0, 7, 0, TimeSpan.Zero), 1), (new DateTimeOffset(2027, 10, 28, 0, 7, 0, TimeSpan.Zero), 2) })
        {
            _clock.Set(begin);
            var options = new LedgerOptions(_folder[string.Create(CultureInfo.InvariantCulture, $"{kind}{seed}")])
            {
                ConnectionString = kind == "postgresql" ? server.NewDatabase() : null,
            };
            await using var ledger = await RunLedger.OpenAsync(options, _clock, None);
            slots += await LiveAsync(ledger, begin, begin.AddDays(7 * weeks), new Random(seed));
        }

        SoakReport.Line(string.Create(CultureInfo.InvariantCulture, $"Account on {kind}: {slots} slots of {2 * weeks} weeks accounted for, 0 run twice, 0 without a record."));
    }

    private async Task<int> LiveAsync(RunLedger ledger, DateTimeOffset begin, DateTimeOffset end, Random random)
    {
        var workers = new[] { new SlotKeeper(ledger, _clock, _ => null), new SlotKeeper(ledger, _clock, _ => null) };
        foreach (var plan in Plans)
        {
            await workers[0].SeedAsync(plan.Dataset, SlotClock.Refresh, plan.Cron, plan.TimeZone, None);
        }

        var atWork = new List<(Lease Lease, DateTimeOffset Ends)>();
        var (awake, wrongUntil, wrongBy) = (begin, DateTimeOffset.MinValue, TimeSpan.Zero);
        for (var now = begin; now < end; now += TimeSpan.FromMinutes(1 + random.Next(14)))
        {
            if (random.Next(150) == 0 && wrongBy == TimeSpan.Zero)
            {
                // The machine is told a wrong time for a while: hours behind, or years ahead.
                (wrongBy, wrongUntil) = (random.Next(3) == 0 ? TimeSpan.FromDays(400) : TimeSpan.FromHours(random.Next(-9, 60)), now.AddHours(random.Next(1, 5)));
            }

            wrongBy = now < wrongUntil ? wrongBy : TimeSpan.Zero;
            awake = now >= awake && random.Next(200) == 0 ? now.AddHours(random.Next(1, 80)) : awake;
            _clock.Set(now + wrongBy);
            await PauseOrResumeAsync(ledger, random);
            foreach (var done in atWork.Where(w => w.Ends <= now).ToList())
            {
                atWork.Remove(done);
                await ledger.FinishAsync(done.Lease.Owner, new RunEnd(RunStatus.Unchanged), None);
                await ledger.ReleaseAsync(done.Lease, None);
            }

            if (now >= awake)
            {
                await WakeAsync(ledger, workers, random, now, atWork);
            }
        }

        _clock.Set(end);
        foreach (var plan in Plans)
        {
            await workers[0].DueAsync(plan.Dataset, SlotClock.Refresh, skipsMissed: true, None);
        }

        var slots = 0;
        foreach (var plan in Plans)
        {
            slots += await CompareAsync(ledger, plan, begin, end);
        }

        return slots;
    }

    private async Task WakeAsync(
        RunLedger ledger, SlotKeeper[] workers, Random random, DateTimeOffset now, List<(Lease Lease, DateTimeOffset Ends)> atWork)
    {
        foreach (var plan in Plans)
        {
            // Both workers meet the slot at the same moment, before either has begun.
            var due = await Task.WhenAll(workers.Select(w => w.DueAsync(plan.Dataset, SlotClock.Refresh, plan.Skips, None)));
            var begun = 0;
            foreach (var slot in due.OfType<SlotTime>())
            {
                var id = RunId.New(_clock);
                var start = new RunStart(id, plan.Dataset, "schedule", _clock.GetUtcNow(), WorkerIdentity.Current) { Slot = slot };
                if (await ledger.StartAsync(start, None))
                {
                    begun++;
                    if (await ledger.TryAcquireAsync(plan.Dataset, id, Lease, 0, None) is { } lease)
                    {
                        atWork.Add((lease, now.AddMinutes(random.Next(12) == 0 ? 25 : 1)));
                    }
                }
            }

            Assert.InRange(begun, 0, 1);
        }
    }

    private async Task PauseOrResumeAsync(RunLedger ledger, Random random)
    {
        if (random.Next(300) == 0)
        {
            await ledger.PauseAsync(new Pause(Plans[random.Next(Plans.Length)].Dataset, "cli:lan", "why", _clock.GetUtcNow()), None);
        }

        if (random.Next(100) == 0 && await ledger.PausesAsync(None) is [var pause, ..])
        {
            await ledger.ResumeAsync(pause.Dataset, "cli:lan", None);
        }
    }

    private static async Task<int> CompareAsync(RunLedger ledger, Plan plan, DateTimeOffset begin, DateTimeOffset end)
    {
        var due = plan.Between(begin, end);
        var records = (await ledger.SlotsAsync(plan.Dataset, 1_000_000, None)).Where(r => r.FirstAt <= end).ToList();
        var told = records.SelectMany(r => due.Where(slot => slot >= r.FirstAt && slot <= r.LastAt)).Order().ToList();
        Assert.Equal(due, told);
        Assert.Equal(due.Count, records.Sum(r => r.Count));
        Assert.All(records, r => Assert.True(r.RunId is null == (SlotErrors.Find(r.CauseCode) is not null)));
        Assert.Contains(records, r => r.RunId is not null);
        return due.Count;
    }

    private static bool IsHalfPastTwo(DateTimeOffset local, TimeZoneInfo zone)
    {
        // On the day without 02:30 the slot comes when the gap ends; where 02:30 comes twice, the first one counts.
        var twice = zone.IsAmbiguousTime(local.DateTime);
        var gapEnds = local is { Hour: 3, Minute: 0 } && zone.IsInvalidTime(local.DateTime.AddMinutes(-30));
        return gapEnds || (local is { Hour: 2, Minute: 30 } && (!twice || local.Offset == zone.GetAmbiguousTimeOffsets(local.DateTime).Max()));
    }

    private sealed record Plan(string Dataset, string Cron, string TimeZone, bool Skips, Func<DateTimeOffset, TimeZoneInfo, bool> IsSlot)
    {
        /// <summary>The slots, found by looking at every minute.</summary>
        internal List<DateTimeOffset> Between(DateTimeOffset begin, DateTimeOffset end)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
            var slots = new List<DateTimeOffset>();
            for (var minute = begin.AddMinutes(1); minute <= end; minute = minute.AddMinutes(1))
            {
                if (IsSlot(TimeZoneInfo.ConvertTime(minute, zone), zone))
                {
                    slots.Add(minute);
                }
            }

            return slots;
        }
    }
}
