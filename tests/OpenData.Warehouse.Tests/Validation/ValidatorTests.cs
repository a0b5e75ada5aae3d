using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Tests.Publishing;
using OpenData.Warehouse.Validation;

namespace OpenData.Warehouse.Tests.Validation;

public sealed class ValidatorTests : IDisposable
{
    private const string Columns = """
        name: id, type: code, required: true, title: { vi: Mã, en: Code }
        name: commune, type: code, title: { vi: Xã, en: Commune }
        name: opened, type: timestamp, title: { vi: Mở, en: Opened }
        name: closed, type: timestamp, title: { vi: Đóng, en: Closed }
        name: updated_at, type: timestamp, title: { vi: Sửa, en: Updated }
        """;

    private readonly PublishingBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_row_that_breaks_several_rules_is_quarantined_once_under_the_first()
    {
        var contract = Contract("""
            expectations:
              - { rule: sql, label: order, check: closed is null or closed >= opened, on_fail: quarantine }
              - { rule: sql, label: code, check: "length(commune) = 5", on_fail: quarantine }
            """);

        var validated = _bench.Validate(contract, [Row("a", "12", "2025-01-02", "2025-01-01"), Row("b", "12345", "2025-01-01", "2025-01-02"), Row("c", "1", "2025-01-01")]);

        Assert.Equal(
            [
                new QuarantineCount("code", "commune", 1),
                new QuarantineCount("order", null, 1),
            ],
            validated.Report.Quarantine);
        Assert.Equal([("order", 1L, "quarantined"), ("code", 2L, "quarantined")], validated.Report.Expectations.Select(e => (e.Name, e.Failed, e.Outcome)));
        Assert.Equal(1, validated.Report.Good);
        Assert.Equal(
            [["1", null, "order", "opened=2025-01-02 00:00:00; closed=2025-01-01 00:00:00"], ["3", "commune", "code", "1"]],
            Read(validated, "SELECT \"row\"::VARCHAR, column_name, rule, text FROM quarantine ORDER BY 1").Select(r => new[] { r[0], r[1], r[2], string.Join("; ", (r[3] ?? "").Split("; ").OrderDescending(StringComparer.Ordinal)) }));
    }

    [Fact]
    public void Unknown_passes_a_sql_rule()
    {
        var contract = Contract("expectations: [ { rule: sql, check: closed >= opened, on_fail: block } ]");

        Assert.Equal(1, _bench.Validate(contract, [Row("a", "1", "2025-01-01")]).Report.Good);
    }

    [Fact]
    public void Sql_rules_see_wall_time_of_the_columns_zone()
    {
        // 18:00 UTC is the next day in Vietnam.
        var contract = Contract("expectations: [ { rule: sql, check: cast(opened as date) = date '2025-07-02', on_fail: block } ]");

        Assert.Equal(1, _bench.Validate(contract, [Row("a", "1", "2025-07-01 18:00:00")]).Report.Good);
    }

