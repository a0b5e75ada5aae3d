using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Ingest.Runs;
using OpenData.Ingest.Tests.Commands;
using OpenData.Ingest.Tests.Sources;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Tests.Runs;

/// <summary>A range is read window by window, survives a kill, and changes what is published once, when all of it is in.</summary>
public sealed class BackfillTests
{
    private const string Columns = "  - { name: id, type: integer, required: true, title: { vi: Mã, en: Id } }\n"
        + "  - { name: value, type: integer, required: true, title: { vi: Giá trị, en: Value } }\n"
        + "  - { name: updated_at, type: timestamp, required: true, title: { vi: Cập nhật, en: Updated } }\n";

    private const string Source = "{ kind: http_json, url: \"${URL}/cases\", incremental: { column: updated_at, parameter: since, until: until } }";

    private static readonly BackfillPlan FirstHalf = new(new DateOnly(2024, 1, 1), new DateOnly(2024, 6, 30), WindowLength.Month);

    private readonly ConcurrentDictionary<int, Record> _table = [];
    private readonly ConcurrentQueue<(string Since, string Until)> _asked = [];

    [Fact]
    public async Task A_killed_backfill_goes_on_where_it_was_and_publishes_once_what_is_true_by_then()
    {
        await using var agency = await Serve();
        using var place = Place(agency);
        Fill();

        // What incremental reading has: a source that once began late, with rows of July only.
        foreach (var id in _table.Keys.Where(id => _table[id].At < At(7, 1)))
        {
            _table[id] = _table[id] with { IsHidden = true };
        }

        Assert.Equal(2, (await place.Run())["cases"].Rows);
        Show();
        var before = await place.Csv("cases");
        string[] command = ["backfill", "cases", "--from", "2024-01-01", "--to", "2024-06-30"];
        _asked.Clear();
        var killed = await IngestProcess.Run(place, "backfill.window-2", [("URL", agency.Url)], command);
        Assert.Equal(137, killed.Code);
        Assert.Equal([("2023-12-31T17:00:00Z", "2024-01-31T17:00:00Z"), ("2024-01-31T17:00:00Z", "2024-02-29T17:00:00Z")], _asked);
        Assert.Equal(before, await place.Csv("cases"));
        // Not the first of the list: other tests of this process set its clock forward, and with it the names of its runs.
        var dead = (await place.Runs()).Single(r => r.Trigger == "backfill");
        Assert.Equal((RunStatus.Interrupted, "backfill"), (dead.Status, dead.Trigger));
        var show = await IngestProcess.Run(place, null, "show", dead.Id);
        Assert.Contains("backfill 2024-01-01 to 2024-06-30 by P1M: 2 of 6 windows in", show.Output, StringComparison.Ordinal);
        Assert.Contains("window 2024-02-01/2024-02-29", show.Output, StringComparison.Ordinal);

        // Meanwhile rows of finished windows go and change, and an ordinary reading sees that before the backfill goes on.
        _table[1] = new Record(0, At(8, 1), IsGone: true);
        _table[2] = new Record(222, At(8, 1));
        Assert.True((await place.Run())["cases"].IsGood);
        _asked.Clear();
        var done = await IngestProcess.Run(place, null, [("URL", agency.Url)], command);
        Assert.Equal(0, done.Code);
        Assert.Equal(
            [("2024-02-29T17:00:00Z", "2024-03-31T17:00:00Z"), ("2024-03-31T17:00:00Z", "2024-04-30T17:00:00Z"), ("2024-04-30T17:00:00Z", "2024-05-31T17:00:00Z"),
                ("2024-05-31T17:00:00Z", "2024-06-30T17:00:00Z"), ("2024-07-01T23:50:00Z", "")],
            _asked);
        Assert.Equal(Truth(), await place.Csv("cases"));

        // It is over: the next reading is an ordinary one, and the same command begins anew and finds nothing new.
        _asked.Clear();
        Assert.Equal(RunStatus.Unchanged, (await place.Run())["cases"].Status);
        Assert.Equal([("2024-07-31T23:50:00Z", "")], _asked);
        _asked.Clear();
        Assert.Equal(RunStatus.Unchanged, (await Run(place, FirstHalf)).Status);
        Assert.Equal(7, _asked.Count);
    }

