using Microsoft.Playwright;

namespace OpenData.Journeys.Tests;

/// <summary>The administration as the people of a province go through it, in a real browser on a phone, with a real worker beside the portal.</summary>
public sealed class AdministrationTests
{
    private const string Password = "mật khẩu dài của Lan 2026";

    [BrowserFact]
    public async Task From_the_first_link_to_a_version_that_another_person_approved()
    {
        await using var town = new Town();
        Catalogue(town);
        await town.StartPortalAsync();
        await using var browser = await Browser.StartAsync();
        var lan = await browser.PersonAsync(town.Root);

        // Nobody is let in before the link that the portal printed was opened.
        await lan.GotoAsync("/admin/runs");
        Assert.Contains("/admin/sign-in", lan.Url, StringComparison.Ordinal);
        await lan.GotoAsync(await town.FirstLinkAsync());
        await Browser.ChooseAsync(lan, "lan", Password);
        await Assertions.Expect(lan.GetByRole(AriaRole.Navigation, new() { Name = "Quản trị" })).ToBeVisibleAsync();
        await Browser.FitsAsync(lan);
        await Browser.PictureAsync(lan, "admin-home");

        // A run is asked for; the worker takes it up, and its page tells the steps and the refused record.
        town.StartIngest("serve");
        await Browser.UntilAsync(lan, "/admin/runs?dataset=services&status=waiting", "main tbody tr", 1); // it has read the file before we change it
        town.Folder.Write("services.csv", "code,name,fee\n00001,Cấp giấy phép,11.50\n00002,Chứng thực,mười đồng\n");
        await lan.GotoAsync("/admin/schedules");
        await lan.GetByRole(AriaRole.Button, new() { Name = "Chạy ngay services" }).ClickAsync();
        await Browser.UntilSeenAsync(lan, "/admin/approvals", "Bạn là người yêu cầu phiên bản này");
        await Browser.UntilAsync(lan, "/admin/runs?dataset=services&status=waiting", "main tbody tr", 1);
        await Browser.FitsAsync(lan);
        await Browser.PictureAsync(lan, "admin-runs");
        await lan.Locator("main a[href*='/admin/runs/']").First.ClickAsync();
        await Assertions.Expect(lan.Locator("main")).ToContainTextAsync("chờ duyệt");
        await Browser.FitsAsync(lan);
        await Browser.PictureAsync(lan, "admin-run");
        await lan.GotoAsync("/admin/quarantine");
        await lan.Locator("main tbody a").First.ClickAsync();
        await Assertions.Expect(lan.Locator("main")).ToContainTextAsync("mười đồng");
        await Browser.FitsAsync(lan);
        await Browser.PictureAsync(lan, "admin-quarantine");

        // Who asked may approve elsewhere, not here; and the public sees nothing yet.
        await Browser.UntilSeenAsync(lan, "/admin/approvals", "Bạn là người yêu cầu phiên bản này");
        await Assertions.Expect(lan.GetByRole(AriaRole.Button, new() { Name = "Duyệt services" })).ToHaveCountAsync(0);
        var visitor = await browser.PersonAsync(town.Root);
        Assert.Equal(404, (await visitor.GotoAsync("/datasets/services"))!.Status); // a page always answers

        // Another person is invited, takes the link in a window of their own, and decides.
        await lan.GotoAsync("/admin/people");
        var invite = lan.Locator("section[aria-labelledby=invite]");
        await invite.GetByLabel("Tên đăng nhập").FillAsync("minh");
        await invite.Locator("input[value=approver]").CheckAsync();
        await invite.GetByRole(AriaRole.Button, new() { Name = "Mời người mới" }).ClickAsync();
        var link = await lan.Locator(".link").InnerTextAsync();
        await Browser.FitsAsync(lan);
        var minh = await browser.PersonAsync(town.Root, width: 1280);
        await minh.GotoAsync(link);
        await Browser.ChooseAsync(minh, null, Password);
        Assert.Equal(403, (await minh.GotoAsync("/admin/people"))!.Status);
        await minh.GotoAsync("/admin/approvals");
        await Browser.PictureAsync(minh, "admin-approvals");
        await minh.GetByRole(AriaRole.Button, new() { Name = "Duyệt services" }).ClickAsync();
        await Browser.UntilSeenAsync(visitor, "/datasets/services", "Mỗi dòng là một dịch vụ.");
        await Browser.PictureAsync(visitor, "dataset-phone");
        await Browser.FitsAsync(visitor);

        // What was done stands in the log, and whoever leaves is out.
        await lan.GotoAsync("/admin/audit");
        foreach (var act in new[] { "minh", "approve", "services" })
        {
            await Assertions.Expect(lan.Locator("main table")).ToContainTextAsync(act);
        }

        await Browser.PictureAsync(lan, "admin-audit");
        await lan.GetByRole(AriaRole.Button, new() { Name = "Đăng xuất" }).ClickAsync();
        await lan.GotoAsync("/admin/audit");
        Assert.Contains("/admin/sign-in", lan.Url, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task The_keyboard_alone_signs_in()
    {
        await using var town = new Town();
        Catalogue(town);
        await town.StartPortalAsync();
        await using var browser = await Browser.StartAsync();
        var lan = await browser.PersonAsync(town.Root, width: 1280);
        await lan.GotoAsync(await town.FirstLinkAsync());
        await Browser.ChooseAsync(lan, "lan", Password);
        var elsewhere = await browser.PersonAsync(town.Root, width: 1280);
        await elsewhere.GotoAsync("/admin/audit");
        await TabToAsync(elsewhere, "name");
        await elsewhere.Keyboard.TypeAsync("lan");
        await elsewhere.Keyboard.PressAsync("Tab");
        await elsewhere.Keyboard.TypeAsync("không đúng 123456");
        await elsewhere.Keyboard.PressAsync("Enter");
        await Assertions.Expect(elsewhere.GetByRole(AriaRole.Alert)).ToContainTextAsync("Tên hoặc mật khẩu không đúng");
        await TabToAsync(elsewhere, "password");
        await elsewhere.Keyboard.TypeAsync(Password);
        await elsewhere.Keyboard.PressAsync("Enter");
        await Assertions.Expect(elsewhere.GetByRole(AriaRole.Heading, new() { Name = "Nhật ký thao tác" })).ToBeVisibleAsync();
    }

    private static async Task TabToAsync(IPage page, string name)
    {
        for (var i = 0; i < 40; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.Locator($"input[name={name}]:focus").CountAsync() == 1)
            {
                return;
            }
        }

        Assert.Fail($"The keyboard does not reach {name}.");
    }

    private static void Catalogue(Town town)
    {
        town.Folder.Write("services.csv", "code,name,fee\n00001,Cấp giấy phép,10.50\n00002,Chứng thực,mười đồng\n");
        town.Folder.Write("catalog/datasets/services.yaml",
            $$"""
            dataset: services
            title: { vi: Dịch vụ, en: Services }
            summary: { vi: Mỗi dòng là một dịch vụ., en: Each row is a service. }
            publisher: units_source
            theme: regions
            license: mit
            source: { kind: csv, path: "{{town.Folder["services.csv"]}}" }
            refresh: { cron: "0 0 3 1 1 ?", time_zone: Asia/Ho_Chi_Minh }
            load: replace
            key: [code]
            approval: { required: true }
            columns:
              - { name: code, type: code, required: true, title: { vi: Mã, en: Code } }
              - { name: name, type: text, required: true, title: { vi: Tên, en: Name } }
              - { name: fee, type: "decimal(12,2)", title: { vi: Phí, en: Fee } }

            """);
        town.WriteRegisters();

        town.Set("CATALOG_DIR", town.Folder["catalog"]);
    }
}
