using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Rounds;
using OpenData.Warehouse.Scoring;
using OpenData.Warehouse.Tests.Publishing;
using static OpenData.Warehouse.Tests.Rounds.RoundSample;

namespace OpenData.Warehouse.Tests.Rounds;

/// <summary>Automatic answers over real published versions.</summary>
public sealed class AutomaticAnswersTests : IDisposable
{
    private static readonly string Things = PublishingBench.Yaml("""
        name: id, type: integer, required: true, title: { vi: Số, en: Number }
        name: unit, type: code, title: { vi: Đơn vị, en: Unit }
        name: day, type: timestamp, title: { vi: Ngày, en: Day }
        name: state, type: code, title: { vi: Trạng thái, en: State }
        name: amount, type: "decimal(20,4)", title: { vi: Lượng, en: Amount }
        """);

    private static readonly string[] Rows =
    [
        "1, 'u1', '2025-01-05 00:00:00', 'done', 1.5",
        "2, 'u1', '2025-03-01 00:00:00', 'late', 2.5",
        "3, 'u1', '2025-06-01 00:00:00', 'it''s', NULL",

        // 31 December 2024, 17:00 UTC is the first moment of the period in Việt Nam, and the same hour a year later is no part of it.
        "4, 'u2', '2024-12-31 17:00:00', 'done', 0.1",
        "5, 'u2', '2025-12-31 17:00:00', 'done', 100",
        "6, 'u2', '2024-12-31 16:59:59', 'done', 100",
        "7, NULL, '2025-06-01 00:00:00', 'done', 100",
    ];

    private readonly PublishingBench _bench = new();

    public static TheoryData<string, string, decimal?, decimal?, decimal?> Measures => new()
    {
        { "count", "", 3, 1, 0 },
        { "sum, column: amount", "", 4, 0.1m, 0 },
        { "mean, column: amount", "", 2, 0.1m, null },
        { "min, column: amount", "", 1.5m, 0.1m, null },
        { "max, column: amount", "", 2.5m, 0.1m, null },
        { "count", "{ column: state, equals: done }", 1, 1, 0 },
        { "count", "{ column: state, in: [late, \"it's\"] }", 2, 0, 0 },
        { "count", "{ column: state, equals: \"done' OR 'a' = 'a\" }", 0, 0, 0 },
        { "count", "{ column: amount, equals: 1.5 }, { column: state, equals: done }", 1, 0, 0 },
    };

    public void Dispose() => _bench.Dispose();

    [Theory]
    [MemberData(nameof(Measures))]
    public void Each_measure_looks_at_the_units_rows_of_the_period_that_meet_the_conditions(string measure, string filter, decimal? one, decimal? two, decimal? none)
    {
        _bench.Publish(Things, Rows);
        var drafts = Compute(With(measure, filter));
        Assert.Equal([one, two, none], drafts.Select(d => d.Answer.Numbers.TryGetValue("b", out var value) ? value : (decimal?)null));
        Assert.All(drafts, d => Assert.Equal(d.Answer.Numbers.Count > 0 ? AnswerKind.Answered : AnswerKind.Missing, d.Answer.Kind));
    }

    [Fact]
    public void What_was_asked_of_which_version_is_written_down_and_asking_again_gives_the_same()
    {
        var version = _bench.Publish(Things, Rows).Snapshot.Version;
        var yaml = With("sum, column: amount", "{ column: state, equals: done }");
        var query = Compute(yaml)[0].Queries.Single();
        Assert.Equal(("b", "things", version, 1L, 1.5m), (query.Role, query.Dataset, query.Version, query.Rows, query.Value));
        Assert.Equal(
            """
            SELECT CAST("unit" AS VARCHAR) AS unit, count(*) AS row_count, count("amount") AS value_count, CAST(sum("amount") AS VARCHAR) AS value FROM "things" WHERE "unit" IS NOT NULL AND "day" >= $1 AND "day" < $2 AND "state" IN ($3) GROUP BY ALL ORDER BY 1
            -- $1 = 2025-01-01T00:00:00
            -- $2 = 2026-01-01T00:00:00
            -- $3 = 'done'
            """,
            query.Query);
        Assert.Equal(Shown(Compute(yaml)), Shown(Compute(yaml)));

        _bench.Publish(Things, [.. Rows, "8, 'u1', '2025-07-01 00:00:00', 'done', 10"]);
        Assert.Equal(11.5m, Compute(yaml)[0].Answer.Numbers["b"]);

        static List<string> Shown(IReadOnlyList<EntryDraft> drafts) => [.. drafts.Select(d => $"{d.Unit} {d.Answer.Kind} {string.Join(',', d.Answer.Numbers)} {d.Queries[0] with { At = default }}")];
    }

