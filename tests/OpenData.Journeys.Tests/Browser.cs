using Microsoft.Playwright;

namespace OpenData.Journeys.Tests;

/// <summary>
/// A real browser. Each person has cookies of their own, no JavaScript and the narrow screen of a cheap phone: what works there works everywhere.
/// <c>OPENDATA_SCREENSHOTS</c> names a folder for pictures to look at.
/// </summary>
public sealed class Browser : IAsyncDisposable
{
    // Where Debian puts it.
    private const string Chromium = "/usr/bin/chromium";

    private const int Patience = 120_000;

    private static readonly string? Pictures = Environment.GetEnvironmentVariable("OPENDATA_SCREENSHOTS");

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    /// <summary>Why there is no browser; null where there is one.</summary>
    public static string? WhyNot { get; } = File.Exists(Chromium) ? null : "No Chromium; ./dev test installs it where it may.";

    public static async Task<Browser> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        }));
    }

    /// <summary>A window of somebody's own.</summary>
    /// <param name="root">Address of the portal.</param>
    /// <param name="width">Width in pixels: 390 of a phone, 1,280 of a desk.</param>
    /// <param name="javaScript">Whether scripts run.</param>
    public async Task<IPage> PersonAsync(Uri root, int width = 390, bool javaScript = false)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = root.AbsoluteUri,
            JavaScriptEnabled = javaScript,
            Locale = "vi-VN",
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
        });
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    /// <summary>Takes a one-time link up: a name where the link gives none, and a password.</summary>
    public static async Task ChooseAsync(IPage page, string? name, string password)
    {
        if (name is not null)
        {
            await page.GetByLabel("Tên đăng nhập").FillAsync(name);
        }

        await page.GetByLabel("Mật khẩu mới").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Lưu" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Quản trị" })).ToBeVisibleAsync();
    }

    /// <summary>Takes a picture of the whole page, when somebody wants to look.</summary>
    public static async Task PictureAsync(IPage page, string name)
    {
        if (Pictures is not null)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, name + ".png"), FullPage = true });
        }
    }

    /// <summary>Loads the page again and again until it has the text.</summary>
    public static async Task UntilSeenAsync(IPage page, string address, string text)
        => await Town.UntilAsync(
            async () =>
            {
                await page.GotoAsync(address);
                return (await page.ContentAsync()).Contains(text, StringComparison.Ordinal);
            },
            $"“{text}” on {address}");

    /// <summary>Loads the page again and again until it has so many of the elements.</summary>
    public static async Task UntilAsync(IPage page, string address, string selector, int count)
        => await Town.UntilAsync(
            async () =>
            {
                await page.GotoAsync(address);
                return await page.Locator(selector).CountAsync() == count;
            },
            $"{count} of “{selector}” on {address}");

    /// <summary>Nothing is wider than the window: nobody has to push a page from side to side.</summary>
    public static async Task FitsAsync(IPage page)
    {
        var width = await page.Locator("html").EvaluateAsync<int>("e => e.scrollWidth");
        var widest = await page.Locator("html").EvaluateAsync<string>(
            "e => [...e.querySelectorAll('*')].filter(x => x.getBoundingClientRect().right > innerWidth && !x.closest('.wide')).map(x => x.tagName + '.' + x.className).join(' ')");
        Assert.True(width <= page.ViewportSize!.Width, $"{page.Url} is {width} pixels wide: {widest}"); // every window here has a size
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
