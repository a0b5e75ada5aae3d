using OpenData.Warehouse.Changes;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;
using OpenData.Warehouse.Tests.Publishing;

namespace OpenData.Warehouse.Tests.Changes;

public sealed class ChangedRowsTests : IDisposable
{
    private const string Columns = """
        name: id, type: integer, required: true, title: { vi: Số, en: Number }
        name: share, type: float, title: { vi: Tỷ lệ, en: Share }
        """;

    private readonly PublishingBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(null, "2", "", "0 1 2 3")]
    [InlineData("share gt 0", "2", "1", "2 3")]
    [InlineData("share lt 0", "", "", "0")]
    [InlineData("share eq 0", "", "0", "1")]
    [InlineData("id eq 9", "", "", "")]
    public void A_row_is_deleted_or_has_left_the_filter_or_is_there(string? filter, string deleted, string left, string present)
    {
        var older = _bench.Publish(PublishingBench.Yaml(Columns), "1, 0", "2, 5", "3, 5", "4, 1").Snapshot;
        var newer = _bench.Publish(PublishingBench.Yaml(Columns), "1, -1", "2, 0", "4, 2", "5, 7").Snapshot;

        var found = Find(older, newer, filter)!;

        Assert.Equal((deleted, left, present), (Text(found.Deleted), Text(found.Left), Text(found.Present)));
    }

    [Fact]
    public void A_row_matched_by_its_content_goes_and_comes_and_one_that_stays_is_no_change()
    {
        var yaml = PublishingBench.Yaml(Columns, key: "row");
        var older = _bench.Publish(yaml, "1, 0.5", "2, 1").Snapshot;
        var newer = _bench.Publish(yaml, "1, 0.25", "2, 1").Snapshot;

        var found = Find(older, newer, null)!;

        Assert.Equal((1, 0, 1), (found.Deleted.Count, found.Left.Count, found.Present.Count));
    }

    [Fact]
    public void More_changes_than_the_limit_are_not_listed()
    {
        var older = _bench.Publish(PublishingBench.Yaml(Columns), "1, 0", "2, 0").Snapshot;
        var newer = _bench.Publish(PublishingBench.Yaml(Columns), "1, 1", "3, 0").Snapshot;

        Assert.Null(Find(older, newer, null, rowsMax: 1));
        Assert.Null(Find(older, newer, null, rowsMax: 2));
        Assert.Equal(3, Find(older, newer, null, rowsMax: 3)!.Count);
    }

    [Theory]
    [InlineData("name: share, type: float", "name: share, type: float", true)]
    [InlineData("name: share, type: float", "name: share, type: integer", false)]
    [InlineData("name: share, type: float", "name: part, type: float", false)]
    [InlineData("name: share, type: text", "name: share, type: text, search: false", false)]
    public void Only_versions_of_one_structure_are_comparable(string older, string newer, bool comparable)
    {
        var (one, other) = (Contract(older), Contract(newer));
        Assert.Equal(comparable, ChangedRows.Comparable(one, other));
        Assert.Equal(comparable, ChangedRows.Comparable(other, one));
        Assert.False(ChangedRows.Comparable(one, one with { TimeZone = "UTC" }));

        static OpenData.Catalogs.DatasetContract Contract(string column) => OpenData.Catalogs.CatalogReader.ReadContract(
            PublishingBench.Yaml("name: id, type: integer, required: true, title: { vi: Số, en: Number }\n" + column + ", title: { vi: Cột, en: Column }"), "things.yaml").Contract!;
    }

    private static string Text(IReadOnlyList<int> rids) => string.Join(' ', rids);

    private static ChangedRows? Find(Snapshot older, Snapshot newer, string? filter, long rowsMax = 1_000)
    {
        using var engine = DuckDbEngine.InMemory(PublishingBench.Engine);
        engine.Lock([Path.GetDirectoryName(older.Folder)!]);
        engine.AttachReadOnly(older.DataFile, "older one");
        engine.AttachReadOnly(newer.DataFile, "newer \"one\"");
        using var connection = engine.Connect();
        return ChangedRows.Find(
            connection, Side(older, "older one"), Query(older), Side(newer, "newer \"one\""), Query(newer), rowsMax, CancellationToken.None);

        static ComparedVersion Side(Snapshot snapshot, string alias)
            => new(snapshot.Contract, snapshot.Version, snapshot.Manifest.PublishedAt, snapshot.Manifest.Rows, alias);

        DatasetQuery Query(Snapshot snapshot)
        {
            var scope = new QueryScope(snapshot.Contract, new QueryLimits(), DateTimeOffset.UnixEpoch);
            return new DatasetQuery(snapshot.Contract, scope.Columns) { Predicate = filter is null ? null : scope.Filter(filter) };
        }
    }
}
