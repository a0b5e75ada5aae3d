using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenData.Catalogs.Errors;
using OpenData.TestKit;
using OpenData.Warehouse.Changes;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Tests.Publishing;

namespace OpenData.Warehouse.Tests.Changes;

public sealed class VersionComparisonTests : IDisposable
{
    private const string Columns = """
        name: id, type: integer, required: true, title: { vi: Số, en: Number }
        name: name, type: text, empty: keep, title: { vi: Tên, en: Name }
        name: share, type: float, title: { vi: Tỷ lệ, en: Share }
        name: at, type: timestamp, title: { vi: Lúc, en: At }
        """;

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly PublishingBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Rows_are_matched_by_key_and_only_what_differs_is_told()
    {
        var older = _bench.Publish(PublishingBench.Yaml(Columns), "1, 'a', 0.5, NULL", "2, 'b', 1, '2026-01-01 00:00:00'", "3, 'c', NULL, NULL").Snapshot;
        var newer = _bench.Publish(PublishingBench.Yaml(Columns), "4, 'd', 2, NULL", "2, 'B', 1, '2026-01-01 00:00:01'", "1, 'a', 0.5, NULL").Snapshot;

        Assert.Equal(
            $$$"""
            {"dataset":"things",
            "from":{"version":"{{{older.Version}}}","published_at":"{{{Time(older)}}}","rows":3},
            "to":{"version":"{{{newer.Version}}}","published_at":"{{{Time(newer)}}}","rows":3},
            "key":["id"],"columns":["id","name","share","at"],"columns_left_out":{"added":[],"removed":[]},
            "counts":{"added":1,"changed":1,"removed":1},
            "added":[
            {"id":4,"name":"d","share":2,"at":null}],
            "changed":[
            {"key":{"id":2},"old":{"name":"b","at":"2026-01-01T07:00:00+07:00"},"new":{"name":"B","at":"2026-01-01T07:00:01+07:00"}}],
            "removed":[
            {"id":3,"name":"c","share":null,"at":null}]}

            """,
            await WriteAsync(older, newer, ChangeFormat.Json));
        Assert.Equal(
            """
            {"change":"added","row":{"id":4,"name":"d","share":2,"at":null}}
            {"change":"changed","key":{"id":2},"old":{"name":"b","at":"2026-01-01T07:00:00+07:00"},"new":{"name":"B","at":"2026-01-01T07:00:01+07:00"}}
            {"change":"removed","row":{"id":3,"name":"c","share":null,"at":null}}

            """,
            await WriteAsync(older, newer, ChangeFormat.Ndjson));
        Assert.Equal(
            """
            _change,id,name,share,at
            added,4,d,2,
            changed_from,2,b,1,2026-01-01T07:00:00+07:00
            changed_to,2,B,1,2026-01-01T07:00:01+07:00
            removed,3,c,,

            """,
            await WriteAsync(older, newer, ChangeFormat.Csv));
    }

    [Fact]
    public async Task The_least_difference_is_a_change_and_what_reads_the_same_is_none()
    {
        (string Column, string Old, string New, bool Differs)[] cases =
        [
            ("name", "'é'", "'e\u0301'", true),
            ("name", "NULL", "''", true),
            ("name", "'a'", "'a '", true),
            ("name", "'A'", "'a'", true),
            ("share", "0.0", "-0.0::DOUBLE", true),
            ("share", "NULL", "-0.0::DOUBLE", true),
            ("share", "'NaN'::DOUBLE", "NULL", true),
            ("share", "0.1", "0.1::FLOAT::DOUBLE", true),
            ("at", "'2026-01-01 00:00:00'", "'2026-01-01 00:00:00.000001'", true),
            ("share", "'NaN'::DOUBLE", "-('NaN'::DOUBLE)", false),
            ("share", "-0.0::DOUBLE", "-0.0::DOUBLE", false),
            ("share", "NULL", "NULL", false),
            ("name", "'e\u0301'", "'e\u0301'", false),
        ];
        IEnumerable<string> Rows(Func<(string Column, string Old, string New, bool), string> value) => cases.Select((c, i) => string.Join(
            ", ", new[] { "name", "share", "at" }.Select(n => n == c.Column ? value(c) : "NULL").Prepend(i.ToString(CultureInfo.InvariantCulture))));
        var older = _bench.Publish(PublishingBench.Yaml(Columns), Rows(c => c.Old)).Snapshot;
        var newer = _bench.Publish(PublishingBench.Yaml(Columns), Rows(c => c.New)).Snapshot;
        using var json = JsonDocument.Parse(await WriteAsync(older, newer, ChangeFormat.Json));
        var changed = json.RootElement.GetProperty("changed").EnumerateArray()
            .ToDictionary(c => c.GetProperty("key").GetProperty("id").GetInt32(), c => c.GetProperty("new").EnumerateObject().Single().Name);

        Assert.Equal(cases.Select((c, i) => (i, c)).Where(p => p.c.Differs).Select(p => (p.i, p.c.Column)), changed.OrderBy(c => c.Key).Select(c => (c.Key, c.Value)));
    }

