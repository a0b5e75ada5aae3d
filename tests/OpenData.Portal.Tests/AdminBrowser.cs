using System.Text.RegularExpressions;

namespace OpenData.Portal.Tests;

/// <summary>A browser without a screen that signs people in and sends forms as a browser does.</summary>
internal sealed partial class AdminBrowser : IDisposable
{
    public const string Password = "trời xanh mây trắng nắng vàng";

    public AdminBrowser(Uri root)
    {
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = root };
    }

    public HttpClient Client { get; }

    /// <summary>The first operator, made by the one-time link that the portal printed.</summary>
    public static async Task<AdminBrowser> FirstOperatorAsync(RunningPortal portal, string name)
    {
        await RunningPortal.WaitAsync(() => Task.FromResult(portal.Printed.ToString().Contains("token=", StringComparison.Ordinal)));
        var token = portal.Printed.ToString().Split("token=")[1].Trim();
        var browser = new AdminBrowser(portal.Root);
        await browser.AcceptAsync(token, ("name", name));
        return browser;
    }

    /// <summary>Somebody whom this person invites and who accepts, in a browser of their own.</summary>
    public async Task<AdminBrowser> InviteAsync(string name, params string[] roles)
    {
        using var made = await SendAsync("admin/people", "admin/people/invite", [("name", name), .. roles.Select(r => ("role", r))]);
        var browser = new AdminBrowser(Client.BaseAddress!);
        await browser.AcceptAsync(Link().Match(await made.Content.ReadAsStringAsync()).Groups[1].Value);
        return browser;
    }

    /// <summary>Opens a page and sends one of its forms.</summary>
    public async Task<HttpResponseMessage> SendAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var form = FormToken().Match(await Client.GetStringAsync(page)).Groups[1].Value;
        return await Client.PostAsync(action, new FormUrlEncodedContent(
            [new("form_token", form), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]));
    }

    /// <summary>Opens a page and begins a form that sends files.</summary>
    public async Task<MultipartFormDataContent> FormAsync(string page)
        => new() { { new StringContent(FormToken().Match(await Client.GetStringAsync(page)).Groups[1].Value), "form_token" } };

    public void Dispose() => Client.Dispose();

    private async Task AcceptAsync(string token, params (string Name, string Value)[] fields)
    {
        using var taken = await SendAsync("admin/link?token=" + token, "admin/link", [("token", token), ("password", Password), .. fields]);
        Assert.Equal(System.Net.HttpStatusCode.SeeOther, taken.StatusCode);
    }

    [GeneratedRegex("name=\"form_token\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("token=([A-Za-z0-9_-]+)")]
    private static partial Regex Link();
}
