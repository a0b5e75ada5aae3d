using System.Globalization;
using Microsoft.Playwright;
using OpenData.TestKit;

namespace OpenData.Journeys.Tests;

/// <summary>A whole round as its people go through it: officer and verifier on a phone, council and administrator at a desk, nobody with JavaScript.</summary>
public sealed class AssessmentJourneyTests
{
    private const string Password = "mật khẩu dài của mọi người 2026";
    private const string Round = "/admin/assessments/sample-2025";
    private const string Unit = Round + "/units/0001";

    [BrowserFact]
    public async Task From_the_officers_form_to_the_public_page_that_says_what_the_download_says()
    {
        await using var town = new Town();
        Catalogue(town);
        await town.StartPortalAsync();
        await using var browser = await Browser.StartAsync();
        var lan = await browser.PersonAsync(town.Root);
        await lan.GotoAsync(await town.FirstLinkAsync());
        await Browser.ChooseAsync(lan, "lan", Password);
        var minh = await InviteAsync(browser, town, lan, "minh", "scoring_administrator", width: 1280);
        var hoa = await InviteAsync(browser, town, lan, "hoa", "unit_officer", units: "0001");
        var thu = await InviteAsync(browser, town, lan, "thu", "verifier");
        var dung = await InviteAsync(browser, town, lan, "dung", "council", width: 1280);

        // The administrator opens the round.
        await minh.GotoAsync("/admin/assessments");
        await minh.GetByRole(AriaRole.Link, new() { Name = "Mở đợt đánh giá" }).ClickAsync();
        await minh.GetByLabel("Phần cuối của mã đợt").FillAsync("2025");
        await minh.GetByLabel("Kỳ đánh giá từ ngày").FillAsync("2025-01-01");
        await minh.GetByLabel("Đến hết ngày").FillAsync("2025-12-31");
        await minh.GetByRole(AriaRole.Textbox, new() { Name = "Đơn vị", Exact = true }).FillAsync("code,name\n0001,Phường Một\n0002,Phường Hai");
        await minh.GetByLabel("Số liệu tạo ra để thử").CheckAsync();
        await Browser.PictureAsync(minh, "round-open");
        await minh.GetByRole(AriaRole.Button, new() { Name = "Mở đợt đánh giá" }).ClickAsync();
        await Assertions.Expect(minh.Locator("main")).ToContainTextAsync("Phường Một");

        // The officer types a number that can be read in two ways, mends it, adds a document and submits.
        await hoa.GotoAsync("/admin/assessments");
        await hoa.GetByRole(AriaRole.Link, new() { Name = "Bộ mẫu (2025)" }).ClickAsync();
        await Browser.FitsAsync(hoa);
        await hoa.Locator("main li a", new() { HasText = "Phường Một" }).ClickAsync();
        await Browser.FitsAsync(hoa);
        await Browser.PictureAsync(hoa, "round-unit-phone");
        await hoa.GetByRole(AriaRole.Link, new() { Name = "1 Nhận thức số" }).ClickAsync();
        await hoa.GetByLabel("Mức đạt được").SelectOptionAsync("head");
        await hoa.GetByLabel("Do người đứng đầu chủ trì").FillAsync("3");
        await hoa.GetByLabel("Tất cả cuộc họp").FillAsync("1.234");
        await hoa.GetByRole(AriaRole.Button, new() { Name = "Lưu", Exact = true }).ClickAsync();
        await Assertions.Expect(hoa.GetByRole(AriaRole.Alert)).ToContainTextAsync("nội dung bạn gõ vẫn còn nguyên");
        await Assertions.Expect(hoa.GetByLabel("Tất cả cuộc họp")).ToHaveValueAsync("1.234");
        await Browser.FitsAsync(hoa);
        await Browser.PictureAsync(hoa, "round-sheet-mistake-phone");
        await hoa.GetByLabel("Tất cả cuộc họp").FillAsync("4");
        await hoa.GetByLabel("Giải trình").First.FillAsync("Theo quyết định thành lập Ban Chỉ đạo");
        await hoa.Locator("section.item summary").First.ClickAsync();
        await hoa.GetByLabel("Tệp").First.SetInputFilesAsync(new FilePayload { Name = "Quyết định.pdf", MimeType = "application/pdf", Buffer = [.. "%PDF-1.7\n"u8] });
        await hoa.GetByLabel("Số văn bản").First.FillAsync("12/QĐ-UBND");
        await hoa.GetByLabel("Ngày văn bản").First.FillAsync("2025-03-01");
        await hoa.GetByRole(AriaRole.Button, new() { Name = "Lưu", Exact = true }).ClickAsync();
        await Assertions.Expect(hoa.GetByRole(AriaRole.Status)).ToContainTextAsync("Đã lưu");
        await Assertions.Expect(hoa.Locator("main")).ToContainTextAsync("12/QĐ-UBND, 01/03/2025");
        await Browser.FitsAsync(hoa);
        await Browser.PictureAsync(hoa, "round-sheet-phone");

        // The same form as a workbook knows what was typed, and says nothing new when it comes back as it was.
        await hoa.GotoAsync(Unit);
        var download = await hoa.RunAndWaitForDownloadAsync(() => hoa.GetByRole(AriaRole.Link, new() { Name = "Tải phiếu (.xlsx)" }).ClickAsync());
        Assert.Equal("sample-2025_0001.xlsx", download.SuggestedFilename);
        await hoa.GetByLabel("Phiếu đã điền").SetInputFilesAsync(new FilePayload
        {
            Name = download.SuggestedFilename,
            MimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Buffer = await File.ReadAllBytesAsync(await download.PathAsync()),
        });
        await hoa.GetByRole(AriaRole.Button, new() { Name = "Tải lên" }).ClickAsync();
        await Assertions.Expect(hoa.GetByRole(AriaRole.Status)).ToContainTextAsync("Không có gì thay đổi");
        await Browser.FitsAsync(hoa);
        await SubmitAsync(hoa);

        // The verifier gives it back with a reason; the officer reads it, mends it and submits again.
        await thu.GotoAsync(Round);
        await thu.Locator("section[aria-labelledby=todo] a").ClickAsync();
        await thu.GetByLabel("Lý do").FillAsync("Thiếu biên bản cuộc họp");
        await Browser.FitsAsync(thu);
        await thu.GetByRole(AriaRole.Button, new() { Name = "Trả lại đơn vị" }).ClickAsync();
        await hoa.GotoAsync(Unit);
        await Assertions.Expect(hoa.Locator(".note").First).ToContainTextAsync("Thiếu biên bản cuộc họp");
        await hoa.GetByRole(AriaRole.Link, new() { Name = "1 Nhận thức số" }).ClickAsync();
        await hoa.GetByLabel("Do người đứng đầu chủ trì").FillAsync("2");
        await hoa.GetByRole(AriaRole.Button, new() { Name = "Lưu và sang nhóm sau" }).ClickAsync();
        await SubmitAsync(hoa);

        // The verifier looks at answers beside evidence and finds otherwise.
        await thu.GotoAsync(Unit);
        await thu.GetByRole(AriaRole.Button, new() { Name = "Phiếu đầy đủ, bắt đầu thẩm định" }).ClickAsync();
        await thu.GetByRole(AriaRole.Link, new() { Name = "1 Nhận thức số" }).ClickAsync();
        await Assertions.Expect(thu.GetByRole(AriaRole.Link, new() { Name = "Quyết định.pdf" })).ToBeVisibleAsync();
        await thu.GetByLabel("Mức đạt được").SelectOptionAsync("deputy");
        await thu.GetByLabel("Lý do").First.FillAsync("Quyết định ghi cấp phó");
        await thu.GetByLabel("Đã thẩm định mục này").Last.CheckAsync();
        await Browser.FitsAsync(thu);
        await Browser.PictureAsync(thu, "round-verify-phone");
        await thu.GetByRole(AriaRole.Button, new() { Name = "Lưu", Exact = true }).ClickAsync();
        await Assertions.Expect(thu.GetByRole(AriaRole.Status)).ToContainTextAsync("Đã lưu");
        await thu.GotoAsync(Unit);
        await thu.GetByRole(AriaRole.Button, new() { Name = "Kết thúc thẩm định" }).ClickAsync();

        // The council sees the gap, adjusts with a reason and closes.
        await dung.GotoAsync(Round);
        await Assertions.Expect(dung.Locator("section[aria-labelledby=units] tbody")).ToContainTextAsync("-10");
        await Browser.PictureAsync(dung, "round-council");
        await dung.GotoAsync(Unit + "/1");
        await dung.GetByLabel("Hoặc đặt thẳng tỷ lệ điểm").First.FillAsync("75");
        await dung.GetByLabel("Lý do điều chỉnh").First.FillAsync("Chấp nhận một phần");
        await Browser.PictureAsync(dung, "round-adjust");
        await dung.GetByRole(AriaRole.Button, new() { Name = "Lưu", Exact = true }).ClickAsync();
        await Assertions.Expect(dung.GetByRole(AriaRole.Status)).ToContainTextAsync("Đã lưu");
        await dung.GotoAsync(Unit);
        await Browser.PictureAsync(dung, "round-unit");
        await dung.GetByRole(AriaRole.Button, new() { Name = "Hội đồng kết thúc đơn vị" }).ClickAsync();

        // The other unit's answers came on paper; they are entered by a file, and the administrator publishes.
        town.Folder.Write("paper.csv", "unit,component,role,value\n0002,1.1,level,head\n0002,1.2,a,1\n0002,1.2,b,4\n0002,2.1,value,1\n");
        var imported = await town.IngestAsync("rounds", "import", "sample-2025", town.Folder["paper.csv"]);
        Assert.True(imported.ExitCode == 0, imported.Output);
        town.StartIngest("serve");
        await minh.GotoAsync(Round);
        await minh.GetByRole(AriaRole.Button, new() { Name = "Công bố" }).ClickAsync();
        await Assertions.Expect(minh.Locator("section[aria-labelledby=revisions]")).ToContainTextAsync("minh");
        await Assertions.Expect(minh.Locator("section[aria-labelledby=units] tbody")).ToContainTextAsync("đã công bố");
        await Browser.PictureAsync(minh, "round-published");

        // Anybody sees it, on a phone, without an account: the rank, the points, how they came about. The downloads say the same.
        var anybody = await browser.PersonAsync(town.Root);
        await Browser.UntilAsync(anybody, "/scores/sample-2025", "table.board tbody tr:has(td:first-child:text-is(\"1\"))", 1);
        await Browser.FitsAsync(anybody);
        await Browser.PictureAsync(anybody, "round-board-phone");
        var totals = (await PublishedScores.RowsAsync(town, "dti_scores")).Where(r => r["level"] == "total").ToDictionary(r => r["unit"]);
        var ranks = (await PublishedScores.RowsAsync(town, "dti_ranks")).ToDictionary(r => r["unit"], r => r["rank"]);
        Assert.Equal(["0001", "0002"], totals.Keys.Order(StringComparer.Ordinal));
        foreach (var (unit, row) in totals)
        {
            var line = await anybody.Locator("table.board tbody tr", new() { HasText = row["unit_name"] }).Locator("td, th").AllInnerTextsAsync();
            Assert.Equal([ranks[unit], row["unit_name"], Shown(row["value"], 4), Shown(row["points"], 2)], line.Take(4));
        }

        Assert.Equal(("35.00", "1"), (decimal.Parse(totals["0001"]["points"], CultureInfo.InvariantCulture).ToString("0.00", CultureInfo.InvariantCulture), ranks["0002"]));
        Assert.Equal(2, await PublishedScores.AreRecomputedAsync(town));
        await anybody.GetByRole(AriaRole.Link, new() { Name = "Phường Một" }).First.ClickAsync();
        await Assertions.Expect(anybody.Locator("main")).ToContainTextAsync("hội đồng ấn định: 0,75 × 20 = 15");
        await Assertions.Expect(anybody.Locator("main")).ToContainTextAsync("12/QĐ-UBND, 01/03/2025");
        await Assertions.Expect(anybody.Locator("main")).Not.ToContainTextAsync("Quyết định.pdf");
        await Browser.FitsAsync(anybody);
        await Browser.PictureAsync(anybody, "round-scorecard-phone");
    }