    [Fact]
    public async Task Columns_that_only_one_version_has_are_left_out_and_named()
    {
        var older = _bench.Publish(PublishingBench.Yaml(Columns), "1, 'a', 0.5, NULL", "2, 'b', 1, NULL").Snapshot;
        var newer = _bench.Publish(
            PublishingBench.Yaml(Columns.Replace("name: share", "name: portion", StringComparison.Ordinal)), "1, 'a', 7, NULL", "2, 'x', 7, NULL").Snapshot;
        using var json = JsonDocument.Parse(await WriteAsync(older, newer, ChangeFormat.Json));

        Assert.Equal("""{"added":["portion"],"removed":["share"]}""", json.RootElement.GetProperty("columns_left_out").GetRawText());
        Assert.Equal("""[{"key":{"id":2},"old":{"name":"b"},"new":{"name":"x"}}]""", json.RootElement.GetProperty("changed").GetRawText().Replace("\n", "", StringComparison.Ordinal));
        Assert.StartsWith("_change,id,name,at\n", await WriteAsync(older, newer, ChangeFormat.Csv), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OD1402", "name: share, type: float", "name: share, type: \"decimal(9,2)\"", "[id]")]
    [InlineData("OD1402", "name: id, type: integer", "name: id, type: code", "[id]")]
    [InlineData("OD1401", "", "", "[name]")]
    [InlineData("OD1401", "", "", "row")]
    public async Task Another_key_or_type_is_a_named_error(string code, string before, string after, string key)
    {
        var older = _bench.Publish(PublishingBench.Yaml(Columns), "1, 'a', 0.5, NULL").Snapshot;
        var columns = before.Length == 0 ? Columns : Columns.Replace(before, after, StringComparison.Ordinal);
        var newer = _bench.Publish(PublishingBench.Yaml(columns, key), "2, 'b', 0.5, NULL").Snapshot;

        Assert.Equal(code, (await Assert.ThrowsAsync<OpenDataException>(() => WriteAsync(older, newer, ChangeFormat.Json))).Code.Code);
    }

    [Fact]
    public async Task Rows_without_a_key_of_their_own_are_added_or_removed_each_as_often_as_it_came()
    {
        var yaml = PublishingBench.Yaml(Columns, "row");
        var older = _bench.Publish(yaml, "1, 'a', 1, NULL", "1, 'a', 1, NULL", "2, 'b', 1, NULL").Snapshot;
        var newer = _bench.Publish(yaml, "1, 'a', 1, NULL", "1, 'a', 1, NULL", "1, 'a', 1, NULL", "2, 'c', 1, NULL").Snapshot;

        Assert.Equal(
            "_change,id,name,share,at\nadded,1,a,1,\nadded,2,c,1,\nremoved,2,b,1,\n", await WriteAsync(older, newer, ChangeFormat.Csv));
    }

