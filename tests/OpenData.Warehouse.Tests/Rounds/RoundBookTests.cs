using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.TestKit;
using OpenData.Warehouse.Audit;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Rounds;
using OpenData.Warehouse.Scoring;
using OpenData.Warehouse.Tests.Ledger;
using static OpenData.Warehouse.Tests.Rounds.RoundSample;

namespace OpenData.Warehouse.Tests.Rounds;

/// <summary>Rounds over a clock that moves, on both databases.</summary>
public sealed class RoundBookTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private const string Id = "sample-2025";

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestFolder _folder = new();
    private readonly ManualClock _clock = new();
    private LedgerOptions? _options;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [LedgerKinds]
    public async Task A_unit_goes_from_draft_to_publication_and_keeps_three_scores(string kind)
    {
        await using var book = await OpenAsync(kind);
        var end = _clock.GetUtcNow().AddDays(10);
        await book.OpenRoundAsync(Administrator, New() with { SubmitUntil = end, AppealUntil = end.AddDays(20), Units = [Units[0]] }, None);

        // The officer answers, adds a document, and gives in.
        var document = await book.AddEvidenceAsync(Officer, Document(), None);
        var chair = await book.EnterAsync(Officer, Id, Draft(EntryKind.Self, ComponentAnswer.OfLevel("1.1", "head"), 0) with { Evidence = [document.Id], Explanation = "Theo quyết định số 12" }, None);
        await book.EnterAsync(Officer, Id, Draft(EntryKind.Self, ComponentAnswer.Of("1.2", ("a", 3), ("b", 4)), 0), None);
        Assert.Equal(UnitStage.Submitted, await book.ActAsync(Officer, Id, "u1", RoundAction.Submit, "", None));

        // It comes back, is put right after the time to submit, and is verified with one answer that differs.
        await RefusedAsync(RoundErrors.NoReason, () => book.ActAsync(Verifier, Id, "u1", RoundAction.Return, " \n ", None));
        await book.ActAsync(Verifier, Id, "u1", RoundAction.Return, "Thiếu số liệu", None);
        _clock.Advance(TimeSpan.FromDays(11));
        await book.EnterAsync(Officer, Id, Draft(EntryKind.Self, ComponentAnswer.Of("2.2", ("n", 4)), 0), None);
        await book.ActAsync(Officer, Id, "u1", RoundAction.Submit, "", None);
        await book.ActAsync(Verifier, Id, "u1", RoundAction.Screen, "", None);
        await RefusedAsync(RoundErrors.NotVerified, () => book.ActAsync(Verifier, Id, "u1", RoundAction.Verify, "", None));
        var lower = Draft(EntryKind.Verified, ComponentAnswer.OfLevel("1.1", "deputy"), chair.Sequence);
        await RefusedAsync(RoundErrors.NoReason, () => book.EnterAsync(Verifier, Id, lower, None));
        var verified = await book.EnterAsync(Verifier, Id, lower with { Reason = "Quyết định ghi phó" }, None);
        Assert.Equal(2, await book.AcceptAsync(Verifier, Id, "u1", null, None));
        Assert.Equal(UnitStage.Verified, await book.ActAsync(Verifier, Id, "u1", RoundAction.Verify, "", None));

        // The unit objects; the council cannot close it before that time is over, then gives part of it.
        await book.EnterAsync(Officer, Id, Draft(EntryKind.Appeal, ComponentAnswer.OfLevel("1.1", "head"), verified.Sequence) with { Reason = "Quyết định mới" }, None);
        await RefusedAsync(RoundErrors.OutOfTime, () => book.ActAsync(Council, Id, "u1", RoundAction.Close, "", None));
        _clock.Advance(TimeSpan.FromDays(30));
        await RefusedAsync(RoundErrors.OutOfTime, () => book.EnterAsync(Officer, Id, Draft(EntryKind.Appeal, ComponentAnswer.Of("2.2", ("n", 9)), 0) with { Reason = "…" }, None));
        var seen = (await book.EntriesAsync(Id, "u1", None)).Last(e => e.Component == "1.1").Sequence;
        var share = Draft(EntryKind.Council, new ComponentAnswer("1.1", AnswerKind.Answered) { SetShare = 0.75m }, seen);
        await RefusedAsync(RoundErrors.NoReason, () => book.EnterAsync(Council, Id, share, None));
        await book.EnterAsync(Council, Id, share with { Reason = "Chấp nhận một phần" }, None);
        await RefusedAsync(RoundErrors.NotReady, () => book.PublishAsync(Administrator, Id, null, null, [], None));
        await book.ActAsync(Council, Id, "u1", RoundAction.Close, "", None);
        var revision = await book.PublishAsync(Administrator, Id, null, null, [], None);

        var result = RoundResults.Of(await book.ContentAsync(Id, revision, None));
        Assert.Equal([20 + 30 + 10m, 10 + 30 + 10m, 15 + 30 + 10m], new[] { result.Self, result.Verified, result.Final }.Select(s => s.Find("u1")!.Total.Points));
        Assert.Equal(ScoreState.Adjusted, result.Final.Find("u1")!.Components[0].State);
        Assert.Equal(UnitStage.Published, (await book.UnitsAsync(Id, None))[0].Stage);
        Assert.Equal(
            ["submit", "return", "submit", "screen", "verify", "close", "publish"],
            (await book.HistoryAsync(Id, "u1", None)).Select(h => RoundText.Of(h.Action)));
        Assert.Equal(
            [
                "round.open", "round.evidence", "round.answer", "round.answer", "round.submit", "round.return", "round.answer", "round.submit", "round.screen",
                "round.verify_answer", "round.accept", "round.verify", "round.appeal", "round.adjust", "round.close", "round.publish",
            ],
            (await book.Audit.ListAsync(new AuditFilter(100), None)).Reverse().Select(e => e.Action));
        Assert.Empty((await book.Audit.VerifyAsync(None)).Findings);
    }

    [Theory]
    [LedgerKinds]
    public async Task An_entry_that_saw_less_than_there_is_is_refused_and_nothing_is_lost(string kind)
    {
        await using var book = await OpenAsync(kind);
        await book.OpenRoundAsync(Administrator, New(), None);
        var first = await book.EnterAsync(Officer, Id, Draft(EntryKind.Self, ComponentAnswer.OfLevel("1.1", "head"), 0), None);
        var other = Draft(EntryKind.Self, ComponentAnswer.OfLevel("1.1", "none"), 0);
        await RefusedAsync(RoundErrors.Stale, () => book.EnterAsync(Officer, Id, other, None));
        await RefusedAsync(RoundErrors.Stale, () => book.EnterAsync(Officer, Id, other with { Seen = first.Sequence + 1 }, None));

        // Of many at once that saw the same, one is taken.
        var tries = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            try
            {
                await book.EnterAsync(Officer, Id, other with { Seen = first.Sequence }, None);
                return true;
            }
            catch (OpenDataException e) when (e.Code == RoundErrors.Stale)
            {
                return false;
            }
        }));
        Assert.Single(tries, t => t);
        Assert.Equal(["head", "none"], (await book.EntriesAsync(Id, "u1", None)).Select(e => e.Answer.Level));
        Assert.Empty(await book.EntriesAsync(Id, "u2", None));
    }

    [Theory]
    [LedgerKinds]
    public async Task Roles_do_not_cross(string kind)
    {
        await using var book = await OpenAsync(kind);
        await RefusedAsync(RoundErrors.WrongRole, () => book.OpenRoundAsync(Officer, New(), None));
        await book.OpenRoundAsync(Administrator, New(), None);
        var head = Draft(EntryKind.Self, ComponentAnswer.OfLevel("1.1", "head"), 0);
        await RefusedAsync(RoundErrors.WrongRole, () => book.EnterAsync(Officer, Id, head with { Unit = "u2" }, None));
        await RefusedAsync(RoundErrors.WrongRole, () => book.EnterAsync(Verifier, Id, head, None));
        await RefusedAsync(RoundErrors.WrongRole, () => book.EnterAsync(Officer, Id, head with { Kind = EntryKind.Council, Reason = "r" }, None));
        await RefusedAsync(RoundErrors.WrongRole, () => book.ActAsync(Officer, Id, "u2", RoundAction.Submit, "", None));
        await RefusedAsync(RoundErrors.WrongRole, () => book.AddEvidenceAsync(Officer, Document() with { Unit = "u2" }, None));
        await RefusedAsync(RoundErrors.WrongStage, () => book.ActAsync(Verifier, Id, "u1", RoundAction.Screen, "", None));
        await RefusedAsync(RoundErrors.WrongRole, () => book.PublishAsync(Council, Id, null, null, [], None));
        await RefusedAsync(RoundErrors.WrongRole, () => book.ImportAsync(Verifier, Id, [head with { Kind = EntryKind.Verified }], None));
        await RefusedAsync(RoundErrors.UnknownPart, () => book.EnterAsync(Administrator, Id, head with { Unit = "u9" }, None));
        await RefusedAsync(RoundErrors.UnknownRound, () => book.EnterAsync(Officer, "sample-1999", head, None));

        // Who answers is not who judges, under whatever role and spelling of the name.
        await book.EnterAsync(Officer, Id, head, None);
        await book.ActAsync(Officer, Id, "u1", RoundAction.Submit, "", None);
        await RefusedAsync(RoundErrors.OwnUnit, () => book.ActAsync(new RoundActor("LAN", RoundRole.Verifier), Id, "u1", RoundAction.Screen, "", None));
        await RefusedAsync(RoundErrors.OwnUnit, () => book.ActAsync(new RoundActor("cli:lan", RoundRole.Verifier), Id, "u1", RoundAction.Screen, "", None));
        await RefusedAsync(RoundErrors.NoReason, () => book.ActAsync(Administrator, Id, "u2", RoundAction.Submit, "", None));
        await book.ActAsync(Administrator, Id, "u2", RoundAction.Submit, "Đơn vị không nộp", None);
        await RefusedAsync(RoundErrors.OwnUnit, () => book.ActAsync(new RoundActor("minh", RoundRole.Verifier), Id, "u2", RoundAction.Screen, "", None));

        // What was refused left nothing behind.
        Assert.Single(await book.EntriesAsync(Id, null, None));
        Assert.Equal(2, (await book.HistoryAsync(Id, null, None)).Count);
        Assert.Empty(await book.EvidenceAsync(Id, None));
    }

    [Theory]
    [LedgerKinds]
    public async Task A_frozen_framework_cannot_change(string kind)
    {
        await using var book = await OpenAsync(kind);
        var opened = await book.OpenRoundAsync(Administrator, New(), None);
        var changed = Yaml.Replace("full: 4", "full: 5", StringComparison.Ordinal);
        await RefusedAsync(RoundErrors.FrozenFramework, () => book.OpenRoundAsync(Administrator, New("sample-2026", changed), None));
        await RefusedAsync(RoundErrors.RoundExists, () => book.OpenRoundAsync(Administrator, New(), None));
        await book.OpenRoundAsync(Administrator, New("sample-2026"), None);
        await book.OpenRoundAsync(Administrator, New("sample-2027", changed.Replace("version: 3", "version: 4", StringComparison.Ordinal)), None);

        Assert.Equal(["sample 3 sample-2025", "sample 4 sample-2027"], (await book.FrozenAsync(None)).Select(f => $"{f.Framework} {f.Version} {f.Round}"));
        var read = (await book.FindAsync(Id, None))!;
        Assert.Equal(opened, read);
        Assert.Equal(Yaml, read.FrozenFramework().Yaml);
    }

    [Theory]
    [LedgerKinds]
    public async Task A_correction_is_a_new_revision_and_the_earlier_one_stays_as_it_was(string kind)
    {
        await using var book = await OpenAsync(kind);
        await book.OpenRoundAsync(Administrator, New(), None);
        IReadOnlyList<EntryDraft> past = [.. Units.Select(u => new EntryDraft(u.Code, EntryKind.Verified, ComponentAnswer.Of("2.2", ("n", 2)), 0))];
        Assert.Equal(3, await book.ImportAsync(Administrator, Id, past, None));
        Assert.Equal(0, await book.ImportAsync(Administrator, Id, past, None));
        Assert.All(await book.EntriesAsync(Id, null, None), e => Assert.True(e.IsImported));
        var embargo = _clock.GetUtcNow().AddDays(1);
        var first = await book.PublishAsync(Administrator, Id, embargo, null, [], None);
        Assert.Null(await book.PublicRevisionAsync(Id, _clock.GetUtcNow(), None));
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(first, await book.PublicRevisionAsync(Id, _clock.GetUtcNow(), None));

        await RefusedAsync(RoundErrors.NoReason, () => book.ActAsync(Administrator, Id, "u1", RoundAction.Reopen, "", None));
        await book.ActAsync(Administrator, Id, "u1", RoundAction.Reopen, "Nhập sai", None);
        await book.EnterAsync(Council, Id, Draft(EntryKind.Council, ComponentAnswer.Of("2.2", ("n", 3)), (await book.EntriesAsync(Id, "u1", None))[^1].Sequence) with { Reason = "Đếm lại" }, None);
        await book.ActAsync(Council, Id, "u1", RoundAction.Close, "", None);
        await RefusedAsync(RoundErrors.NoReason, () => book.PublishAsync(Administrator, Id, null, null, [], None));
        var second = await book.PublishAsync(Administrator, Id, null, "Đếm lại sáng kiến", [], None);

        Assert.Equal((2, "Đếm lại sáng kiến"), (second.Number, second.Reason));
        Assert.NotEqual(first.ResultHash, second.ResultHash);
        Assert.Equal(5m, RoundResults.Of(await book.ContentAsync(Id, first, None)).Final.Find("u1")!.Total.Points);
        Assert.Equal(7.5m, RoundResults.Of(await book.ContentAsync(Id, second, None)).Final.Find("u1")!.Total.Points);
        Assert.Equal([first, second], await book.RevisionsAsync(Id, None));

        // The next round carries what nobody answered.
        await book.OpenRoundAsync(Administrator, New("sample-2026") with { Previous = Id }, None);
        var carried = RoundResults.Of(await book.ContentAsync("sample-2026", null, None)).Final.Find("u1")!;
        Assert.Equal((ScoreState.Carried, 7.5m), (carried.Components[^1].State, carried.Total.Points));
    }

    [Theory]
    [LedgerKinds]
    public async Task A_file_of_a_past_round_is_taken_whole_or_not_at_all(string kind)
    {
        await using var book = await OpenAsync(kind);
        await book.OpenRoundAsync(Administrator, New(), None);
        var good = new EntryDraft("u1", EntryKind.Verified, ComponentAnswer.Of("2.2", ("n", 2)), 0);
        await RefusedAsync(RoundErrors.UnknownPart, () => book.ImportAsync(Administrator, Id, [good, good with { Unit = "u9" }], None));
        await RefusedAsync(RoundErrors.BadAnswer, () => book.ImportAsync(Administrator, Id, [good, good with { Answer = ComponentAnswer.Of("2.2", ("m", 2)) }], None));
        Assert.Empty(await book.EntriesAsync(Id, null, None));
        Assert.All(await book.UnitsAsync(Id, None), u => Assert.Equal(UnitStage.Draft, u.Stage));
    }

    [Fact]
    public async Task What_does_not_fit_its_component_is_refused()
    {
        await using var book = await OpenAsync("sqlite");
        await book.OpenRoundAsync(Administrator, New(), None);
        (ComponentAnswer Answer, ErrorCode Code)[] cases =
        [
            (ComponentAnswer.OfLevel("9.9", "head"), RoundErrors.UnknownPart),
            (ComponentAnswer.OfLevel("1.1", "Head"), RoundErrors.BadAnswer),
            (ComponentAnswer.Of("1.1", ("level", 1)), RoundErrors.BadAnswer),
            (ComponentAnswer.OfLevel("1.2", "head"), RoundErrors.BadAnswer),
            (ComponentAnswer.Of("1.2", ("c", 1)), RoundErrors.BadAnswer),
            (ComponentAnswer.Of("1.2", ("a", 1_000_000_000_001m)), RoundErrors.BadAnswer),
            (ComponentAnswer.Of("1.2", ("a", 0.12345678901m)), RoundErrors.BadAnswer),
            (ComponentAnswer.Of("2.1", ("b", 1)), RoundErrors.BadAnswer),
            (new ComponentAnswer("1.2", AnswerKind.Answered) { SetShare = 1 }, RoundErrors.BadAnswer),
            (new ComponentAnswer("1.2", AnswerKind.Missing) { Level = "head" }, RoundErrors.BadAnswer),
            (new ComponentAnswer("1.2", AnswerKind.NotApplicable), RoundErrors.NoReason),
        ];
        foreach (var (answer, code) in cases)
        {
            await RefusedAsync(code, () => book.EnterAsync(Officer, Id, Draft(EntryKind.Self, answer, 0), None));
        }

        await RefusedAsync(RoundErrors.BadEvidence, () => book.EnterAsync(Officer, Id, Draft(EntryKind.Self, ComponentAnswer.OfLevel("1.1", "head"), 0) with { Evidence = ["e1"] }, None));
        foreach (var bad in new[] { Document() with { Sha256 = "../x" }, Document() with { MediaType = "text/html\r\nX: y" }, Document() with { FileName = "a\nb" }, Document() with { Bytes = 0 } })
        {
            await RefusedAsync(RoundErrors.BadEvidence, () => book.AddEvidenceAsync(Officer, bad, None));
        }

        // What contradicts itself is no matter of form: it is taken, and scores nothing.
        await book.EnterAsync(Officer, Id, Draft(EntryKind.Self, ComponentAnswer.Of("1.2", ("a", 5), ("b", 4)), 0), None);
        Assert.Equal(AnswerProblem.AboveWhole, RoundResults.Of(await book.ContentAsync(Id, null, None)).Self.Find("u1")!.Components[1].Problem);
    }

    [Fact]
    public async Task A_round_that_does_not_hold_together_is_not_opened()
    {
        await using var book = await OpenAsync("sqlite");
        RoundUnit[] ring = [new("a", "A", "ward", true, ["b"]), new("b", "B", "ward", true, ["a"])];
        NewRound[] bad =
        [
            New("other-2025"), New("sample-"), New("sample-2025/../x"), New("sample-Năm"),
            New() with { Units = [] }, New() with { Units = [Units[0], Units[0]] }, New() with { Units = [Units[0] with { League = "city" }] },
            New() with { Units = [Units[0] with { League = null }] }, New() with { Units = [Units[0] with { Code = "u 1" }] }, New() with { Units = [Units[0] with { Name = "a\nb" }] },
            New() with { Units = ring }, New() with { Units = [Units[0] with { Predecessors = ["nowhere"] }] },
            New() with { To = new DateOnly(2024, 1, 1) }, New() with { Title = new LocalText("", "x") },
            New() with { SubmitUntil = _clock.GetUtcNow(), AppealUntil = _clock.GetUtcNow().AddDays(-1) },
            New() with { Framework = Framework() with { IsStructureOnly = true } }, New() with { Framework = Framework() with { Yaml = "" } },
        ];
        foreach (var round in bad)
        {
            await RefusedAsync(RoundErrors.BadRound, () => book.OpenRoundAsync(Administrator, round, None));
        }

        await RefusedAsync(RoundErrors.UnknownRound, () => book.OpenRoundAsync(Administrator, New() with { Previous = "sample-2024" }, None));
        Assert.Empty(await book.ListAsync(None));
    }

    [Fact]
    public async Task A_reader_of_a_state_database_that_is_not_there_finds_no_rounds()
    {
        await using var book = RoundBook.ForReading(new LedgerOptions(_folder["none"]), _clock);
        Assert.Empty(await book.ListAsync(None));
        Assert.Empty(await book.FrozenAsync(None));
    }

    private static EntryDraft Draft(EntryKind kind, ComponentAnswer answer, long seen) => new("u1", kind, answer, seen);

    private static RoundEvidence Document()
        => new("", Id, "u1", new string('a', 64), "quyết định 12.pdf", "application/pdf", 1234, "", default) { DocumentNumber = "12/QĐ-UBND", DocumentDate = new DateOnly(2025, 3, 1) };

    private static async Task RefusedAsync(ErrorCode code, Func<Task> change)
        => Assert.Equal(code, (await Assert.ThrowsAsync<OpenDataException>(change)).Code);

    private async Task<RoundBook> OpenAsync(string kind)
    {
        _options ??= new LedgerOptions(_folder.Path) { ConnectionString = kind == "postgresql" ? server.NewDatabase() : null };
        return await RoundBook.OpenAsync(_options, _clock, None);
    }
}
