using Dapper;
using Microsoft.Data.Sqlite;
using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.Ingest.Runs;
using OpenData.TestKit;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Rounds;
using OpenData.Warehouse.ScoreTables;
using OpenData.Warehouse.Scoring;

namespace OpenData.Ingest.Tests.Runs;

/// <summary>Rounds become datasets by ordinary runs: what is public, and not before it is.</summary>
public sealed class ScoresRunTests : IDisposable
{
    private const string Yaml = """
        framework: town_index
        title: { vi: Chỉ số thị trấn, en: Town index }
        level: commune
        total: 100
        main_indices:
          - code: "1"
            name: { vi: Nhận thức, en: Awareness }
            points: 100
            components:
              - code: "1.1"
                name: { vi: Văn bản, en: Documents }
                points: 60
                formula: { kind: ratio }
                inputs: [ { role: a, title: { vi: Ký số, en: Signed } }, { role: b, title: { vi: Gửi đi, en: Sent } } ]
              - code: "1.2"
                name: { vi: Kế hoạch, en: Plan }
                points: 40
                formula: { kind: boolean }
                inputs: [ { role: value, title: { vi: Đã ban hành, en: Issued } } ]
        """;

    private static readonly RoundActor Lan = new("lan", RoundRole.Administrator);

    private readonly ShiftedClock _clock = new();
    private readonly Workplace _place;