    [Fact]
    public async Task Equal_versions_have_no_changes()
    {
        var only = _bench.Publish(PublishingBench.Yaml(Columns), "1, 'a', 0.5, NULL").Snapshot;

        Assert.Equal("_change,id,name,share,at\n", await WriteAsync(only, only, ChangeFormat.Csv));
        Assert.Equal("", await WriteAsync(only, only, ChangeFormat.Ndjson));
        Assert.Contains("\"counts\":{\"added\":0,\"changed\":0,\"removed\":0},\n\"added\":[],\n\"changed\":[],\n\"removed\":[]}", await WriteAsync(only, only, ChangeFormat.Json), StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_applied_to_the_old_version_give_the_new_one()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 9; round++)
        {
            using var bench = new PublishingBench();
            var key = (round % 3) switch { 0 => "row", 1 => "[k, id]", _ => "[id]" };
            var yaml = PublishingBench.Yaml(RandomRows.Columns, key, id: "mixed");
            var rows = new RandomRows(random);
            var older = bench.Publish(yaml, rows.Table(random.Next(1, 60))).Snapshot;
            if (bench.Publish(yaml, rows.Mutated()) is not PublishedSnapshot { Snapshot: var newer })
            {
                continue;
            }

            Culture.Vietnamese(() =>
            {
                var (counts, csv) = CompareAsync(older, newer, ChangeFormat.Csv, 1 + random.Next(20), 1 + random.Next(9)).GetAwaiter().GetResult();
                var changes = CsvRecords.Of(csv).Skip(1).ToList();
                var table = CsvRecords.Of(PublishingBench.Csv(older)).Skip(1).Select(r => string.Join(',', r)).ToList();
                foreach (var change in changes)
                {
                    var row = string.Join(',', change.Skip(1));
                    if (change[0] is "removed" or "changed_from")
                    {
                        Assert.True(table.Remove(row), $"seed {seed}: {row} is not in the old version");
                    }
                    else
                    {
                        table.Add(row);
                    }
                }

                var expected = CsvRecords.Of(PublishingBench.Csv(newer)).Skip(1).Select(r => string.Join(',', r));
                Assert.Equal(expected.Order(StringComparer.Ordinal), table.Order(StringComparer.Ordinal));
                Assert.Equal(counts.Added, changes.Count(c => c[0] == "added"));
                Assert.Equal(counts.Changed, changes.Count(c => c[0] == "changed_to"));
                Assert.Equal(counts.Removed, changes.Count(c => c[0] == "removed"));
                Assert.True(key != "row" || counts.Changed == 0, $"seed {seed}: {csv}");

                using var json = JsonDocument.Parse(CompareAsync(older, newer, ChangeFormat.Json, 7, 5).GetAwaiter().GetResult().Text);
                foreach (var (name, count) in new[] { ("added", counts.Added), ("changed", counts.Changed), ("removed", counts.Removed) })
                {
                    Assert.Equal(count, json.RootElement.GetProperty(name).GetArrayLength());
                    Assert.Equal(count, json.RootElement.GetProperty("counts").GetProperty(name).GetInt64());
                }

                Assert.All(
                    json.RootElement.GetProperty("changed").EnumerateArray(),
                    c => Assert.NotEqual(c.GetProperty("old").GetRawText(), c.GetProperty("new").GetRawText()));
            });
        }
    }

    private static string Time(Snapshot snapshot)
        => snapshot.Manifest.PublishedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static async Task<string> WriteAsync(Snapshot older, Snapshot newer, ChangeFormat format)
        => (await CompareAsync(older, newer, format)).Text;

    private static async Task<(ChangeCounts Counts, string Text)> CompareAsync(
        Snapshot older, Snapshot newer, ChangeFormat format, long partRows = 250_000, long sliceRows = 50_000)
    {
        using var engine = DuckDbEngine.InMemory(PublishingBench.Engine);
        engine.Lock([Path.GetDirectoryName(older.Folder)!]);
        engine.AttachReadOnly(older.DataFile, "older one");
        engine.AttachReadOnly(newer.DataFile, "newer \"one\"");
        using var connection = engine.Connect();
        using var target = new MemoryStream();
        var counts = await VersionComparison.WriteAsync(
            connection, Side(older, "older one"), Side(newer, "newer \"one\""), format, target, partRows, sliceRows, None);
        return (counts, Encoding.UTF8.GetString(target.ToArray()));
    }

    private static ComparedVersion Side(Snapshot snapshot, string alias)
        => new(snapshot.Contract, snapshot.Version, snapshot.Manifest.PublishedAt, snapshot.Manifest.Rows, alias);
}
