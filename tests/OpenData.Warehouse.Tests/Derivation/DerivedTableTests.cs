using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Derivation;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Tests.Publishing;
using OpenData.Warehouse.Validation;

namespace OpenData.Warehouse.Tests.Derivation;

public sealed class DerivedTableTests : IDisposable
{
    private static readonly string Cases = PublishingBench.Yaml("""
        name: case_id, type: code, required: true, title: { vi: Mã, en: Code }
        name: opened, type: timestamp, title: { vi: Mở, en: Opened }
        name: fee, type: "decimal(14,2)", title: { vi: Phí, en: Fee }
        """, key: "[case_id]", id: "cases");

    private readonly PublishingBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_derived_dataset_is_published_with_its_parents_and_lineage()
    {
        var yaml = Derived(
            "select cast(date_trunc('month', opened) as date) as month, count(*) as cases, sum(fee) as fees, max(opened) as last from cases group by 1",
            """
            name: month, type: date, required: true, title: { vi: Tháng, en: Month }
            name: cases, type: integer, required: true, title: { vi: Số, en: Number }
            name: fees, type: "decimal(18,2)", title: { vi: Phí, en: Fees }
            name: last, type: timestamp, title: { vi: Cuối, en: Last }
            """);

        // 20:00 UTC on 30 June is 1 July in Vietnam.
        var (derived, snapshot) = Publish(yaml, "'1', TIMESTAMP '2025-06-30 20:00:00', 1.25", "'2', TIMESTAMP '2025-07-31 16:59:59', 2", "'3', TIMESTAMP '2025-06-30 16:59:59', NULL");

        Assert.Equal(2, derived.Staged.Received);
        Assert.Equal(
            "month,cases,fees,last\n2025-06-01,1,,2025-06-30T23:59:59+07:00\n2025-07-01,2,3.25,2025-07-31T23:59:59+07:00\n",
            PublishingBench.Csv(snapshot));
        Assert.Equal([new SnapshotParent("cases", _bench.Store.Current("cases")!.Version)], snapshot.Manifest.Parents);
        Assert.Equal(["cases.opened"], snapshot.Manifest.Lineage["month"]);
        Assert.Equal(["cases.fee"], snapshot.Manifest.Lineage["fees"]);
    }

    [Fact]
    public void The_same_parents_give_no_new_version()
    {
        var yaml = Derived("select case_id as month from cases", "name: month, type: code, required: true, title: { vi: Mã, en: Code }");
        var (_, first) = Publish(yaml, "'1', NULL, 1", "'2', NULL, 2");
        var derived = Make(yaml);
        var validated = Validate(derived, first);
        Assert.IsType<Unchanged>(_bench.Publish(validated, first, yaml, 99));
    }

    [Fact]
    public void Columns_rules_are_checked_like_those_of_any_input()
    {
        var yaml = Derived(
            "select case_id as month, fee as fees from cases",
            """
            name: month, type: code, required: true, matches: '^[0-9]+$', title: { vi: Mã, en: Code }
            name: fees, type: "decimal(14,2)", min: 0, max: 10, required: true, title: { vi: Phí, en: Fees }
            """);
        var (_, snapshot) = Publish(yaml, "'1', NULL, 1", "'x', NULL, 2", "'3', NULL, -1", "'4', NULL, 11", "'5', NULL, NULL");

        Assert.Equal(1, snapshot.Manifest.Rows);
        Assert.Equal(
            [new QuarantineCount("matches", "month", 1), new QuarantineCount("max", "fees", 1), new QuarantineCount("min", "fees", 1), new QuarantineCount("required", "fees", 1)],
            snapshot.Manifest.Quarantine);
    }