    [Fact]
    public async Task Nothing_is_published_when_a_window_fails_and_a_window_whose_bytes_are_gone_is_read_again()
    {
        var isDown = true;
        await using var agency = await Serve(until => isDown && until.StartsWith("2024-04", StringComparison.Ordinal));
        using var place = Place(agency);
        Fill();
        var failed = await Run(place, FirstHalf);
        Assert.Equal(RunStatus.Failed, failed.Status);
        await using (var worker = await place.Open())
        {
            Assert.Null(worker.Store.Current("cases"));
            var landed = await worker.Ledger.LandingsAsync(failed.RunId, CancellationToken.None);
            Assert.Equal(3, landed.Count);
            Assert.Equal([failed.RunId], await worker.Ledger.OpenBackfillRunsAsync(CancellationToken.None));
            File.Delete(Path.Combine(place.DataFolder, "landing", landed[1].Sha256[..2], landed[1].Sha256));
        }

        isDown = false;
        _asked.Clear();
        Assert.Equal(RunStatus.Succeeded, (await Run(place, FirstHalf)).Status);
        Assert.Equal("2024-01-31T17:00:00Z", _asked.First().Since);
        Assert.Equal(5, _asked.Count);
        Assert.Equal(Truth(), await place.Csv("cases"));
    }

    [Fact]
    public async Task Another_range_or_a_changed_contract_begins_anew_and_so_does_the_one_who_says_so()
    {
        await using var agency = await Serve(until => until.StartsWith("2024-06", StringComparison.Ordinal));
        using var place = Place(agency);
        Fill();
        var shorter = FirstHalf with { To = new DateOnly(2024, 6, 29) };
        foreach (var (plan, asked) in new[] { (FirstHalf, 6), (FirstHalf, 1), (FirstHalf with { Anew = true }, 6), (shorter, 6), (shorter, 1) })
        {
            _asked.Clear();
            Assert.Equal(RunStatus.Failed, (await Run(place, plan)).Status);
            Assert.Equal(asked, _asked.Select(a => a.Since).Distinct().Count());
        }

        place.Contract("cases", Source, Columns.Replace("type: integer, required: true, title: { vi: Giá trị", "type: integer, title: { vi: Giá trị", StringComparison.Ordinal), "merge", "deletions: { from: gone }");
        _asked.Clear();
        await Run(place, shorter);
        Assert.Equal("2023-12-31T17:00:00Z", _asked.First().Since);
    }

    [Fact]
    public async Task A_dataset_whose_next_reading_is_one_of_everything_is_read_first()
    {
        await using var agency = await Serve();
        using var place = Place(agency);
        Fill();
        await place.Run();
        place.Contract("cases", Source, Columns.Replace("Giá trị", "Số", StringComparison.Ordinal).Replace("type: integer, required: true, title: { vi: Số", "type: integer, unit: VND, title: { vi: Số", StringComparison.Ordinal), "merge");
        _asked.Clear();
        Assert.Equal("OD2425", (await Run(place, FirstHalf)).CauseCode);
        Assert.Empty(_asked);
        await place.Run();
        Assert.True((await Run(place, FirstHalf)).IsGood);
    }

