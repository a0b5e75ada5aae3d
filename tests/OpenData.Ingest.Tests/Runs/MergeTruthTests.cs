using System.Globalization;
using System.Text.Json;
using OpenData.Ingest.Runs;
using OpenData.Ingest.Tests.Sources;
using OpenData.TestKit;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Tests.Runs;

/// <summary>A source that commits late, deletes with and without a mark and has a clock of its own; after a full reconcile we hold its truth.</summary>
public sealed class MergeTruthTests
{
    private const string Columns = "  - { name: id, type: integer, required: true, title: { vi: Mã, en: Id } }\n"
        + "  - { name: value, type: integer, required: true, title: { vi: Giá trị, en: Value } }\n"
        + "  - { name: updated_at, type: timestamp, required: true, title: { vi: Cập nhật, en: Updated } }\n";

    private const string Source = "{ kind: http_json, url: \"${URL}/cases\", records: $.data, total: $.total, "
        + "incremental: { column: updated_at, parameter: updated_since, overlap: PT10M } }";

    private static readonly DateTimeOffset Base = new(2025, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SortedDictionary<int, Record> _table = [];

    [Theory]
    [InlineData(11, 0)]
    [InlineData(12, -300)]
    [InlineData(13, 4_000_000)]
    public async Task What_is_published_is_the_source_s_truth_after_every_run_within_the_rules_and_after_every_reconcile_without_them(int seed, int skewMinutes)
    {
        var random = new Random(seed);
        await using var agency = await Serve();
        using var place = Place(agency);
        var (now, lost) = (Base.AddMinutes(skewMinutes), 0);
        for (var round = 0; round < (RunScale.IsSoak ? 120 : 8); round++)
        {
            for (var change = 0; change < 15; change++)
            {
                Change(random, now.AddMinutes(-random.Next(0, 9)).AddTicks(10 * random.Next(0, 3)));
            }

            await Expect(place, new RunCause("command"));
            if (round % 4 == 3)
            {
                // What no overlap can catch: committed an hour late, dropped without a mark, changed by a clock that was set back.
                for (var change = 0; change < 5; change++)
                {
                    Change(random, now.AddMinutes(-random.Next(60, 600)), isWild: true);
                    _table.Remove(random.Next(0, 40));
                }

                var outcome = (await place.Run())["cases"];
                Assert.True(outcome.IsGood, outcome.CauseCode);
                lost += await place.Csv("cases") == Truth() ? 0 : 1;
                await Expect(place, new RunCause("command", Full: true));
            }

            now = now.AddMinutes(random.Next(0, 3));
        }

        Assert.True(lost > 0, "No wild change was beyond the overlap, so that the reconcile had nothing to show.");
    }

    [Fact]
    public async Task A_marked_record_with_nothing_but_key_and_time_deletes_its_row_and_a_later_one_brings_it_back()
    {
        await using var agency = await Serve();
        using var place = Place(agency);
        _table[1] = new Record(10, Base, false);
        _table[2] = new Record(20, Base, false);
        Assert.Equal((2, 0, 2), Told(await place.Run()));

        _table[1] = new Record(null, Base.AddMinutes(1), true);
        Assert.Equal((0, 1, 1), Told(await place.Run()));
        Assert.Equal(Truth(), await place.Csv("cases"));

        // The overlap brings the mark again: there is nothing left to delete, and no new version.
        var again = (await place.Run())["cases"];
        Assert.Equal((RunStatus.Unchanged, 0, 2), (again.Status, again.Counts!.Deleted, again.Counts.Unchanged));

        _table[1] = new Record(11, Base.AddMinutes(2), false);
        Assert.Equal((1, 0, 2), Told(await place.Run()));
        Assert.Equal(Truth(), await place.Csv("cases"));
    }

    [Fact]
    public async Task A_mark_without_a_change_time_is_refused_and_a_wrong_record_without_a_mark_too()
    {
        await using var agency = await FlakyAgency.Start((c, _) => FlakyAgency.Text(
            c,
            """{"total":4,"data":[{"id":1,"value":1,"updated_at":"2025-07-01T00:00:00Z"},{"id":1,"gone":true},{"id":3,"updated_at":"2025-07-01T00:00:00Z"},{"id":4,"value":"x","updated_at":"2025-07-01T00:00:00Z","gone":"1"}]}"""));
        using var place = Place(agency);
        var outcome = (await place.Run())["cases"];
        Assert.Equal([("required", "updated_at", 1L), ("required", "value", 1L)], outcome.Quarantine.Select(q => (q.Rule, q.Column!, q.Rows)));
        Assert.Equal((4, 1, 1, 2), (outcome.Counts!.Received, outcome.Counts.Inserted, outcome.Counts.Unchanged, outcome.Counts.Quarantined));
    }

    [Fact]
    public async Task A_full_reconcile_that_would_remove_too_much_keeps_the_last_version()
    {
        await using var agency = await Serve();
        using var place = Place(agency, "expectations: [ { rule: row_count, shrink_max: 0.2, on_fail: block } ]");
        for (var id = 0; id < 20; id++)
        {
            _table[id] = new Record(id, Base, false);
        }

        await place.Run();
        var whole = await place.Csv("cases");
        for (var id = 0; id < 10; id++)
        {
            _table.Remove(id);
        }

        Assert.Equal("OD2201", (await place.Run(new RunCause("command", Full: true)))["cases"].CauseCode);
        _table.Clear();
        Assert.False((await place.Run(new RunCause("command", Full: true)))["cases"].IsGood);
        Assert.Equal(whole, await place.Csv("cases"));
    }

    private static (long Inserted, long Deleted, long Rows) Told(Dictionary<string, RunOutcome> outcomes)
    {
        var outcome = outcomes["cases"];
        Assert.True(outcome.IsGood, outcome.CauseCode);
        return (outcome.Counts!.Inserted, outcome.Counts.Deleted, outcome.Rows!.Value);
    }

    private static Workplace Place(FlakyAgency agency, string more = "")
        => new Workplace().Contract("cases", Source, Columns, "merge", "deletions: { from: gone, values: [\"1\", \"true\"] }\n" + more).Set("URL", agency.Url);

    private async Task Expect(Workplace place, RunCause cause)
    {
        var outcome = (await place.Run(cause))["cases"];
        Assert.True(outcome.IsGood, outcome.CauseCode);
        Assert.True(outcome.Counts!.ReceivedBalances);
        Assert.Equal(Truth(), await place.Csv("cases"));
    }

    // The stamp of one row never goes back, unless the change is wild.
    private void Change(Random random, DateTimeOffset at, bool isWild = false)
    {
        var id = random.Next(0, 40);
        if (!isWild && _table.TryGetValue(id, out var before) && before.At > at)
        {
            at = before.At;
        }

        var isGone = random.Next(5) == 0;
        _table[id] = new Record(isGone ? null : random.Next(1000), at, isGone);
    }

    private Task<FlakyAgency> Serve() => FlakyAgency.Start((c, _) =>
    {
        var since = c.Request.Query["updated_since"].ToString();
        var bound = since.Length == 0 ? DateTimeOffset.MinValue : DateTimeOffset.Parse(since, CultureInfo.InvariantCulture);
        var rows = _table.Where(r => r.Value.At >= bound).Select(r => new { id = r.Key, value = r.Value.Value, updated_at = r.Value.At, gone = r.Value.IsGone }).ToList();
        return FlakyAgency.Text(c, JsonSerializer.Serialize(new { total = rows.Count, data = rows }));
    });

    private string Truth()
    {
        var rows = _table.Where(r => !r.Value.IsGone).Select(r =>
        {
            var at = r.Value.At.ToOffset(TimeSpan.FromHours(7));
            return (At: at, Line: string.Create(CultureInfo.InvariantCulture, $"{r.Key},{r.Value.Value},{at:yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz}\n"));
        });
        return "id,value,updated_at\n" + string.Concat(rows.OrderBy(r => r.At).Select(r => r.Line));
    }

    private sealed record Record(int? Value, DateTimeOffset At, bool IsGone);
}
