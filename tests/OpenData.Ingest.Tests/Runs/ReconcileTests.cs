using System.Globalization;
using System.Text.Json;
using OpenData.Ingest.Runs;
using OpenData.Ingest.Tests.Commands;
using OpenData.Ingest.Tests.Sources;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Tests.Runs;

/// <summary>A full reconcile says by day what incremental reading had missed.</summary>
public sealed class ReconcileTests
{
    private const string Columns = "  - { name: id, type: integer, required: true, title: { vi: Mã, en: Id } }\n"
        + "  - { name: updated_at, type: timestamp, required: true, title: { vi: Cập nhật, en: Updated } }\n";

    private static readonly RunCause Full = new("reconcile", Full: true);

    private readonly SortedDictionary<int, (DateTimeOffset At, bool IsGone)> _table = [];

    [Fact]
    public async Task Days_that_differ_are_counted_before_and_after_and_ordinary_news_is_no_difference()
    {
        await using var agency = await Serve();
        using var place = Place(agency, "merge", "deletions: { from: gone }");
        for (var id = 0; id < 20; id++)
        {
            // 17:30 in UTC is half past midnight of the next day in the contract's zone.
            _table[id] = (At(1 + (id % 4)).AddHours(17.5), false);
        }

        await place.Run();

        // Gone without a mark, committed far too late, marked with a stamp of long ago.
        _table.Remove(0);
        _table[30] = (At(2).AddHours(3), false);
        _table[31] = (At(2).AddHours(4), false);
        _table[2] = (At(3).AddHours(17.6), true);

        // What the next reading would have brought anyway: a new row, a changed one, a deleted one.
        _table[40] = (At(9), false);
        _table[1] = (At(9), false);
        _table[5] = (At(9), true);
        var outcome = (await place.Run(Full))["cases"];
        Assert.Equal((RunStatus.Succeeded, 20L), (outcome.Status, outcome.Rows));
        Assert.Equal(
            [new ReconcileDay("2025-07-02", 5, 6, 6), new ReconcileDay("2025-07-04", 5, 4, 4)],
            await Days(place, outcome.RunId));
        Assert.Equal(2, await Compared(place, outcome.RunId));

        var show = await IngestProcess.Run(place, null, "show", outcome.RunId);
        Assert.Contains("differs  2025-07-04: 5 rows published, 4 at the source, 4 published since", show.Output, StringComparison.Ordinal);

        var again = (await place.Run(Full))["cases"];
        Assert.Equal((RunStatus.Unchanged, 0L), (again.Status, await Compared(place, again.RunId)));
        Assert.Empty(await Days(place, again.RunId));
    }

    [Fact]
    public async Task Appended_rows_that_the_source_dropped_stay_and_the_difference_is_told()
    {
        await using var agency = await Serve();
        using var place = Place(agency, "append");
        _table[1] = (At(1), false);
        _table[2] = (At(2), false);
        _table[3] = (At(8), false);
        await place.Run();
        _table.Remove(1);
        var outcome = (await place.Run(Full))["cases"];
        Assert.Equal((RunStatus.Unchanged, 3L), (outcome.Status, outcome.Rows));
        Assert.Equal([new ReconcileDay("2025-07-01", 1, 0, 1)], await Days(place, outcome.RunId));
    }

    [Fact]
    public async Task A_day_without_time_is_compared_as_it_stands_and_without_a_watermark_nothing_is()
    {
        await using var agency = await Serve(at => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        using var place = Place(agency, "merge", type: "date");
        _table[1] = (At(1), false);
        _table[2] = (At(1), false);
        _table[3] = (At(8), false);
        var first = (await place.Run(Full))["cases"];
        Assert.Null(await Compared(place, first.RunId));
        _table.Remove(2);
        Assert.Equal([new ReconcileDay("2025-07-01", 2, 1, 1)], await Days(place, (await place.Run(Full))["cases"].RunId));
    }

    private static DateTimeOffset At(int day) => new(2025, 7, day, 0, 0, 0, TimeSpan.Zero);

    private static Workplace Place(FlakyAgency agency, string load, string rest = "", string type = "timestamp")
        => new Workplace().Contract(
            "cases",
            "{ kind: http_json, url: \"${URL}/cases\", incremental: { column: updated_at, parameter: since } }",
            Columns.Replace("timestamp", type, StringComparison.Ordinal),
            load,
            rest).Set("URL", agency.Url);

    private Task<FlakyAgency> Serve(Func<DateTimeOffset, object>? spell = null) => FlakyAgency.Start((c, _) =>
    {
        var since = c.Request.Query["since"].ToString();
        var bound = since.Length == 0 ? DateTimeOffset.MinValue : DateTimeOffset.Parse(since, CultureInfo.InvariantCulture);
        return FlakyAgency.Text(c, JsonSerializer.Serialize(
            _table.Where(r => r.Value.At >= bound).Select(r => new { id = r.Key, updated_at = spell?.Invoke(r.Value.At) ?? r.Value.At, gone = r.Value.IsGone })));
    });

    private static async Task<IReadOnlyList<ReconcileDay>> Days(Workplace place, string runId)
    {
        await using var ledger = RunLedger.ForReading(place.Settings.Ledger, TimeProvider.System);
        return await ledger.ReconcileDaysAsync(runId, CancellationToken.None);
    }

    private static async Task<long?> Compared(Workplace place, string runId)
    {
        await using var ledger = RunLedger.ForReading(place.Settings.Ledger, TimeProvider.System);
        return (await ledger.StepsAsync(runId, CancellationToken.None)).FirstOrDefault(s => s.Name == "compare")?.Records;
    }
}
