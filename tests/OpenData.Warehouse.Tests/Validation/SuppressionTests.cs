using FsCheck;
using FsCheck.Fluent;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Tests.Publishing;
using OpenData.Warehouse.Validation;

namespace OpenData.Warehouse.Tests.Validation;

public sealed class SuppressionTests
{
    private const int Below = 5;

    private static readonly string Yaml = PublishingBench.Yaml("""
        name: month, type: date, required: true, title: { vi: Tháng, en: Month }
        name: commune, type: code, required: true, title: { vi: Xã, en: Commune }
        name: reports, type: integer, null_reason: why, title: { vi: Số, en: Number }
        name: mean, type: "decimal(4,2)", title: { vi: Trung bình, en: Mean }
        name: why, type: text, title: { vi: Lý do, en: Reason }
        """, key: "[month, commune]", more: """
        suppress: { when: { column: reports, count_below: 5 }, columns: [reports, mean], within: [month, commune] }
        """);

    [Fact]
    public void Small_counts_and_a_companion_lose_all_listed_cells_and_say_why()
    {
        using var bench = new PublishingBench();
        var yaml = Yaml.Replace("within: [month, commune]", "within: [month]", StringComparison.Ordinal);

        var snapshot = bench.Publish(yaml, Row(1, 1, 3), Row(1, 2, 40), Row(1, 3, 20), Row(1, 4, 0), Row(2, 1, 9), Row(2, 2, 8)).Snapshot;

        Assert.Equal(
            [["1", null, null, "suppressed"], ["2", "40", "1.50", null], ["3", null, null, "suppressed"], ["4", "0", "1.50", null], ["1", "9", "1.50", null], ["2", "8", "1.50", null]],
            PublishingBench.Read(snapshot, "commune, reports, mean, why"));
        Assert.Equal(2, snapshot.Manifest.SuppressedRows);
        var profile = snapshot.Manifest.Profiles.Single(p => p.Column == "reports");
        Assert.Equal((2L, "0", "40"), (profile.Nulls, profile.Min, profile.Max));
        Assert.DoesNotContain("-01,1,3", PublishingBench.Csv(snapshot), StringComparison.Ordinal);
    }

    [Fact]
    public void No_group_with_a_published_total_hides_exactly_one_cell_and_no_small_count_stays()
    {
        var tables = from months in Gen.Choose(1, 4)
                     from communes in Gen.Choose(1, 5)
                     from counts in Gen.Elements(0, 1, 2, 4, 5, 6, 20, 300).ArrayOf(months * communes)
                     select (months, communes, counts);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(12), Prop.ForAll(tables.ToArbitrary(), table =>
        {
            using var bench = new PublishingBench();
            var rows = from m in Enumerable.Range(0, table.months) from c in Enumerable.Range(0, table.communes) select (m, c, table.counts[(m * table.communes) + c]);
            var snapshot = bench.Publish(Yaml, rows.Select(r => Row(r.m + 1, r.c, r.Item3))).Snapshot;
            var cells = PublishingBench.Read(snapshot, "month, commune, reports").ConvertAll(r => (Month: r[0], Commune: r[1], Count: r[2]));

            Assert.DoesNotContain(cells, c => c.Count is "1" or "2" or "4");
            foreach (var group in cells.GroupBy(c => c.Month).Concat(cells.GroupBy(c => c.Commune)).Where(g => g.Count() > 1))
            {
                Assert.NotEqual(1, group.Count(c => c.Count is null));
            }

            var before = rows.ToDictionary(r => (r.m, r.c), r => r.Item3);
            Assert.All(cells.Where(c => c.Count is not null), c => Assert.True(int.Parse(c.Count!, System.Globalization.CultureInfo.InvariantCulture) is 0 or >= Below));
            Assert.Equal(before.Count, cells.Count);
        }));
    }

    [Fact]
    public void Part_of_a_table_cannot_be_protected()
    {
        using var bench = new PublishingBench();
        var contract = PublishingBench.Contract(Yaml) with { Load = Catalogs.LoadMode.Merge };

        Assert.Equal(ValidationErrors.SuppressionFailed, Assert.Throws<OpenDataException>(() => bench.Validate(contract, [Row(1, 1, 3)])).Code);
    }

    private static string Row(int month, int commune, int reports)
        => FormattableString.Invariant($"DATE '2025-0{month}-01', '{commune}', {reports}, 1.50, NULL");
}