    [Fact]
    public async Task Numbers_of_the_same_versions_are_recorded_once_and_stop_changing_when_a_unit_is_verified()
    {
        _bench.Publish(Things, Rows);
        await using var book = await RoundBook.OpenAsync(new LedgerOptions(_bench.DataFolder), _bench.Clock, CancellationToken.None);
        await book.OpenRoundAsync(Administrator, New(), CancellationToken.None);
        Assert.Equal(3, await ComputeAsync());
        Assert.Equal(0, await ComputeAsync());
        var entry = (await book.EntriesAsync("sample-2025", "u1", CancellationToken.None)).Single();
        Assert.Equal((EntryKind.Automatic, 3m, 3L), (entry.Kind, entry.Answer.Numbers["b"], entry.Queries.Single().Rows));

        await book.ImportAsync(Administrator, "sample-2025", [new EntryDraft("u2", EntryKind.Verified, ComponentAnswer.Of("2.2", ("n", 1)), 0)], CancellationToken.None);
        _bench.Publish(Things, [.. Rows, "8, 'u1', '2025-07-01 00:00:00', 'done', 10", "9, 'u2', '2025-07-01 00:00:00', 'done', 10"]);
        Assert.Equal(2, await ComputeAsync());
        Assert.Equal(4m, (await book.EntriesAsync("sample-2025", "u1", CancellationToken.None))[^1].Answer.Numbers["b"]);
        Assert.Equal([1m], (await book.EntriesAsync("sample-2025", "u2", CancellationToken.None)).Where(e => e.Kind == EntryKind.Automatic).Select(e => e.Answer.Numbers["b"]));

        async Task<int> ComputeAsync()
        {
            var content = await book.ContentAsync("sample-2025", null, CancellationToken.None);
            return await book.RecordAutomaticAsync(
                Administrator, "sample-2025", AutomaticAnswers.Compute(content, _bench.Store, PublishingBench.Engine, _bench.Clock, CancellationToken.None), CancellationToken.None);
        }
    }

    [Fact]
    public void A_dataset_without_a_version_or_without_the_column_is_named()
    {
        Assert.Contains("things has no published version", Refused(Yaml), StringComparison.Ordinal);
        _bench.Publish(PublishingBench.Yaml("name: id, type: integer, required: true, title: { vi: Số, en: Number }"), "1");
        Assert.Contains("has no column unit", Refused(Yaml), StringComparison.Ordinal);

        string Refused(string yaml)
        {
            var e = Assert.Throws<OpenDataException>(() => Compute(yaml));
            Assert.Equal(RoundErrors.NotComputable, e.Code);
            return e.Detail.En;
        }
    }

    private static string With(string measure, string filter)
        => Yaml.Replace("measure: count, period: day", $"measure: {measure}, period: day, filter: [{filter}]", StringComparison.Ordinal);

    private IReadOnlyList<EntryDraft> Compute(string yaml)
        => AutomaticAnswers.Compute(
            new RoundContent(
                new Round("sample-2025", "sample", 3, "", yaml, new LocalText("Đợt", "Round"), UnitLevel.Commune, new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31), "minh", default),
                Units,
                [],
                []),
            _bench.Store,
            PublishingBench.Engine,
            _bench.Clock,
            CancellationToken.None);
}
