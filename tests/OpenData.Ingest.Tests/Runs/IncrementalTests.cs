using System.Globalization;
using System.Text.Json;
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