    [Fact]
    public void A_blocking_rule_names_itself_and_publishes_nothing()
    {
        var contract = Contract("expectations: [ { rule: sql, label: closed after opened, check: closed >= opened, on_fail: block } ]");

        var failed = Assert.Throws<OpenDataException>(() => _bench.Validate(contract, [Row("a", "1", "2025-01-02", "2025-01-01")]));

        Assert.Equal(ValidationErrors.ExpectationFailed, failed.Code);
        Assert.Contains("closed after opened", failed.Detail.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_cannot_be_evaluated_is_named()
    {
        var contract = Contract("""
            expectations:
              - { rule: sql, label: fine, check: commune is null, on_fail: warn }
              - { rule: sql, label: cast of a code, check: "cast(commune as integer) > 0", on_fail: warn }
            """);

        var failed = Assert.Throws<OpenDataException>(() => _bench.Validate(contract, [Row("a", "x1", "2025-01-01")]));

        Assert.Equal(ValidationErrors.RuleFailed, failed.Code);
        Assert.Contains("cast of a code", failed.Detail.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_records_are_duplicates_and_of_differing_ones_the_later_change_then_the_later_position_wins()
    {
        var contract = Contract("");

        var validated = _bench.Validate(contract,
        [
            Row("a", "1", "2025-01-01", updated: "2025-01-05"),
            Row("a", "2", "2025-01-01", updated: "2025-01-04"),
            Row("a", "1", "2025-01-01", updated: "2025-01-05"),
            Row("b", "1", "2025-01-01"),
            Row("b", "2", "2025-01-01"),
            Row("c", "1", "2025-01-01"),
        ]);

        Assert.Equal((6, 3, 1, 2), (validated.Report.Received, validated.Report.Good, validated.Report.Duplicates, validated.Report.Superseded));
        Assert.Equal([["a", "1"], ["b", "2"], ["c", "1"]], Read(validated, "SELECT id, commune FROM good ORDER BY id"));
    }

    [Fact]
    public void A_row_without_a_key_value_goes_to_quarantine()
    {
        var contract = PublishingBench.Contract(PublishingBench.Yaml("""
            name: id, type: code, title: { vi: Mã, en: Code }
            name: label, type: text, title: { vi: Tên, en: Name }
            """));

        var validated = _bench.Validate(contract, ["NULL, 'x'", "'1', 'y'"]);

        Assert.Equal([new QuarantineCount("key", "id", 1)], validated.Report.Quarantine);
    }

    [Fact]
    public void Unique_refuses_later_rows_and_looks_at_published_ones_that_stay()
    {
        const string Unique = "expectations: [ { rule: unique, columns: [commune], on_fail: quarantine } ]";
        var yaml = PublishingBench.Yaml(Columns, load: "merge", more: Unique);
        _bench.Publish(yaml, Row("a", "1", "2025-01-01"), Row("b", "2", "2025-01-01"));

        // c repeats a, which stays; d takes the commune that b gives up; two rows without a value pass.
        var validated = _bench.Validate(
            PublishingBench.Contract(yaml),
            [Row("c", "1", "2025-01-01"), Row("b", "3", "2025-01-01"), Row("d", "2", "2025-01-01"), Row("e", null, "2025-01-01"), Row("f", null, "2025-01-01")],
            _bench.Store.Current("things"));

        Assert.Equal([new QuarantineCount("unique(commune)", "commune", 1)], validated.Report.Quarantine);
        Assert.Equal([["b"], ["d"], ["e"], ["f"]], Read(validated, "SELECT id FROM good ORDER BY id"));
    }

    [Fact]
    public void Exists_in_looks_into_the_parents_published_version_and_a_missing_parent_is_waited_for()
    {
        var units = PublishingBench.Yaml("name: code, type: code, required: true, title: { vi: Mã, en: Code }", key: "[code]", id: "units");
        var contract = Contract("expectations: [ { rule: exists_in, column: commune, dataset: units, match: code, on_fail: quarantine } ]");
        string[] rows = [Row("a", "05", "2025-01-01"), Row("b", "5", "2025-01-01"), Row("c", null, "2025-01-01")];

        var waiting = Assert.Throws<OpenDataException>(() => _bench.Validate(contract, rows));
        Assert.Equal(ValidationErrors.ParentMissing, waiting.Code);
        Assert.Contains("units", waiting.Detail.En, StringComparison.Ordinal);

        var parent = _bench.Publish(units, "'05'").Snapshot;
        var validated = _bench.Validate(contract, rows, parents: new Dictionary<string, Snapshot> { ["units"] = parent });

        Assert.Equal([new QuarantineCount("exists_in(commune,units.code)", "commune", 1)], validated.Report.Quarantine);
        Assert.Equal([new SnapshotParent("units", parent.Version)], validated.Report.Parents);
    }

    [Theory]
    [InlineData("{ rule: row_count, min: 3, on_fail: block }", 2)]
    [InlineData("{ rule: row_count, max: 1, on_fail: block }", 2)]
    [InlineData("{ rule: row_count, shrink_max: 0.2, on_fail: block }", 3)]
    [InlineData("{ rule: quarantine_share, max: 0.1, on_fail: block }", 8)]
    public void Guards_block(string guard, int rows)
    {
        _bench.Publish(PublishingBench.Yaml(Columns), Enumerable.Range(0, 4).Select(i => Row($"p{i}", "1", "2025-01-01")));
        var contract = Contract($"expectations: [ {guard} ]");

        var failed = Assert.Throws<OpenDataException>(() => _bench.Validate(
            contract, Enumerable.Range(0, rows).Select(i => Row($"x{i}", "1", "2025-01-01")), _bench.Store.Current("things"), quarantined: 1));
        Assert.Equal(ValidationErrors.ExpectationFailed, failed.Code);
    }

    [Fact]
    public void A_guard_that_only_warns_is_reported()
    {
        var contract = Contract("expectations: [ { rule: row_count, min: 3, on_fail: warn } ]");
        var outcome = Assert.Single(_bench.Validate(contract, [Row("a", "1", "2025-01-01")]).Report.Expectations);

        Assert.Equal(("row_count", "warned"), (outcome.Name, outcome.Outcome));
    }

    [Fact]
    public void An_input_without_rows_is_refused_unless_the_contract_promises_it()
    {
        Assert.Equal(ValidationErrors.NothingLeft, Assert.Throws<OpenDataException>(() => _bench.Validate(Contract(""), [])).Code);
        Assert.Equal(0, _bench.Validate(Contract("expectations: [ { rule: row_count, min: 0, on_fail: block } ]"), []).Report.Good);
    }

    private static DatasetContract Contract(string more) => PublishingBench.Contract(PublishingBench.Yaml(Columns, more: more));

    private static string Row(string id, string? commune, string opened, string? closed = null, string? updated = null)
        => $"'{id}', {Text(commune)}, {Stamp(opened)}, {Stamp(closed)}, {Stamp(updated)}";

    private static string Text(string? value) => value is null ? "NULL" : $"'{value}'";

    private static string Stamp(string? value) => value is null ? "NULL" : $"TIMESTAMP '{value}'";

    private static List<string?[]> Read(ValidatedTable table, string sql)
    {
        using var engine = DuckDbEngine.File(table.Staged.DatabaseFile, PublishingBench.Engine, readOnly: true);
        using var connection = engine.Connect();
        return [.. connection.Rows(PublishingBench.Sql(sql), CancellationToken.None).Select(r => r.Select(v => (string?)v).ToArray())];
    }
}