    public ScoresRunTests()
    {
        _place = new Workplace { Clock = _clock };
        _place.Write("catalog/frameworks/town_index.yaml", Yaml);
        foreach (var file in Directory.GetFiles(Repository.File("catalogs/thai-nguyen/datasets"), "dti_*.yaml").Where(f => !f.EndsWith("dti_published_values.yaml", StringComparison.Ordinal)))
        {
            _place.Write(
                $"catalog/datasets/{Path.GetFileName(file)}",
                File.ReadAllText(file).Replace("so_khcn", "so_noi_vu", StringComparison.Ordinal).Replace("theme: technology", "theme: government", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Before_the_first_publication_the_tables_are_empty_and_a_draft_does_not_change_that()
    {
        var first = await _place.Run();
        Assert.All(first.Values, o => Assert.True(o.IsGood, $"{o.Dataset}: {o.CauseCode} {o.Cause?.En}"));
        Assert.Equal([("dti_component_scores", 0L), ("dti_evidence", 0), ("dti_frameworks", 7), ("dti_ranks", 0), ("dti_scores", 0)], Rows(first));

        await using (var book = await OpenAsync())
        {
            await OpenRoundAsync(book);
            await EnterAsync(book, 30);
        }

        Assert.All((await _place.Run()).Values, o => Assert.Equal(RunStatus.Unchanged, o.Status));
    }

    [Fact]
    public async Task A_published_round_is_in_the_tables_and_its_correction_takes_its_place()
    {
        await using var book = await OpenAsync();
        await OpenRoundAsync(book);
        await EnterAsync(book, 30);
        await PublishAsync(book, null, null);
        var outcomes = await _place.Run();
        Assert.Equal([("dti_component_scores", 4L), ("dti_evidence", 0), ("dti_frameworks", 7), ("dti_ranks", 2), ("dti_scores", 4)], Rows(outcomes));
        Assert.Contains("town_index-2025,1,", await _place.Csv("dti_ranks"), StringComparison.Ordinal);

        // Entered and not published: nothing of it is public.
        await CorrectAsync(book, 50);
        Assert.All((await _place.Run()).Values, o => Assert.Equal(RunStatus.Unchanged, o.Status));

        await PublishAsync(book, null, "A document was counted twice.");
        await _place.Run();
        var csv = await _place.Csv("dti_component_scores");
        Assert.Contains("a=50; b=100", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("a=30; b=100", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_finds_a_published_round_that_was_changed_past_the_rules_and_a_document_that_was_damaged_or_lost()
    {
        var store = new EvidenceStore(_place.DataFolder);
        await using (var book = await OpenAsync())
        {
            await OpenRoundAsync(book);
            var (sha256, mediaType, bytes) = await store.KeepAsync("a.pdf", new MemoryStream([.. "%PDF-1.7 quyết định"u8]), CancellationToken.None);
            await book.AddEvidenceAsync(Lan, new RoundEvidence("", "town_index-2025", "a", sha256, "a.pdf", mediaType, bytes, "lan", _clock.GetUtcNow()), CancellationToken.None);
            await EnterAsync(book, 30);
            await PublishAsync(book, null, null);
            await CorrectAsync(book, 50);
            await PublishAsync(book, null, "A document was counted twice.");
        }

        await _place.Run();
        Assert.Empty(await _place.FindingsAsync());
        var file = store.Files().Single().Path;
        var whole = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, [.. whole, 0]);
        Assert.Equal(["OD2327"], await CodesAsync());
        File.Delete(file);
        Assert.Equal(["OD2327"], await CodesAsync());
        await File.WriteAllBytesAsync(file, whole);

        foreach (var (sql, undo) in new[]
        {
            ("update round_entries set numbers = replace(numbers, '30', '31')", "update round_entries set numbers = replace(numbers, '31', '30')"),
            ("update rounds set framework_yaml = replace(framework_yaml, 'points: 60', 'points: 61')", "update rounds set framework_yaml = replace(framework_yaml, 'points: 61', 'points: 60')"),
            ("update round_entries set numbers = 'x' || numbers", "update round_entries set numbers = substr(numbers, 2)"),
        })
        {
            await ExecuteAsync(sql);
            Assert.Equal(["OD2328"], await CodesAsync());
            await ExecuteAsync(undo);
        }

        Assert.Empty(await _place.FindingsAsync());
    }

    private async Task<IEnumerable<string>> CodesAsync() => (await _place.FindingsAsync()).Select(f => f.Code.Code).Distinct();

    private async Task ExecuteAsync(string sql)
    {
        await using var database = new SqliteConnection($"Data Source={_place.Settings.Ledger.SqliteFile}");
        Assert.True(await database.ExecuteAsync(sql) > 0);
    }

    [Fact]
    public async Task An_embargo_holds_until_its_time_and_its_end_asks_for_the_runs()
    {
        await using var book = await OpenAsync();
        await OpenRoundAsync(book);
        await EnterAsync(book, 30);
        await PublishAsync(book, _clock.GetUtcNow().AddHours(2), null);
        await using var worker = await _place.Open();
        Assert.Empty(await worker.Ledger.DueRequestsAsync(CancellationToken.None));
        Assert.Equal(0L, (await _place.Run("dti_scores"))["dti_scores"].Rows);

        _clock.Shift = TimeSpan.FromHours(2) + TimeSpan.FromSeconds(1);
        var asked = await worker.Ledger.DueRequestsAsync(CancellationToken.None);
        Assert.Equal(ScoreDatasets.Of(worker.Catalogue.Catalog), asked.Select(r => r.Dataset).Order(StringComparer.Ordinal));
        Assert.Equal(5, asked.Count);
        Assert.All(asked, r => Assert.Equal("lan", r.AskedBy));
        Assert.Equal(4L, (await _place.Run("dti_scores"))["dti_scores"].Rows);
    }

    [Fact]
    public async Task A_publication_without_embargo_asks_for_the_runs_at_once()
    {
        await using var book = await OpenAsync();
        await OpenRoundAsync(book);
        await EnterAsync(book, 30);
        await PublishAsync(book, null, null);
        await using var worker = await _place.Open();
        Assert.Equal(5, (await worker.Ledger.DueRequestsAsync(CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Results_that_somebody_changed_behind_the_platform_are_not_published()
    {
        await using (var book = await OpenAsync())
        {
            await OpenRoundAsync(book);
            await EnterAsync(book, 30);
            await PublishAsync(book, null, null);
        }

        var good = await _place.Run("dti_scores");
        await using (var database = new SqliteConnection($"Data Source={_place.Settings.Ledger.SqliteFile}"))
        {
            Assert.Equal(1, await database.ExecuteAsync("update round_entries set numbers = replace(numbers, '30', '90') where unit = 'a' and component = '1.1' and kind = 'verified'"));
        }

        var outcome = (await _place.Run("dti_scores"))["dti_scores"];
        Assert.Equal((RunStatus.Failed, "OD2029"), (outcome.Status, outcome.CauseCode));
        await using var worker = await _place.Open();
        Assert.Equal(good["dti_scores"].Version, worker.Store.Current("dti_scores")!.Version);
    }

    public void Dispose() => _place.Dispose();

    private Task<RoundBook> OpenAsync() => RoundBook.OpenAsync(_place.Settings.Ledger, _clock, CancellationToken.None);

    private static async Task OpenRoundAsync(RoundBook book)
        => await book.OpenRoundAsync(
            Lan,
            new NewRound(
                "town_index-2025",
                FrameworkReader.ReadOne(Yaml, "town_index.yaml").Frameworks.Single(),
                new LocalText("Đợt 2025", "Round 2025"),
                new DateOnly(2025, 1, 1),
                new DateOnly(2025, 12, 31),
                [new RoundUnit("a", "Thị trấn A", null, true, []), new RoundUnit("b", "Thị trấn B", null, true, [])]),
            CancellationToken.None);

    private static Task<int> EnterAsync(RoundBook book, int signed)
        => book.ImportAsync(
            Lan,
            "town_index-2025",
            [
                .. from unit in new[] { "a", "b" }
                   from answer in new[] { ComponentAnswer.Of("1.1", ("a", unit == "a" ? signed : 10), ("b", 100)), ComponentAnswer.Of("1.2", ("value", 1)) }
                   select new EntryDraft(unit, EntryKind.Verified, answer, 0) { Reason = "An old round." },
            ],
            CancellationToken.None);

    private static async Task CorrectAsync(RoundBook book, int signed)
    {
        const string Reason = "A document was counted twice.";
        var council = new RoundActor("hoa", RoundRole.Council);
        var seen = (await book.EntriesAsync("town_index-2025", "a", CancellationToken.None)).Where(e => e.Component == "1.1").Max(e => e.Sequence);
        await book.ActAsync(Lan, "town_index-2025", "a", RoundAction.Reopen, Reason, CancellationToken.None);
        await book.EnterAsync(
            council,
            "town_index-2025",
            new EntryDraft("a", EntryKind.Council, ComponentAnswer.Of("1.1", ("a", signed), ("b", 100)), seen) { Reason = Reason },
            CancellationToken.None);
        await book.ActAsync(council, "town_index-2025", "a", RoundAction.Close, "", CancellationToken.None);
    }

    private async Task PublishAsync(RoundBook book, DateTimeOffset? notBefore, string? reason)
        => await book.PublishAsync(Lan, "town_index-2025", notBefore, reason, ScoreDatasets.Of(CatalogReader.Read(_place.Settings.CatalogFolder).Catalog), CancellationToken.None);

    private static IEnumerable<(string, long)> Rows(Dictionary<string, RunOutcome> outcomes)
        => outcomes.Values.OrderBy(o => o.Dataset, StringComparer.Ordinal).Select(o => (o.Dataset, o.Rows ?? -1));
}
