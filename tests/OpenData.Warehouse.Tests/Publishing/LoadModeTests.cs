using FsCheck;
using FsCheck.Fluent;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Publishing;

namespace OpenData.Warehouse.Tests.Publishing;

public sealed class LoadModeTests
{
    private const string Columns = """
        name: id, type: integer, required: true, title: { vi: Số, en: Number }
        name: word, type: text, title: { vi: Chữ, en: Word }
        name: updated_at, type: timestamp, title: { vi: Sửa, en: Updated }
        """;

    private static readonly Gen<Record> Records =
        from id in Gen.Choose(1, 6)
        from word in Gen.Elements("a", "b", null)
        from at in Gen.Elements<int?>(1, 2, 3, null)
        select new Record(id, word, at);

    [Theory]
    [InlineData(LoadMode.Replace)]
    [InlineData(LoadMode.Append)]
    [InlineData(LoadMode.Merge)]
    public void Runs_of_random_records_publish_what_a_model_in_memory_holds(LoadMode load)
    {
        var yaml = PublishingBench.Yaml(Columns, load: load.ToString().ToLowerInvariant(), more: "expectations: [ { rule: row_count, min: 0, on_fail: block } ]");
        var runs = Records.ListOf().Where(r => r.Count <= 12).ListOf(4);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(8), Prop.ForAll(runs.ToArbitrary(), inputs =>
        {
            using var bench = new PublishingBench();
            var model = new Dictionary<int, Record>();
            foreach (var input in inputs)
            {
                var rowsBefore = bench.Store.Current("things")?.Manifest.Rows ?? 0;
                var expected = Step(model, input, load);
                var result = bench.Publish(yaml, input.Select(r => r.Sql));

                Assert.Equal(expected, result.Counts);
                Assert.True(result.Counts.ReceivedBalances);
                Assert.True(result.Counts.VersionBalances(result.Snapshot.Manifest.Rows, rowsBefore));
                Assert.Equal(
                    model.Values.OrderBy(r => r.At ?? int.MaxValue).ThenBy(r => r.Id).Select(r => (r.Id, r.Word)),
                    PublishingBench.Read(result.Snapshot, "id, word").Select(r => (int.Parse(r[0]!, System.Globalization.CultureInfo.InvariantCulture), r[1])));
            }
        }));
    }

    [Fact]
    public void A_new_optional_column_keeps_published_rows_and_a_new_type_is_refused()
    {
        using var bench = new PublishingBench();
        bench.Publish(PublishingBench.Yaml(Columns, load: "merge"), new Record(1, "a", 1).Sql, new Record(2, "b", 2).Sql);

        var wider = bench.Publish(
            PublishingBench.Yaml(Columns + "\nname: extra, type: integer, title: { vi: Thêm, en: Extra }", load: "merge"),
            new Record(2, "c", 3).Sql + ", 7");
        Assert.Equal([["1", "a", null], ["2", "c", "7"]], PublishingBench.Read(wider.Snapshot, "id, word, extra"));

        var refused = Assert.Throws<OpenDataException>(() => bench.Publish(
            PublishingBench.Yaml(Columns.Replace("name: word, type: text", "name: word, type: integer", StringComparison.Ordinal), load: "merge"), "3, 1, NULL"));
        Assert.Equal(PublishingErrors.StructureChanged, refused.Code);
    }

    [Fact]
    public void A_replace_under_another_key_starts_anew()
    {
        using var bench = new PublishingBench();
        bench.Publish(PublishingBench.Yaml(Columns), new Record(1, "a", 1).Sql, new Record(2, "b", 2).Sql);
        var result = bench.Publish(PublishingBench.Yaml(Columns, key: "[id, updated_at]"), new Record(1, "a", 1).Sql);

        Assert.Equal(new RunCounts(1, 1, 0, 0, 0, 0, 0, 0, 2), result.Counts);
    }

    // What the issue says, in the plainest words: one record after the other.
    private static RunCounts Step(Dictionary<int, Record> model, IReadOnlyList<Record> input, LoadMode load)
    {
        long inserted = 0, updated = 0, unchanged = 0, superseded = 0, duplicates = 0, removed = 0;
        var winners = new Dictionary<int, Record>();
        foreach (var group in input.Select((r, i) => (Record: r, Position: i)).GroupBy(r => r.Record.Id))
        {
            winners[group.Key] = group.OrderBy(r => r.Record.At ?? 0).ThenBy(r => r.Position).Last().Record;
            var different = group.Select(r => r.Record).Distinct().Count();
            duplicates += group.Count() - different;
            superseded += different - 1;
        }

        if (load == LoadMode.Replace)
        {
            removed = model.Keys.Count(k => !winners.ContainsKey(k));
            foreach (var gone in model.Keys.Where(k => !winners.ContainsKey(k)).ToList())
            {
                model.Remove(gone);
            }
        }

        foreach (var (id, record) in winners)
        {
            if (!model.TryGetValue(id, out var before))
            {
                inserted++;
                model[id] = record;
            }
            else if (load == LoadMode.Append)
            {
                duplicates++;
            }
            else if (before == record)
            {
                unchanged++;
            }
            else if (load == LoadMode.Merge && (before.At ?? 0) > (record.At ?? 0))
            {
                superseded++;
            }
            else
            {
                updated++;
                model[id] = record;
            }
        }

        return new RunCounts(input.Count, inserted, updated, unchanged, 0, superseded, duplicates, 0, removed);
    }

    private sealed record Record(int Id, string? Word, int? At)
    {
        public string Sql => FormattableString.Invariant(
            $"{Id}, {(Word is null ? "NULL" : $"'{Word}'")}, {(At is null ? "NULL" : $"TIMESTAMP '2025-01-0{At} 00:00:00'")}");
    }
}