    [Fact]
    public void Values_of_lists_are_checked_and_a_negative_zero_is_a_zero()
    {
        var yaml = Derived(
            "select case_id as month, string_split(case_id, '-') as parts, cast(fee as double) * -1 as least from cases",
            """
            name: month, type: code, required: true, title: { vi: Mã, en: Code }
            name: parts, type: list(code), matches: '^[0-9]+$', one_of: ["01", "02", "3", "4", x], title: { vi: Phần, en: Parts }
            name: least, type: float, title: { vi: Ít nhất, en: Least }
            """);
        var (_, snapshot) = Publish(yaml, "'01-02', NULL, 0", "'01-x', NULL, 1", "'5', NULL, 1", "'3', NULL, 2");

        Assert.Equal("month,parts,least\n01-02,\"[\"\"01\"\",\"\"02\"\"]\",0\n3,\"[\"\"3\"\"]\",-2\n", PublishingBench.Csv(snapshot));
        Assert.Equal([new QuarantineCount("matches", "parts", 1), new QuarantineCount("one_of", "parts", 1)], snapshot.Manifest.Quarantine);
    }

    [Theory]
    [InlineData("select avg(fee) as month from cases", "decimal(14,2)", "OD2257")]
    [InlineData("select case_id as month from cases", "integer", "OD2257")]
    [InlineData("select opened as month from cases", "date", "OD2257")]
    [InlineData("select fee as month, fee as extra from cases", "decimal(14,2)", "OD2256")]
    [InlineData("select fee as wrong from cases", "decimal(14,2)", "OD2256")]
    [InlineData("select cast(case_id as integer) as month from cases", "integer", "OD2258")]
    [InlineData("select _rid as month from cases", "integer", "OD2259")]
    public void A_result_that_does_not_fit_is_a_named_error(string query, string type, string code)
    {
        _bench.Publish(Cases, "'01', TIMESTAMP '2025-07-01 01:30:00', 1", "'2x', TIMESTAMP '2025-07-01 01:30:00', 2.02", "'3', NULL, 2");

        var failed = Assert.Throws<OpenDataException>(() => Make(Derived(query, $"name: month, type: \"{type}\", title: {{ vi: Cột, en: Column }}")));

        Assert.Equal(code, failed.Code.Code);
    }

    [Fact]
    public void A_parent_without_a_version_is_waited_for()
    {
        var failed = Assert.Throws<OpenDataException>(() => Make(Derived("select case_id as month from cases", "name: month, type: code, title: { vi: Mã, en: Code }")));

        Assert.Equal(ValidationErrors.ParentMissing, failed.Code);
    }

    private static string Derived(string query, string columns)
        => PublishingBench.Yaml(columns, key: "[month]", id: "monthly")
            .Replace("source: { kind: csv, path: things.csv }", $"source: {{ kind: sql, parents: [cases], query: \"{query}\" }}", StringComparison.Ordinal);

    private (DerivedTable Derived, Snapshot Snapshot) Publish(string yaml, params string[] cases)
    {
        _bench.Publish(Cases, cases);
        var derived = Make(yaml);
        var published = new SnapshotPublisher(_bench.Store, PublishingBench.Engine, _bench.Clock).Publish(
            Validate(derived, null),
            null,
            new PublishRequest(_bench.NewRun(), 1, _bench.Clock.GetUtcNow(), _bench.Clock.GetUtcNow(), yaml) { Parents = derived.Parents, Lineage = derived.Lineage },
            CancellationToken.None);
        return (derived, published.Snapshot);
    }

    private static ValidatedTable Validate(DerivedTable derived, Snapshot? previous)
        => new Validator(PublishingBench.Engine).Validate(derived.Staged, derived.Staged.Contract, previous, new Dictionary<string, Snapshot>(), CancellationToken.None);

    private DerivedTable Make(string yaml)
    {
        var parents = _bench.Store.Current("cases") is { } parent ? new Dictionary<string, Snapshot> { ["cases"] = parent } : [];
        return DerivedTable.Make(
            PublishingBench.Contract(yaml), parents, Path.Combine(_bench.DataFolder, "work", _bench.NewRun()), PublishingBench.Engine, CancellationToken.None);
    }
}