    private static string Shown(string number, int decimals)
        => decimal.Parse(number, CultureInfo.InvariantCulture).ToString($"F{decimals}", CultureInfo.InvariantCulture).Replace('.', ',');

    private static async Task SubmitAsync(IPage page)
    {
        await page.GotoAsync(Unit);
        await page.GetByRole(AriaRole.Button, new() { Name = "Nộp phiếu" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("đã nộp");
    }

    private static async Task<IPage> InviteAsync(Browser browser, Town town, IPage lan, string name, string role, string units = "", int width = 390)
    {
        await lan.GotoAsync("/admin/people");
        var invite = lan.Locator("section[aria-labelledby=invite]");
        await invite.GetByLabel("Tên đăng nhập").FillAsync(name);
        await invite.Locator($"input[value={role}]").CheckAsync();
        await invite.GetByLabel("Đơn vị phụ trách").FillAsync(units);
        await invite.GetByRole(AriaRole.Button, new() { Name = "Mời người mới" }).ClickAsync();
        var person = await browser.PersonAsync(town.Root, width);
        await person.GotoAsync(await lan.Locator(".link").InnerTextAsync());
        await Browser.ChooseAsync(person, null, Password);
        return person;
    }

    private static void Catalogue(Town town)
    {
        town.WriteRegisters();

        town.Folder.Write("services.csv", "code,name\n00001,Cấp giấy phép\n");
        town.Folder.Write("catalog/datasets/services.yaml",
            $$"""
            dataset: services
            title: { vi: Dịch vụ, en: Services }
            summary: { vi: Mỗi dòng là một dịch vụ., en: Each row is a service. }
            publisher: units_source
            theme: regions
            license: mit
            source: { kind: csv, path: "{{town.Folder["services.csv"]}}" }
            key: [code]
            columns:
              - { name: code, type: code, required: true, title: { vi: Mã, en: Code } }
              - { name: name, type: text, required: true, title: { vi: Tên, en: Name } }

            """);
        town.Folder.Write("catalog/frameworks/sample.yaml",
            """
            framework: sample
            title: { vi: Bộ mẫu, en: Sample }
            level: commune
            total: 100
            main_indices:
              - code: "1"
                name: { vi: Nhận thức số, en: Awareness }
                points: 60
                components:
                  - { code: "1.1", name: { vi: Trưởng ban Chỉ đạo, en: Chair }, points: 20, formula: { kind: levels, levels: { head: 1, deputy: 0.5, none: 0 } }, evidence: { vi: Quyết định thành lập, en: Decision } }
                  - code: "1.2"
                    name: { vi: Cuộc họp chuyển đổi số, en: Meetings }
                    points: 40
                    formula: { kind: ratio, zero: not_applicable }
                    inputs:
                      - { role: a, title: { vi: Do người đứng đầu chủ trì, en: Chaired by the head } }
                      - { role: b, title: { vi: Tất cả cuộc họp, en: All meetings } }
              - code: "2"
                name: { vi: Thể chế số, en: Institutions }
                points: 40
                components:
                  - { code: "2.1", name: { vi: Ban hành kế hoạch, en: Plan issued }, points: 40, formula: { kind: boolean } }

            """);
        foreach (var file in Directory.GetFiles(Repository.File("catalogs/thai-nguyen/datasets"), "dti_*.yaml").Where(f => !f.EndsWith("dti_published_values.yaml", StringComparison.Ordinal)))
        {
            var contract = File.ReadAllText(file).Replace("so_khcn", "units_source", StringComparison.Ordinal).Replace("theme: technology", "theme: regions", StringComparison.Ordinal)
                .Replace("vn_open_1", "mit", StringComparison.Ordinal);
            town.Folder.Write($"catalog/datasets/{Path.GetFileName(file)}", contract);
        }

        town.Set("CATALOG_DIR", town.Folder["catalog"]);
    }
}
