using System.IO.Compression;
using System.Net;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Rounds;
using OpenData.Warehouse.Scoring;
using static OpenData.Portal.Tests.AssessmentTown;

namespace OpenData.Portal.Tests;

/// <summary>The form of a unit as a workbook: downloaded, filled in without us, uploaded.</summary>
public sealed class FormWorkbookTests
{
    private const string Value = "D";
    private const string Cross = "F";
    private const string Explanation = "G";
    private const uint Percent = 9;
    private const uint ShortDate = 14;

    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_form_that_was_filled_in_offline_is_saved_and_says_afterwards_what_stands()
    {
        await using var town = await StartAsync(framework: FormFramework);
        await town.OpenAsync();
        using var form = await FormAsync(town.Officer);
        Assert.Empty(form.Complaints());
        Assert.Equal("Tự động: chưa tính", form.Shown("2.1|n", Value));

        // Texts as typed, numbers as pasted, words in capitals, in English, or by their code.
        const string Said = " Theo _x0041_ biên bản\nsố =1+1 và <b>";
        form.Type("1.1|level", Value, "CẤP PHÓ (10 điểm)").Paste("1.2|a", Value, "3").Type("1.2|b", Value, "4,5").Type("1.2|a", Explanation, Said.Replace("_x0041_", "_x005F_x0041_", StringComparison.Ordinal))
            .Type("1.3|value", Value, "Yes").Type("1.4|plan", Value, "một phần").Paste("1.4|report", Value, "1").Type("1.5|n", Cross, "X").Type("1.5|n", Explanation, "Không có chợ");
        await SavedAsync(town.Officer, form, 5);
        var entries = await EntriesAsync(town);
        Assert.Equal("deputy", entries["1.1"].Answer.Level);
        Assert.Equal([3m, 4.5m], [entries["1.2"].Answer.Numbers["a"], entries["1.2"].Answer.Numbers["b"]]);
        Assert.Equal(Said.Trim(), entries["1.2"].Explanation);
        Assert.Equal(1m, entries["1.3"].Answer.Numbers.Single().Value);
        Assert.Equal([0.5m, 1m], [entries["1.4"].Answer.Numbers["plan"], entries["1.4"].Answer.Numbers["report"]]);
        Assert.Equal(AnswerKind.NotApplicable, entries["1.5"].Answer.Kind);

        // The next download has it all, and sending it back untouched says nothing, in either language.
        foreach (var english in new[] { false, true })
        {
            using var again = await FormAsync(town.Officer, english: english);
            Assert.Empty(again.Complaints());
            Assert.Equal(english ? "a deputy (10 points)" : "cấp phó (10 điểm)", again.Shown("1.1|level", Value));
            Assert.Equal(english ? "4.5" : "4,5", again.Shown("1.2|b", Value));
            await SavedAsync(town.Officer, again, 0, english);
        }

        Assert.Equal(5, (await EntriesAsync(town)).Count);
    }

