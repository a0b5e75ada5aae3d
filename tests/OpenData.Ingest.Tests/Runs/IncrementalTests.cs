using System.Globalization;
using System.Text.Json;
using OpenData.Ingest.Runs;
using OpenData.Ingest.Tests.Sources;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Tests.Runs;

/// <summary>Rows at the boundary of an incremental reading are never lost, whatever their stamps.</summary>
public sealed class IncrementalTests
{
    private const string Columns = "  - { name: id, type: integer, required: true, title: { vi: Mã, en: Id } }\n"
        + "  - { name: value, type: integer, title: { vi: Giá trị, en: Value } }\n"
        + "  - { name: updated_at, type: timestamp, required: true, title: { vi: Cập nhật, en: Updated } }\n";

    private static readonly DateTimeOffset Base = new(2025, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_source_with_equal_late_and_tiny_stamps_ends_equal_to_the_model(int seed)
    {
        var random = new Random(seed);
        var model = new SortedDictionary<int, (int Value, DateTimeOffset At)>();
        var asked = new List<string>();
        await using var agency = await FlakyAgency.Start((c, _) =>
        {
            var since = c.Request.Query["updated_since"].ToString();
            var page = int.Parse(c.Request.Query["page"].ToString(), CultureInfo.InvariantCulture);
            if (page == 1)
            {
                asked.Add(since);
            }

            var bound = since.Length == 0 ? DateTimeOffset.MinValue : DateTimeOffset.Parse(since, CultureInfo.InvariantCulture);
            var rows = model.Where(r => r.Value.At >= bound).Select(r => new { id = r.Key, value = r.Value.Value, updated_at = r.Value.At }).ToList();
            return FlakyAgency.Text(c, JsonSerializer.Serialize(new { total = rows.Count, data = rows.Skip((page - 1) * 7).Take(7) }));
        });
        using var place = new Workplace();
        place.Contract(
            "cases",
            "{ kind: http_json, url: \"${URL}/cases\", records: $.data, total: $.total, paging: { style: page, parameter: page }, "
            + "incremental: { column: updated_at, parameter: updated_since, overlap: PT10M } }",
            Columns,
            load: "merge");
        place.Set("URL", agency.Url);

        var now = Base;
        for (var round = 0; round < 6; round++)
        {
            for (var change = 0; change < 12; change++)
            {
                // Equal stamps, microsecond steps, and rows committed up to nine minutes late; the stamp of one row never goes back.
                var at = now.AddMinutes(-random.Next(0, 10)).AddTicks(10 * random.Next(0, 3));
                var id = random.Next(0, 40);
                model[id] = (random.Next(1000), model.TryGetValue(id, out var before) && before.At > at ? before.At : at);
            }

            var outcome = (await place.Run())["cases"];
            Assert.True(outcome.IsGood, outcome.CauseCode);
            Assert.Equal(Expected(model), await place.Csv("cases"));
            now = now.AddMinutes(random.Next(0, 3));
        }

        Assert.Equal("", asked[0]);
        Assert.All(asked.Skip(1), since => Assert.NotEqual("", since));
    }

    [Fact]
    public async Task The_watermark_moves_only_with_a_publication_and_a_changed_contract_reads_everything()
    {
        var asked = new List<string>();
        var total = 1;
        await using var agency = await FlakyAgency.Start((c, _) =>
        {
            asked.Add(c.Request.Query["updated_since"].ToString());
            return FlakyAgency.Text(c, JsonSerializer.Serialize(new { total, data = new[] { new { id = 1, value = 2, updated_at = Base } } }));
        });
        using var place = new Workplace();
        const string Source = "{ kind: http_json, url: \"${URL}/cases\", records: $.data, total: $.total, incremental: { column: updated_at, parameter: updated_since, overlap: PT10M } }";
        place.Contract("cases", Source, Columns, load: "merge").Set("URL", agency.Url);

        total = 5;
        Assert.Equal("OD2013", (await place.Run())["cases"].CauseCode);
        Assert.Null(await Watermark(place));
        total = 1;
        var first = (await place.Run())["cases"];
        var mark = await Watermark(place);
        Assert.Equal((Base, first.Version), (mark!.Value, mark.Version));
        await place.Run();
        Assert.Equal("2025-06-30T23:50:00Z", asked[^1]);
        place.Contract("cases", Source, Columns.Replace("type: integer, title: { vi: Giá trị", "type: integer, unit: VND, title: { vi: Giá trị", StringComparison.Ordinal), load: "merge");
        await place.Run();
        Assert.Equal("", asked[^1]);
    }

    [Fact]
    public async Task A_row_dated_into_the_future_does_not_hide_those_that_follow()
    {
        var asked = new List<string>();
        await using var agency = await FlakyAgency.Start((c, _) =>
        {
            asked.Add(c.Request.Query["updated_since"].ToString());
            return FlakyAgency.Text(c, JsonSerializer.Serialize(new { data = new[] { new { id = 1, value = 2, updated_at = new DateTime(2999, 1, 1, 0, 0, 0, DateTimeKind.Utc) } } }));
        });
        using var place = new Workplace();
        place.Contract(
            "cases",
            "{ kind: http_json, url: \"${URL}/cases\", records: $.data, incremental: { column: updated_at, parameter: updated_since, overlap: PT10M } }",
            Columns,
            load: "merge").Set("URL", agency.Url);
        var before = TimeProvider.System.GetUtcNow();
        await place.Run();
        await place.Run();
        var bound = DateTimeOffset.Parse(asked[1], CultureInfo.InvariantCulture);
        Assert.InRange(bound, before.AddMinutes(-11), TimeProvider.System.GetUtcNow().AddMinutes(-9));
    }

    [Fact]
    public async Task A_counting_column_is_read_from_its_greatest_number_less_the_overlap()
    {
        var (asked, rows) = (new List<string>(), new Dictionary<int, long> { [1] = 100, [2] = 5000 });
        await using var agency = await FlakyAgency.Start((c, _) =>
        {
            var since = c.Request.Query["since"].ToString();
            asked.Add(since);
            var bound = since.Length == 0 ? long.MinValue : long.Parse(since, CultureInfo.InvariantCulture);
            return FlakyAgency.Text(c, JsonSerializer.Serialize(rows.Where(r => r.Value >= bound).Select(r => new { id = r.Key, seq = r.Value })));
        });
        using var place = new Workplace();
        place.Contract(
            "cases",
            "{ kind: http_json, url: \"${URL}/cases\", incremental: { column: seq, parameter: since, overlap_count: 50 } }",
            "  - { name: id, type: integer, required: true, title: { vi: Mã, en: Id } }\n  - { name: seq, type: integer, required: true, title: { vi: Số, en: Number } }\n",
            load: "merge").Set("URL", agency.Url);
        await place.Run();

        // One row changes, one is committed late with a smaller number, one is too late for any overlap.
        (rows[1], rows[3], rows[4]) = (5001, 4951, 4949);
        var second = (await place.Run())["cases"];
        Assert.Equal((3L, 1L, 1L, 1L), (second.Counts!.Received, second.Counts.Inserted, second.Counts.Updated, second.Counts.Unchanged));
        Assert.Equal(5001, (await Watermark(place))!.Number);
        var full = (await place.Run(new RunCause("command", Full: true)))["cases"];
        Assert.Equal((4L, 1L), (full.Rows, full.Counts!.Inserted));
        Assert.Equal(["", "4950", ""], asked);
    }

    [Fact]
    public async Task Appended_keys_that_are_there_already_are_counted_as_duplicates_and_the_same_input_twice_is_no_version()
    {
        using var place = new Workplace();
        place.Contract("cases", $"{{ kind: csv, path: {place.Write("in/cases.csv", "id,name\n1,a\n2,b\n")} }}", load: "append");
        Assert.Equal((RunStatus.Succeeded, 2L), Told((await place.Run())["cases"]));
        var again = (await place.Run())["cases"];
        Assert.Equal((RunStatus.Unchanged, 2L), Told(again));
        Assert.Equal((2L, 0L, 2L), (again.Counts!.Received, again.Counts.Inserted, again.Counts.Duplicates));

        // A key that is published keeps its first values, whatever comes later; equal new records are one row.
        place.Write("in/cases.csv", "id,name\n2,other\n3,c\n3,c\n");
        var third = (await place.Run())["cases"];
        Assert.Equal((RunStatus.Succeeded, 3L), Told(third));
        Assert.Equal((3L, 1L, 2L), (third.Counts!.Received, third.Counts.Inserted, third.Counts.Duplicates));
        Assert.Equal("id,name\n1,a\n2,b\n3,c\n", await place.Csv("cases"));
        Assert.Equal((RunStatus.Unchanged, 3L), Told((await place.Run())["cases"]));

        static (RunStatus Status, long? Rows) Told(RunOutcome outcome) => (outcome.Status, outcome.Rows);
    }

    private static async Task<Watermark?> Watermark(Workplace place)
    {
        await using var ledger = RunLedger.ForReading(place.Settings.Ledger, TimeProvider.System);
        return await ledger.WatermarkAsync("cases", CancellationToken.None);
    }

    private static string Expected(SortedDictionary<int, (int Value, DateTimeOffset At)> model)
    {
        var rows = model.Select(r =>
        {
            var at = r.Value.At.ToOffset(TimeSpan.FromHours(7)).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture);
            return (r.Value.At, Line: string.Create(CultureInfo.InvariantCulture, $"{r.Key},{r.Value.Value},{at}\n"));
        });
        return "id,value,updated_at\n" + string.Concat(rows.OrderBy(r => r.At).Select(r => r.Line));
    }
}
