using System.Net;
using OpenData.Warehouse.Audit;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Rounds;
using static OpenData.Portal.Tests.AssessmentTown;

namespace OpenData.Portal.Tests;

/// <summary>The working pages of a round, as its people go through them, and every border between them.</summary>
public sealed class AssessmentTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_round_goes_from_opening_to_publication_by_its_pages()
    {
        await using var town = await StartAsync();

        // What is typed wrong comes back with what was typed.
        using var bad = await town.Administrator.SendAsync(
            Desk + "/open", Desk + "/open", ("framework", "sample"), ("suffix", "2025"), ("from", "2025-01-01"), ("to", "2025-12-31"), ("units", "code;tên\n0001;Phường Một"));
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Contains("0001;Phường Một", WebUtility.HtmlDecode(await bad.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        await town.OpenAsync();
        using var twice = await town.Administrator.SendAsync(
            Desk + "/open", Desk + "/open", ("framework", "sample"), ("suffix", "2025"), ("from", "2025-01-01"), ("to", "2025-12-31"), ("units", UnitsCsv));
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        using var computed = await town.Administrator.SendAsync(RoundDesk, RoundDesk + "/compute");
        Assert.Contains("Số câu trả lời tự động mới: 2", WebUtility.HtmlDecode(await computed.Content.ReadAsStringAsync()), StringComparison.Ordinal);

        // The officer sees the own unit, what a query counted, and where from.
        var round = await PageAsync(town.Officer, RoundDesk);
        Assert.Contains("Phường Một", round, StringComparison.Ordinal);
        Assert.DoesNotContain("Phường Hai", round, StringComparison.Ordinal);
        var automatic = await PageAsync(town.Officer, Unit("0001") + "/2");
        Assert.Contains("<strong>1.250</strong>", automatic, StringComparison.Ordinal);
        Assert.Contains(town.Town.Store.Current("markets")!.Version, automatic, StringComparison.Ordinal);

        // A mistake beside its field keeps nothing else from being saved, and loses nothing.
        using var mistyped = await TypeAsync(
            town.Officer, "0001", "1", [("1.1:in.level", "head"), ("1.2:in.a", "mười"), ("1.2:in.b", "1.234"), ("1.2:explanation", "Theo <b>biên bản</b>")], ("1.1:file", "Quyết định.pdf", Pdf));
        Assert.Equal(HttpStatusCode.BadRequest, mistyped.StatusCode);
        var again = await mistyped.Content.ReadAsStringAsync();
        Assert.Contains("Đây không phải là số", WebUtility.HtmlDecode(again), StringComparison.Ordinal);
        Assert.Contains("đọc được hai cách", WebUtility.HtmlDecode(again), StringComparison.Ordinal);
        Assert.Contains("value=\"mười\"", WebUtility.HtmlDecode(again), StringComparison.Ordinal);
        Assert.Contains("Theo <b>biên bản</b>", WebUtility.HtmlDecode(again), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>biên", again, StringComparison.Ordinal);
        Assert.Contains("<option value=\"head\" selected", again, StringComparison.Ordinal);
        Assert.Contains("Quyết định.pdf", WebUtility.HtmlDecode(again), StringComparison.Ordinal);
        using var typed = await TypeAsync(town.Officer, "0001", "1", [("1.1:in.level", "head"), ("1.1:evidence", "e1"), ("1.2:in.a", "3"), ("1.2:in.b", "4"), ("go", "next")]);
        Assert.Equal($"/{Unit("0001")}/2?saved=1", typed.Headers.Location!.OriginalString);
        await StepAsync(town.Officer, "0001", "submit");
        using var late = await TypeAsync(town.Officer, "0001", "1", [("kind", "self"), ("1.1:seen", "3"), ("1.1:in.level", "none")]);
        Assert.NotEqual(HttpStatusCode.SeeOther, late.StatusCode);

        // It comes back with a reason, and is put right.
        using var silent = await TryStepAsync(town.Verifier, "0001", "return", " ");
        Assert.Equal(HttpStatusCode.BadRequest, silent.StatusCode);
        await StepAsync(town.Verifier, "0001", "return", "Thiếu <i>biên bản</i>");
        Assert.Contains("Thiếu <i>biên bản</i>", await PageAsync(town.Officer, Unit("0001")), StringComparison.Ordinal);
        Assert.DoesNotContain("<i>biên", await town.Officer.Client.GetStringAsync(Unit("0001")), StringComparison.Ordinal);
        using var mended = await TypeAsync(town.Officer, "0001", "1", [("1.1:in.level", "head"), ("1.1:evidence", "e1"), ("1.2:in.a", "2"), ("1.2:in.b", "4")]);
        Assert.EndsWith("?saved=1", mended.Headers.Location!.OriginalString, StringComparison.Ordinal);
        await town.BringAsync(town.Officer, "0001", "submit", "screen");

        // The verifier finds otherwise, with a reason, and takes the rest over.
        using var unreasoned = await TypeAsync(town.Verifier, "0001", "1", [("1.1:in.level", "deputy"), ("1.2:in.a", "2"), ("1.2:in.b", "4")]);
        Assert.Equal(HttpStatusCode.BadRequest, unreasoned.StatusCode);
        Assert.Contains("<option value=\"deputy\" selected", await unreasoned.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var found = await TypeAsync(town.Verifier, "0001", "1", [("1.1:in.level", "deputy"), ("1.1:reason", "Quyết định ghi phó"), ("1.2:in.a", "2"), ("1.2:in.b", "4")]);
        Assert.EndsWith("?saved=1", found.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using var early = await TryStepAsync(town.Verifier, "0001", "verify");
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.DoesNotContain("Quyết định ghi phó", await PageAsync(town.Officer, Unit("0001") + "/1"), StringComparison.Ordinal);
        await town.BringAsync(town.Officer, "0001", "accept", "verify");
        Assert.Contains("Quyết định ghi phó", await PageAsync(town.Officer, Unit("0001") + "/1"), StringComparison.Ordinal);

        // The council sees the gap, adjusts with a reason and closes; what it did not touch stays.
        Assert.Contains("-10", await PageAsync(town.Council, RoundDesk), StringComparison.Ordinal);
        using var adjusted = await TypeAsync(
            town.Council, "0001", "1", [("1.1:share", "75"), ("1.1:in.level", "deputy"), ("1.1:reason", "Chấp nhận một phần"), ("1.2:in.a", "2"), ("1.2:in.b", "4")]);
        Assert.EndsWith("?saved=1", adjusted.Headers.Location!.OriginalString, StringComparison.Ordinal);
        await StepAsync(town.Council, "0001", "close");
        using var notReady = await town.Administrator.SendAsync(RoundDesk, RoundDesk + "/publish");
        Assert.Equal(HttpStatusCode.Conflict, notReady.StatusCode);
        await town.BringAsync(town.OtherOfficer, "0002", "submit", "screen", "verify", "close");
        using var published = await town.Administrator.SendAsync(RoundDesk, RoundDesk + "/publish", ("not_before", "2099-01-01T08:00"));
        Assert.Equal(HttpStatusCode.SeeOther, published.StatusCode);
        Assert.Contains("chưa công khai, đến", await PageAsync(town.Administrator, RoundDesk), StringComparison.Ordinal);
        using var unexplained = await town.Administrator.SendAsync(RoundDesk, RoundDesk + "/publish");
        Assert.Equal(HttpStatusCode.BadRequest, unexplained.StatusCode);

        await using var book = RoundBook.ForReading(new LedgerOptions(town.Town.DataFolder), TimeProvider.System);
        var result = RoundResults.Of(await book.ContentAsync("sample-2025", null, None));
        Assert.Equal([20 + 20 + 20m, 10 + 20 + 20m, 15 + 20 + 20m], new[] { result.Self, result.Verified, result.Final }.Select(s => s.Find("0001")!.Total.Points));
        Assert.Contains("round.adjust", (await book.Audit.ListAsync(new AuditFilter(100), None)).Select(e => e.Action));
    }

    [Fact]
    public async Task Nobody_crosses_to_what_is_not_theirs_by_address_or_by_form()
    {
        await using var town = await StartAsync();
        await town.OpenAsync();
        using var given = await TypeAsync(town.Officer, "0001", "1", [("1.1:in.level", "head")], ("1.1:file", "a.pdf", Pdf));
        Assert.Equal(HttpStatusCode.SeeOther, given.StatusCode);
        var evidence = Unit("0001") + "/evidence/e1";

        // By address: another unit's officer, whoever only runs the platform, and the public.
        foreach (var address in new[] { Unit("0001"), Unit("0001") + "/1", evidence })
        {
            Assert.Equal(HttpStatusCode.OK, (await town.Officer.Client.GetAsync(address)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await town.OtherOfficer.Client.GetAsync(address)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await town.Operator.Client.GetAsync(address)).StatusCode);
            Assert.Equal(HttpStatusCode.SeeOther, (await town.Portal.Client.GetAsync(address)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await town.OtherOfficer.Client.GetAsync(Unit("0002") + "/evidence/e1")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await town.Officer.Client.GetAsync(Unit("no-such-unit"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await town.Verifier.Client.GetAsync(Desk + "/none-2025")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await town.Officer.Client.GetAsync(Unit("0001") + "/9")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await town.Operator.Client.GetAsync(Desk)).StatusCode);
        foreach (var person in new[] { town.Officer, town.Verifier, town.Council })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await person.Client.GetAsync(Desk + "/open")).StatusCode);
            foreach (var act in new[] { "/compute", "/publish" })
            {
                using var tried = await person.SendAsync("admin/password", RoundDesk + act);
                Assert.Equal(HttpStatusCode.Forbidden, tried.StatusCode);
            }
        }

        // By form: an answer, a step or a document of another unit, an answer in another's role, a step before its stage.
        (string, string)[] answer = [("kind", "self"), ("1.1:seen", "0"), ("1.1:in.level", "head")];
        await ForbiddenAsync(town.OtherOfficer, Unit("0001") + "/1", answer);
        await ForbiddenAsync(town.Verifier, Unit("0001") + "/1", answer);
        await ForbiddenAsync(town.Administrator, Unit("0001") + "/1", answer);
        await ForbiddenAsync(town.Officer, Unit("0001") + "/1", [("kind", "verified"), ("1.1:seen", "2"), ("1.1:in.level", "head"), ("1.1:taken", "on")]);
        await ForbiddenAsync(town.Officer, Unit("0001") + "/1", [("kind", "automatic"), ("1.1:seen", "2")]);
        await ForbiddenAsync(town.Verifier, Unit("0001") + "/1", [("kind", "council"), ("1.1:seen", "2"), ("1.1:share", "100"), ("1.1:reason", "x")]);
        using var foreign = await town.OtherOfficer.SendAsync("admin/password", Unit("0002") + "/1", [.. answer, ("1.1:evidence", "e1")]);
        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
        using var tooEarly = await town.Council.SendAsync("admin/password", Unit("0001") + "/1", ("kind", "council"), ("1.1:seen", "2"), ("1.1:share", "100"), ("1.1:reason", "x"));
        Assert.Equal(HttpStatusCode.BadRequest, tooEarly.StatusCode);
        foreach (var (person, action, expected) in new[]
        {
            (town.OtherOfficer, "submit", HttpStatusCode.Forbidden), (town.Verifier, "submit", HttpStatusCode.Forbidden), (town.Officer, "screen", HttpStatusCode.Forbidden),
            (town.Officer, "accept", HttpStatusCode.Forbidden), (town.Verifier, "close", HttpStatusCode.Forbidden), (town.Council, "close", HttpStatusCode.Conflict),
            (town.Verifier, "verify", HttpStatusCode.Conflict), (town.Officer, "publish", HttpStatusCode.Forbidden), (town.Officer, "nonsense", HttpStatusCode.Forbidden),
        })
        {
            using var tried = await TryStepAsync(person, "0001", action, "lý do");
            Assert.True(tried.StatusCode == expected, $"{action}: {tried.StatusCode}");
        }

        // Without the token of the form nothing is done, whoever asks.
        using var noToken = await town.Officer.Client.PostAsync(Unit("0001") + "/step", new FormUrlEncodedContent([new("action", "submit")]));
        Assert.Equal(HttpStatusCode.BadRequest, noToken.StatusCode);
        await using var book = RoundBook.ForReading(new LedgerOptions(town.Town.DataFolder), TimeProvider.System);
        Assert.All(await book.UnitsAsync("sample-2025", None), u => Assert.Equal(UnitStage.Draft, u.Stage));
        Assert.Single(await book.EntriesAsync("sample-2025", null, None));
    }

    [Fact]
    public async Task An_officers_points_tell_nothing_of_what_other_units_draft()
    {
        await using var town = await StartAsync(framework: RelativeFramework);
        await town.OpenAsync();
        using var own = await TypeAsync(town.Officer, "0001", "1", [("1.1:in.level", "head"), ("1.2:in.a", "1"), ("1.2:in.b", "4")]);
        Assert.Equal(HttpStatusCode.SeeOther, own.StatusCode);
        var before = await SumAsync(town.Officer);
        using var others = await TypeAsync(town.OtherOfficer, "0002", "1", [("1.2:in.a", "4"), ("1.2:in.b", "4")]);
        Assert.Equal(HttpStatusCode.SeeOther, others.StatusCode);
        await StepAsync(town.OtherOfficer, "0002", "submit");
        Assert.Equal(before, await SumAsync(town.Officer));
        Assert.Contains(">20<", before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_officers_points_tell_nothing_of_what_verifiers_find_of_others_before_all_is_verified()
    {
        await using var town = await StartAsync(framework: RelativeFramework);
        await town.OpenAsync();
        using var own = await TypeAsync(town.Officer, "0001", "1", [("1.1:in.level", "head"), ("1.2:in.a", "1"), ("1.2:in.b", "4")]);
        await town.BringAsync(town.Officer, "0001", "submit", "screen", "accept", "verify");
        var before = await SumAsync(town.Officer);
        using var others = await TypeAsync(town.OtherOfficer, "0002", "1", [("1.2:in.a", "4"), ("1.2:in.b", "4")]);
        await town.BringAsync(town.OtherOfficer, "0002", "submit", "screen", "accept");
        Assert.Equal(before, await SumAsync(town.Officer));
        Assert.NotEqual(before, await SumAsync(town.Council));
        await StepAsync(town.Verifier, "0002", "verify");
        Assert.NotEqual(before, await SumAsync(town.Officer));
    }

    [Fact]
    public async Task Who_judges_sees_what_is_worth_a_look_and_officers_do_not()
    {
        await using var town = await StartAsync();
        await town.OpenAsync();
        using var first = await TypeAsync(town.Officer, "0001", "1", [("1.1:in.level", "head"), ("1.2:in.a", "5"), ("1.2:in.b", "4")], ("1.1:file", "a.pdf", Pdf));
        using var second = await TypeAsync(town.OtherOfficer, "0002", "1", [("1.1:in.level", "head")], ("1.1:file", "khác.pdf", Pdf));
        await StepAsync(town.Officer, "0001", "submit");
        await StepAsync(town.OtherOfficer, "0002", "submit");
        foreach (var judge in new[] { town.Verifier, town.Council, town.Administrator })
        {
            var round = await PageAsync(judge, RoundDesk);
            Assert.Contains("0001, chỉ số 1.2: ", round, StringComparison.Ordinal);
            Assert.Contains("Cùng một tệp minh chứng được dùng 2 lần: 0001 1.1, 0002 1.1.", round, StringComparison.Ordinal);
        }

        Assert.Contains("Cùng một tệp minh chứng", await PageAsync(town.Verifier, Unit("0002")), StringComparison.Ordinal);
        Assert.DoesNotContain("chỉ số 1.2: ", await PageAsync(town.Verifier, Unit("0002")), StringComparison.Ordinal);
        foreach (var address in new[] { RoundDesk, Unit("0001") })
        {
            Assert.DoesNotContain("Nên xem lại", await PageAsync(town.Officer, address), StringComparison.Ordinal);
        }
    }

    private static async Task<string> SumAsync(AdminBrowser officer)
    {
        var page = await officer.Client.GetStringAsync(Unit("0001"));
        return page[page.IndexOf("<tfoot>", StringComparison.Ordinal)..page.IndexOf("</tfoot>", StringComparison.Ordinal)];
    }

    [Fact]
    public async Task Who_answers_for_a_unit_verifies_others_and_never_that_one()
    {
        await using var town = await StartAsync();
        await town.OpenAsync();
        using var both = await town.OfficerAsync("mai", "0001", "verifier", "council");
        await StepAsync(both, "0001", "submit");
        await StepAsync(town.OtherOfficer, "0002", "submit");
        using var own = await TryStepAsync(both, "0001", "screen");
        Assert.Equal(HttpStatusCode.Forbidden, own.StatusCode);
        Assert.DoesNotContain("value=\"screen\"", await both.Client.GetStringAsync(Unit("0001")), StringComparison.Ordinal);
        await StepAsync(both, "0002", "screen");

        // Taking the unit away changes nothing: having answered is enough.
        using var taken = await town.Operator.SendAsync("admin/people", "admin/people/units", ("name", "mai"), ("units", ""));
        using var afterwards = await TryStepAsync(both, "0001", "screen");
        Assert.Equal(HttpStatusCode.Forbidden, afterwards.StatusCode);
    }

    [Fact]
    public async Task A_document_is_kept_by_its_hash_and_handed_out_as_a_file_and_nothing_else_is_taken()
    {
        await using var town = await StartAsync();
        await town.OpenAsync();
        foreach (var (name, bytes) in new (string, byte[])[]
        {
            ("page.html", Pdf), ("picture.svg", [.. "<svg/>"u8]), ("page.pdf", [.. "<html>"u8]), ("a.docx", Pdf), ("none", Pdf), ("empty.pdf", []),
        })
        {
            using var refused = await TypeAsync(town.Officer, "0001", "1", [("1.1:in.level", "head"), ("1.1:number", "12/QĐ")], ("1.1:file", name, bytes));
            Assert.True(refused.StatusCode == HttpStatusCode.BadRequest, name);
            Assert.Contains("value=\"12/QĐ\"", WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }

        Assert.Empty(Directory.EnumerateFiles(Path.Combine(town.Town.DataFolder, "evidence"), "*", SearchOption.AllDirectories));
        using var taken = await TypeAsync(
            town.Officer, "0001", "1", [("1.1:in.level", "head"), ("1.1:number", "12/QĐ-UBND"), ("1.1:date", "2025-03-01")], ("1.1:file", "../../Quyết <định>.pdf", Pdf));
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
        var kept = Assert.Single(Directory.EnumerateFiles(Path.Combine(town.Town.DataFolder, "evidence"), "*", SearchOption.AllDirectories));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Pdf)), Path.GetFileName(kept));

        using var sent = await town.Verifier.Client.GetAsync(Unit("0001") + "/evidence/e1");
        Assert.Equal(Pdf, await sent.Content.ReadAsByteArrayAsync());
        Assert.Equal("attachment", sent.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("application/pdf", sent.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", string.Join("", sent.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("sandbox", string.Join("", sent.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("no-store", sent.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var page = await PageAsync(town.Officer, Unit("0001") + "/1");
        Assert.Contains("12/QĐ-UBND, 01/03/2025", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetFileName(kept), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_officers_of_one_unit_overwrite_nothing_of_each_other()
    {
        await using var town = await StartAsync();
        await town.OpenAsync();
        using var colleague = await town.OfficerAsync("vy", "0001");
        using var first = await TypeAsync(town.Officer, "0001", "1", [("1.1:in.level", "head")]);
        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        using var second = await colleague.SendAsync("admin/password", Unit("0001") + "/1", ("kind", "self"), ("1.1:seen", "0"), ("1.1:in.level", "none"), ("1.1:explanation", "của tôi"));
        Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
        var page = WebUtility.HtmlDecode(await second.Content.ReadAsStringAsync());
        Assert.Contains("vừa được người khác thay đổi", page, StringComparison.Ordinal);
        Assert.Contains("của tôi", page, StringComparison.Ordinal);
        await using var book = RoundBook.ForReading(new LedgerOptions(town.Town.DataFolder), TimeProvider.System);
        Assert.Equal("head", Assert.Single(await book.EntriesAsync("sample-2025", "0001", None)).Answer.Level);
    }

    [Fact]
    public async Task A_unit_appeals_with_a_document_while_there_is_time()
    {
        await using var town = await StartAsync();
        await town.OpenAsync(("appeal_until", "2099-01-01T00:00"));
        await town.BringAsync(town.Officer, "0001", "submit", "screen", "verify");
        using var unreasoned = await TypeAsync(town.Officer, "0001", "1", [("1.1:in.level", "head")]);
        Assert.Equal(HttpStatusCode.BadRequest, unreasoned.StatusCode);
        using var appealed = await TypeAsync(town.Officer, "0001", "1", [("1.1:in.level", "head"), ("1.1:reason", "Có quyết định mới")], ("1.1:file", "moi.pdf", Pdf));
        Assert.Equal(HttpStatusCode.SeeOther, appealed.StatusCode);
        var seen = await PageAsync(town.Council, Unit("0001") + "/1");
        Assert.Contains("Có quyết định mới", seen, StringComparison.Ordinal);
        Assert.Contains("moi.pdf", seen, StringComparison.Ordinal);
        using var early = await TryStepAsync(town.Council, "0001", "close");
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
    }

    private static async Task ForbiddenAsync(AdminBrowser person, string address, (string Name, string Value)[] fields)
    {
        using var tried = await person.SendAsync("admin/password", address, fields);
        Assert.True(tried.StatusCode == HttpStatusCode.Forbidden, $"{string.Join(' ', fields)}: {tried.StatusCode}");
    }
}