    [Fact]
    public async Task Every_cell_that_is_wrong_is_named_and_keeps_nothing_else_from_being_saved()
    {
        await using var town = await StartAsync(framework: FormFramework);
        await town.OpenAsync();
        using var form = await FormAsync(town.Officer);
        var (percent, date) = (form.Format(Percent), form.Format(ShortDate));
        form.Type("1.1|level", Value, "<i>trưởng</i>").Paste("1.2|a", Value, "45000", date).Type("1.2|b", Value, "1.234").Break("1.3|value", Value)
            .Paste("1.4|plan", Value, "0.5", percent).Type("1.5|n", Cross, "có thể").Type("1.6|a", Value, "7").Paste("1.6|b", Value, "0.5", percent);
        using var refused = await UploadAsync(town.Officer, form.Bytes());
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var raw = await refused.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<i>trưởng", WebUtility.HtmlDecode(raw.Replace("&lt;", "(", StringComparison.Ordinal)), StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode(raw);
        foreach (var (key, column, why) in new[]
        {
            ("1.2|b", Value, "đọc được hai cách"), ("1.1|level", Value, "Chọn một trong: người đứng đầu (20 điểm); cấp phó (10 điểm); không có (0 điểm)."), ("1.2|a", Value, "Ô chứa ngày hoặc giờ"), ("1.3|value", Value, "Ô báo lỗi"),
            ("1.4|plan", Value, "phần trăm"), ("1.5|n", Cross, "Ghi x hoặc để trống."),
        })
        {
            Assert.Matches($">{form.Address(key, column)}</th>[^\n]*{System.Text.RegularExpressions.Regex.Escape(why)}", page);
        }

        // Half an answer is not saved; per cent of an input that is per cent is clear.
        var saved = Assert.Single(await EntriesAsync(town)).Value;
        Assert.Equal([7m, 50m], [saved.Answer.Numbers["a"], saved.Answer.Numbers["b"]]);

        // The same file, put right, goes through; what only shows in an answer as a whole is named by its cell too.
        form.Type("1.1|level", Value, "head").Paste("1.2|a", Value, "1");
        form.Type("1.2|b", Value, "1234").Paste("1.3|value", Value, "1").Type("1.4|plan", Value, "đủ").Type("1.5|n", Cross, "x").Type("1.6|a", Value, "8");
        using var third = await UploadAsync(town.Officer, form.Bytes());
        Assert.Contains("hãy nêu vì sao thành phần không áp dụng", WebUtility.HtmlDecode(await third.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        form.Type("1.5|n", Explanation, "Không có chợ");
        await SavedAsync(town.Officer, form, 1);
        var entries = await EntriesAsync(town);
        Assert.Equal([1m, 1234m, 8m], [entries["1.2"].Answer.Numbers["a"], entries["1.2"].Answer.Numbers["b"], entries["1.6"].Answer.Numbers["a"]]);
    }

    [Fact]
    public async Task A_form_overwrites_nothing_that_somebody_entered_since_it_was_made()
    {
        await using var town = await StartAsync(framework: FormFramework);
        await town.OpenAsync();
        using var colleague = await town.OfficerAsync("vy", "0001");
        using var form = await FormAsync(town.Officer);
        using var typed = await TypeAsync(colleague, "0001", "1", [("1.1:in.level", "head"), ("1.3:in.value", "1"), ("1.3:explanation", "của Vy")], ("1.1:file", "a.pdf", Pdf));
        Assert.Equal(HttpStatusCode.SeeOther, typed.StatusCode);

        // What the form leaves as it was is not taken back; what it changes is refused, with both to look at.
        form.Type("1.3|value", Value, "không").Type("1.6|a", Value, "7");
        using var refused = await UploadAsync(town.Officer, form.Bytes());
        var page = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
        Assert.Contains("vừa được người khác thay đổi", page, StringComparison.Ordinal);
        Assert.Contains($">{form.Address("1.3|value", Value)}</th>", page, StringComparison.Ordinal);
        var entries = await EntriesAsync(town);
        Assert.Equal(("head", "của Vy", 7m), (entries["1.1"].Answer.Level, entries["1.3"].Explanation, entries["1.6"].Answer.Numbers["a"]));

        // What a query computed since is nobody's answer, and stands in nobody's way.
        using var computed = await town.Administrator.SendAsync(RoundDesk, RoundDesk + "/compute");
        using var crossed = await FormAsync(town.Officer);
        form.Type("1.3|value", Value, "").Type("2.1|n", Cross, "x").Type("2.1|n", Explanation, "Không có chợ");
        await SavedAsync(town.Officer, form, 1);
        Assert.StartsWith("Tự động: ", crossed.Shown("2.1|n", Value), StringComparison.Ordinal);
        Assert.Contains("1.250", crossed.Shown("2.1|n", Value), StringComparison.Ordinal);

        // A new form knows of it, and keeps the document that lies beside the answer.
        using var again = await FormAsync(town.Officer);
        again.Type("1.1|level", Value, "deputy");
        await SavedAsync(town.Officer, again, 1);
        Assert.Single((await EntriesAsync(town))["1.1"].Evidence);
    }

    [Fact]
    public async Task What_is_no_form_of_this_unit_is_refused_with_the_reason()
    {
        await using var town = await StartAsync(framework: FormFramework);
        await town.OpenAsync();
        using var others = await FormAsync(town.OtherOfficer, "0002");
        using var empty = new MemoryStream();
        using (var zip = new ZipArchive(empty, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("a.txt");
        }

        foreach (var (bytes, why) in new (byte[], string)[]
        {
            (others.Bytes(), "Đây là phiếu của đơn vị 0002, đợt sample-2025."), ([.. "<!doctype html><html></html>"u8], "trang HTML"), ([.. "code,name"u8], "không phải bảng tính"), (empty.ToArray(), "không phải bảng tính"),
            (others.Bytes()[..2000], "không phải bảng tính"), ([], "Hãy chọn tệp"), (new byte[(8 << 20) + 1], "lớn hơn 8 MiB"),
        })
        {
            using var refused = await UploadAsync(town.Officer, bytes);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains(why, WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }

        // Damaged in transit: some parts survive and are read, others are refused; the portal never fails.
        var whole = others.Bytes();
        var random = new Random(20_261_127);
        for (var i = 0; i < 60; i++)
        {
            byte[] damaged = [.. whole];
            for (var flips = random.Next(1, 20); flips > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            using var refused = await UploadAsync(town.Officer, damaged);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        // Rows that are lost, doubled or of nothing say so and change nothing.
        using var form = await FormAsync(town.Officer);
        form.Type("1.2|a", Value, "1").Rename("1.2|b", "").Type("1.6|a", Value, "7").Rename("1.3|value", "9.9|value").Type("1.5|n", Value, "3").Type("1.4|report", Value, "4");
        form.Rename("1.4|report", "1.5|n");
        using var odd = await UploadAsync(town.Officer, form.Bytes());
        var page = WebUtility.HtmlDecode(await odd.Content.ReadAsStringAsync());
        Assert.Contains("9.9|value", page, StringComparison.Ordinal);
        Assert.Contains("Dòng này có hai lần trong phiếu.", page, StringComparison.Ordinal);
        Assert.Equal(["1.6"], (await EntriesAsync(town)).Keys);
    }

    [Fact]
    public async Task Only_who_answers_for_a_unit_uploads_its_form_and_only_while_it_is_filled_in()
    {
        await using var town = await StartAsync(framework: FormFramework);
        await town.OpenAsync();
        using var form = await FormAsync(town.Officer);
        form.Type("1.6|a", Value, "7");
        foreach (var person in new[] { town.OtherOfficer, town.Verifier, town.Council, town.Administrator, town.Operator })
        {
            using var tried = await UploadAsync(person, form.Bytes());
            Assert.Equal(HttpStatusCode.Forbidden, tried.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await town.OtherOfficer.Client.GetAsync(Unit("0001") + "/form.xlsx")).StatusCode);
        await StepAsync(town.Officer, "0001", "submit");
        Assert.DoesNotContain("form.xlsx", await PageAsync(town.Officer, Unit("0001")), StringComparison.Ordinal);
        using var late = await UploadAsync(town.Officer, form.Bytes());
        Assert.Equal(HttpStatusCode.BadRequest, late.StatusCode);
        Assert.Empty(await EntriesAsync(town));
    }

    private static async Task<FilledForm> FormAsync(AdminBrowser person, string unit = "0001", bool english = false)
    {
        using var sent = await person.Client.GetAsync((english ? "en/" : "") + Unit(unit) + "/form.xlsx");
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.Equal($"sample-2025_{unit}.xlsx", sent.Content.Headers.ContentDisposition!.FileName);
        return new FilledForm(await sent.Content.ReadAsByteArrayAsync());
    }

    private static async Task SavedAsync(AdminBrowser person, FilledForm form, int expected, bool english = false)
    {
        using var sent = await UploadAsync(person, form.Bytes(), english);
        Assert.True(sent.StatusCode == HttpStatusCode.SeeOther, WebUtility.HtmlDecode(await sent.Content.ReadAsStringAsync()));
        Assert.EndsWith($"?saved={expected}", sent.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> UploadAsync(AdminBrowser person, byte[] bytes, bool english = false)
    {
        using var form = await person.FormAsync("admin/password");
        form.Add(new ByteArrayContent(bytes), "form", "phieu.xlsx");
        return await person.Client.PostAsync((english ? "en/" : "") + Unit("0001") + "/form.xlsx", form);
    }

    private static async Task<Dictionary<string, RoundEntry>> EntriesAsync(AssessmentTown town)
    {
        await using var book = RoundBook.ForReading(new LedgerOptions(town.Town.DataFolder), TimeProvider.System);
        return (await book.EntriesAsync("sample-2025", "0001", None)).GroupBy(e => e.Component, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
    }
}
