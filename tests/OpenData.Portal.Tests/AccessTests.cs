using System.Net;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenData.Portal.Access;
using OpenData.Warehouse.Accounts;

namespace OpenData.Portal.Tests;

/// <summary>The life of an account, on a real server.</summary>
public sealed class AccessTests
{
    private const string Password = AdminBrowser.Password;

    [Fact]
    public async Task From_the_first_link_to_sign_out_and_no_secret_is_in_the_data_folder()
    {
        using var town = await TestTown.BuildAsync();
        await using var portal = await RunningPortal.StartAsync(town);
        await RunningPortal.WaitAsync(() => Task.FromResult(portal.Printed.ToString().Contains("token=", StringComparison.Ordinal)));
        var token = portal.Printed.ToString().Split("token=")[1].Trim();
        using var lan = new AdminBrowser(portal.Root);
        var browser = lan.Client;

        using var taken = await lan.SendAsync("admin/link?token=" + token, "admin/link", ("token", token), ("name", "Nguyễn Thị Lan"), ("password", Password));
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
        var cookie = taken.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("od_session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        var home = await browser.GetAsync("en/admin");
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
        Assert.True(home.Headers.CacheControl!.NoStore);
        Assert.Contains("Nguyễn Thị Lan", await browser.GetStringAsync("admin/people"), StringComparison.Ordinal);
        Assert.Contains("session.start", await browser.GetStringAsync("admin/audit"), StringComparison.Ordinal);

        // Used once, and the only operator stays.
        Assert.Equal(HttpStatusCode.Gone, (await browser.GetAsync("admin/link?token=" + token)).StatusCode);
        using var last = await lan.SendAsync("admin/people", "admin/people/disable", ("name", "Nguyễn Thị Lan"));
        Assert.Equal(HttpStatusCode.Conflict, last.StatusCode);

        // Without the token of the form nothing happens.
        using var forged = await browser.PostAsync("admin/people/invite", new FormUrlEncodedContent([new("name", "minh"), new("role", "operator")]));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);

        var secret = cookie.Split('=', ';')[1];
        var found = Directory.EnumerateFiles(town.DataFolder, "*", SearchOption.AllDirectories)
            // Locked by the engine's owner, and empty.
            .Where(f => Path.GetFileName(f) != "lock")
            .Where(f => { var text = Encoding.UTF8.GetString(ReadShared(f)); return text.Contains(token, StringComparison.Ordinal) || text.Contains(secret, StringComparison.Ordinal) || text.Contains(Password, StringComparison.Ordinal); });
        Assert.Empty(found);

        using var left = await lan.SendAsync("admin", "admin/sign-out");
        Assert.Equal(HttpStatusCode.SeeOther, left.StatusCode);
        using var old = new HttpRequestMessage(HttpMethod.Get, "admin");
        old.Headers.Add("Cookie", "od_session=" + secret);
        Assert.Equal(HttpStatusCode.SeeOther, (await portal.Client.SendAsync(old)).StatusCode);

        // Wrong ones are refused, the sixth at once; the right one waits too.
        for (var i = 0; i < 6; i++)
        {
            using var wrong = await lan.SendAsync("admin/sign-in", "admin/sign-in", ("name", "nguyễn thị lan"), ("password", "wrong"));
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var wait = await lan.SendAsync("admin/sign-in", "admin/sign-in", ("name", "Nguyễn Thị Lan"), ("password", Password));
        Assert.Equal(HttpStatusCode.TooManyRequests, wait.StatusCode);
    }

    [Fact]
    public async Task Every_address_of_the_administration_refuses_strangers_and_nothing_else_takes_a_POST()
    {
        using var town = await TestTown.BuildAsync();
        await using var portal = await RunningPortal.StartAsync(town);
        var walked = 0;
        foreach (var endpoint in portal.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var path = endpoint.RoutePattern.RawText!;
            var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["POST"];
            if (!path.StartsWith("/admin", StringComparison.Ordinal) && !path.StartsWith("/en/admin", StringComparison.Ordinal))
            {
                if (endpoint.Metadata.OfType<OpenDoor>().Contains(OpenDoor.ForCallers))
                {
                    using var asked = await portal.Client.SendAsync(new HttpRequestMessage(new HttpMethod(methods[0]), path.TrimStart('/')));
                    Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
                    continue;
                }

                Assert.True(methods.All(m => m is "GET" or "HEAD") || endpoint.Metadata.OfType<OpenDoor>().Contains(OpenDoor.ReadsByPost), path);
                continue;
            }

            foreach (var method in methods.Where(_ => !endpoint.Metadata.OfType<OpenDoor>().Any()))
            {
                using var answer = await portal.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path.TrimStart('/')));
                Assert.Equal(method == "POST" ? HttpStatusCode.Unauthorized : HttpStatusCode.SeeOther, answer.StatusCode);
                walked++;
            }
        }