    [Fact]
    public async Task A_range_with_too_many_windows_and_a_source_without_ranges_are_refused_before_anything_is_asked()
    {
        await using var agency = await Serve();
        using var place = Place(agency);
        place.Contract("plain", "{ kind: http_json, url: \"${URL}/cases\", incremental: { column: updated_at, parameter: since } }", Columns, "merge");
        string[] range = ["--from", "2024-01-01", "--to", "2025-12-31"];
        var many = await IngestProcess.Run(place, null, ["backfill", "cases", "--window", "P1D", .. range]);
        Assert.Equal(4, many.Code);
        Assert.Contains("OD2423", many.Error, StringComparison.Ordinal);
        var plain = await IngestProcess.Run(place, null, ["backfill", "plain", .. range]);
        Assert.Equal(4, plain.Code);
        Assert.Contains("OD2424", plain.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await IngestProcess.Run(place, null, ["backfill", "cases", "--window", "P1X", .. range])).Code);
        Assert.Equal(2, (await IngestProcess.Run(place, null, ["backfill", "cases", "--from", "2024-02-01", "--to", "2024-01-31"])).Code);
        Assert.Empty(await place.Runs());
        Assert.Empty(_asked);
    }

    [Fact]
    public void Windows_cover_the_range_without_gap_or_drift_whatever_the_calendar_does()
    {
        var contract = Contract("Europe/Berlin");
        foreach (var length in new[] { "P1D", "P13D", "P1W", "P1M", "P1Y" })
        {
            var windows = new BackfillPlan(new DateOnly(2024, 1, 31), new DateOnly(2024, 12, 1), WindowLength.Parse(length)!).Windows(contract);
            Assert.Equal((new DateOnly(2024, 1, 31), new DateOnly(2024, 12, 1)), (windows[0].FirstDay, windows[^1].LastDay));
            Assert.Equal(Enumerable.Range(1, windows.Count), windows.Select(w => w.Ordinal));
            Assert.All(windows.Zip(windows.Skip(1)), pair => Assert.Equal((pair.First.Until, pair.First.LastDay.AddDays(1)), (pair.Second.From, pair.Second.FirstDay)));
            Assert.All(windows, w => Assert.True(w.From < w.Until));
        }

        // The last day of a month stays the last day of shorter ones; summer time moves the instant, not the day.
        var months = new BackfillPlan(new DateOnly(2024, 1, 31), new DateOnly(2024, 5, 31), WindowLength.Month).Windows(contract);
        Assert.Equal(["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"], months.Select(w => w.FirstDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.FromHours(2)), (months[2].From.Offset, months[3].From.Offset));
        var error = Assert.Throws<OpenDataException>(() => new BackfillPlan(new DateOnly(2024, 1, 1), new DateOnly(2025, 2, 4), new WindowLength(1, 'D')).Windows(contract));
        Assert.Equal(BackfillErrors.TooManyWindows, error.Code);
        Assert.Equal(400, new BackfillPlan(new DateOnly(2024, 1, 1), new DateOnly(2025, 2, 3), new WindowLength(1, 'D')).Windows(contract).Count);
        Assert.Single(new BackfillPlan(new DateOnly(9000, 1, 1), new DateOnly(9998, 12, 31), new WindowLength(999, 'Y')).Windows(contract));
    }

    private static DatasetContract Contract(string zone)
    {
        var words = new LocalText("x", "x");
        ColumnContract column = new("updated_at", new ColumnType(ColumnKind.Timestamp), words);
        return new DatasetContract("cases", words, words, [column], ["id"], new SourceBinding("database") { Incremental = new IncrementalBinding("updated_at", "", TimeSpan.Zero) })
        {
            Publisher = "p",
            Theme = "t",
            License = "l",
            TimeZone = zone,
        };
    }

    private static DateTimeOffset At(int month, int day) => new(2024, month, day, 0, 0, 0, TimeSpan.Zero);

    private static Workplace Place(FlakyAgency agency)
        => new Workplace().Contract("cases", Source, Columns, "merge", "deletions: { from: gone }").Set("URL", agency.Url);

    private static async Task<RunOutcome> Run(Workplace place, BackfillPlan plan)
        => (await place.Run(new RunCause("backfill") { Backfill = plan }, "cases"))["cases"];

    // Two rows a month from January to July; those of the first of a month lie at the boundary of two windows.
    private void Fill()
    {
        for (var month = 1; month <= 7; month++)
        {
            _table[(2 * month) - 1] = new Record(month, At(month, 1).AddHours(-7));
            _table[2 * month] = new Record(month, month == 7 ? At(7, 2) : At(month, 15));
        }

        _table[13] = _table[13] with { At = At(7, 1) };
    }

    private void Show()
    {
        foreach (var id in _table.Keys)
        {
            _table[id] = _table[id] with { IsHidden = false };
        }
    }

    private Task<FlakyAgency> Serve(Func<string, bool>? fails = null) => FlakyAgency.Start((c, _) =>
    {
        var (since, until) = (c.Request.Query["since"].ToString(), c.Request.Query["until"].ToString());
        _asked.Enqueue((since, until));
        if (fails?.Invoke(until) == true)
        {
            c.Response.StatusCode = 404;
            return Task.CompletedTask;
        }

        var from = since.Length == 0 ? DateTimeOffset.MinValue : DateTimeOffset.Parse(since, CultureInfo.InvariantCulture);
        var to = until.Length == 0 ? DateTimeOffset.MaxValue : DateTimeOffset.Parse(until, CultureInfo.InvariantCulture);
        var rows = _table.Where(r => !r.Value.IsHidden && r.Value.At >= from && r.Value.At <= to).OrderBy(r => r.Key)
            .Select(r => new { id = r.Key, value = r.Value.Value, updated_at = r.Value.At, gone = r.Value.IsGone });
        return FlakyAgency.Text(c, JsonSerializer.Serialize(rows));
    });

    private string Truth()
    {
        var rows = _table.Where(r => !r.Value.IsGone).Select(r =>
        {
            var at = r.Value.At.ToOffset(TimeSpan.FromHours(7));
            return (At: at, r.Key, Line: string.Create(CultureInfo.InvariantCulture, $"{r.Key},{r.Value.Value},{at:yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz}\n"));
        });
        return "id,value,updated_at\n" + string.Concat(rows.OrderBy(r => r.At).ThenBy(r => r.Key).Select(r => r.Line));
    }

    private sealed record Record(int Value, DateTimeOffset At, bool IsGone = false, bool IsHidden = false);
}