        Assert.True(walked > 20, $"only {walked}");
    }

    [Fact]
    public async Task People_who_only_score_see_their_own_password_and_nothing_of_the_platform()
    {
        using var town = await TestTown.BuildAsync();
        await using var portal = await RunningPortal.StartAsync(town);
        using var lan = await AdminBrowser.FirstOperatorAsync(portal, "lan");
        foreach (var role in AccountRoles.Scoring.Select(AccountRoles.Text))
        {
            using var scorer = await lan.InviteAsync("hoa " + role, role);
            Assert.Equal(HttpStatusCode.OK, (await scorer.Client.GetAsync("admin")).StatusCode);
            Assert.DoesNotContain("/admin/people", await scorer.Client.GetStringAsync("admin"), StringComparison.Ordinal);
            var refused = 0;
            foreach (var endpoint in portal.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
            {
                var path = endpoint.RoutePattern.RawText!.TrimStart('/');
                var mayRead = endpoint.Metadata.GetMetadata<RequiredRole>()?.AnyOf.Select(AccountRoles.Text).Contains(role) == true;
                if (!path.StartsWith("admin", StringComparison.Ordinal) || mayRead || endpoint.Metadata.OfType<OpenDoor>().Any())
                {
                    continue;
                }

                var writes = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains("POST");
                using var answer = writes ? await scorer.SendAsync("admin", path) : await scorer.Client.GetAsync(path);
                Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{role} {path} {answer.StatusCode}");
                refused++;
            }

            Assert.True(refused > 12, $"{role}: only {refused}");
        }

        // Only who operates gives roles and units.
        using var administrator = await lan.InviteAsync("quản trị", "scoring_administrator", "verifier");
        Assert.Equal(HttpStatusCode.OK, (await administrator.Client.GetAsync("admin/audit")).StatusCode);
        using var raised = await administrator.SendAsync("admin", "admin/people/roles", ("name", "quản trị"), ("role", "operator"));
        Assert.Equal(HttpStatusCode.Forbidden, raised.StatusCode);
    }

    [Fact]
    public async Task An_operator_gives_units_on_the_page_of_people_and_a_bad_code_is_said()
    {
        using var town = await TestTown.BuildAsync();
        await using var portal = await RunningPortal.StartAsync(town);
        using var lan = await AdminBrowser.FirstOperatorAsync(portal, "lan");
        using var hoa = await lan.InviteAsync("hoa", "unit_officer");
        Assert.Contains("chưa được giao đơn vị", await lan.Client.GetStringAsync("admin/people"), StringComparison.Ordinal);
        using var given = await lan.SendAsync("admin/people", "admin/people/units", ("name", "hoa"), ("units", "so_y_te, 05440"));
        Assert.Equal(HttpStatusCode.SeeOther, given.StatusCode);
        Assert.Contains("05440, so_y_te", await lan.Client.GetStringAsync("en/admin/people"), StringComparison.Ordinal);
        using var bad = await lan.SendAsync("admin/people", "admin/people/units", ("name", "hoa"), ("units", "\"><script>"));
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.DoesNotContain("<script", await bad.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("account.units", await lan.Client.GetStringAsync("admin/audit"), StringComparison.Ordinal);
        using var own = await hoa.SendAsync("admin", "admin/people/units", ("name", "hoa"), ("units", "so_noi_vu"));
        Assert.Equal(HttpStatusCode.Forbidden, own.StatusCode);
    }

    [Theory]
    [InlineData("/admin/people?x=1", "/admin/people?x=1")]
    [InlineData("/en/admin", "/en/admin")]
    [InlineData("//evil.example/admin", "-")]
    [InlineData("/admin//evil", "-")]
    [InlineData("/admin/../x", "-")]
    [InlineData("https://evil.example/admin", "-")]
    [InlineData("/admin\\evil", "-")]
    [InlineData("/administrator", "-")]
    [InlineData(null, "-")]
    public void A_sign_in_leads_back_to_the_administration_only(string? wanted, string expected)
        => Assert.Equal(expected, ReturnAddress.Of(wanted, "-"));

    [Theory]
    [InlineData("ngắn quá", false)]
    [InlineData("matkhau123456", false)]
    [InlineData("PasswordPassword1!", false)]
    [InlineData("aaaaaaaaaaaaaaaa", false)]
    [InlineData("nguyenlan1234", false)]
    [InlineData("con mèo ngủ trên mái", true)]
    [InlineData("xk29 fgq7 bbt3", true)]
    public void Short_common_and_own_names_are_no_passwords(string password, bool good)
    {
        Assert.Equal(good, PasswordRules.Refusal(password, "nguyenlan") is null);
        Assert.NotNull(PasswordRules.Refusal(new string('x', 5_000) + "abcdefgh", "lan"));
    }

    [Fact]
    public async Task A_name_that_nobody_has_costs_the_same_hashing_as_a_wrong_password()
    {
        var counting = new CountingHasher();
        using var passwords = new Passwords(counting);
        var hash = await passwords.HashAsync(Password, CancellationToken.None);
        await passwords.CheckAsync(null, Password, CancellationToken.None);
        counting.Verified.Clear();
        Assert.Equal(PasswordVerificationResult.Failed, await passwords.CheckAsync(null, "nobody has this account", CancellationToken.None));
        Assert.Equal(PasswordVerificationResult.Failed, await passwords.CheckAsync(hash, "wrong", CancellationToken.None));
        Assert.Equal(PasswordVerificationResult.Success, await passwords.CheckAsync(hash, Password, CancellationToken.None));

        // The same work: hashes of one kind, one look each.
        Assert.Equal(3, counting.Verified.Count);
        Assert.Single(counting.Verified.Select(h => h.Length).Distinct());
    }

    [Fact]
    public async Task A_secret_that_somebody_planted_in_a_browser_is_never_a_session_and_signing_in_replaces_it()
    {
        using var town = await TestTown.BuildAsync();
        await using var portal = await RunningPortal.StartAsync(town);
        using var lan = await AdminBrowser.FirstOperatorAsync(portal, "lan");
        using var minh = await lan.InviteAsync("minh", "operator");
        using var victim = new AdminBrowser(portal.Root);
        victim.Client.DefaultRequestHeaders.Add("Cookie", "od_session=planted-by-an-attacker-0123456789abcdef");
        Assert.Equal(HttpStatusCode.SeeOther, (await victim.Client.GetAsync("admin")).StatusCode);
        victim.Client.DefaultRequestHeaders.Remove("Cookie");
        using var signed = await victim.SendAsync("admin/sign-in", "admin/sign-in", ("name", "minh"), ("password", AdminBrowser.Password));
        Assert.Equal(HttpStatusCode.SeeOther, signed.StatusCode);
        Assert.DoesNotContain("planted", signed.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("od_session=", StringComparison.Ordinal)), StringComparison.Ordinal);

        // Disabling ends every session at once.
        Assert.Equal(HttpStatusCode.OK, (await victim.Client.GetAsync("admin")).StatusCode);
        using var disabled = await lan.SendAsync("admin/people", "admin/people/disable", ("name", "minh"));
        Assert.Equal(HttpStatusCode.SeeOther, disabled.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await victim.Client.GetAsync("admin")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await minh.Client.GetAsync("admin")).StatusCode);
        using var refused = await victim.SendAsync("admin/sign-in", "admin/sign-in", ("name", "minh"), ("password", AdminBrowser.Password));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private sealed class CountingHasher : IPasswordHasher<Account>
    {
        private readonly PasswordHasher<Account> _real = new();

        public List<string> Verified { get; } = [];

        public string HashPassword(Account user, string password) => _real.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
        {
            Verified.Add(hashedPassword);
            return _real.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
