using Microsoft.AspNetCore.Http;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Ingest.Sources;
using OpenData.Ingest.Tests.Runs;

namespace OpenData.Ingest.Tests.Sources;

/// <summary>Access tokens by client credentials, from a real endpoint.</summary>
public sealed class OAuthTests
{
    private const string Csv = "id\n1\n";

    [Theory]
    [InlineData("basic", "grant_type=client_credentials&scope=cases.read+x", "Basic bSVDMyVBMStzJUUxJUJCJTkxJTNBMTpwbGFudGVkJTNBJTI2K3NlY3JldA==")]
    [InlineData("body", "grant_type=client_credentials&scope=cases.read+x&client_id=m%C3%A1+s%E1%BB%91%3A1&client_secret=planted%3A%26+secret", "")]
    public async Task The_client_shows_itself_as_the_contract_says_and_the_token_goes_to_the_source(string credentials, string form, string header)
    {
        var seen = new List<string>();
        await using var agency = await FlakyAgency.Start(async (c, _) =>
        {
            using var reader = new StreamReader(c.Request.Body);
            seen.Add($"{c.Request.Method} {c.Request.Path} [{c.Request.Headers.Authorization}] {await reader.ReadToEndAsync()}");
            await (c.Request.Path == "/token" ? Token(c, "t1") : FlakyAgency.Text(c, Csv));
        });
        using var rig = Rig(agency).Set("ID", "má số:1").Set("SECRET", "planted:& secret");
        await rig.Fetch(Source(new OAuthBinding("${URL}/token", "${ID}") { Scope = "cases.read x", Credentials = credentials }));
        Assert.Equal([$"POST /token [{header}] {form}", "GET /data [Bearer t1] "], seen);
    }

    [Fact]
    public async Task A_token_is_kept_until_shortly_before_its_end_and_asked_for_anew_once_when_it_is_refused()
    {
        var (tokens, refused) = (0, "");
        await using var agency = await FlakyAgency.Start((c, _) =>
            c.Request.Path == "/token" ? Token(c, $"t{++tokens}", ",\"expires_in\":\"600\"")
            : c.Request.Headers.Authorization == $"Bearer {refused}" ? FlakyAgency.Text(c, "no", status: 401)
            : FlakyAgency.Text(c, Csv));
        var clock = new ShiftedClock();
        using var rig = Rig(agency, clock);
        await rig.Fetch(Source());
        await rig.Fetch(Source());
        Assert.Equal(1, tokens);
        clock.Shift = TimeSpan.FromSeconds(530);
        await rig.Fetch(Source());
        Assert.Equal(1, tokens);
        clock.Shift = TimeSpan.FromSeconds(545);
        await rig.Fetch(Source());
        Assert.Equal(2, tokens);
        refused = "t2";
        await rig.Fetch(Source());
        Assert.Equal((3, 8), (tokens, agency.Requests - 1));
    }

    [Fact]
    public async Task A_source_that_refuses_every_token_ends_by_name_after_one_more()
    {
        await using var agency = await FlakyAgency.Start((c, n) => c.Request.Path == "/token" ? Token(c, $"t{n}") : FlakyAgency.Text(c, "no", status: 401));
        using var rig = Rig(agency);
        Assert.Equal(SourceErrors.NotAllowed, await rig.Failure(Source()));
        Assert.Equal(4, agency.Requests);
    }

    [Fact]
    public async Task A_redirect_takes_the_token_to_no_other_host()
    {
        var shown = "?";
        await using var other = await FlakyAgency.Start((c, _) =>
        {
            shown = c.Request.Headers.Authorization.ToString();
            return FlakyAgency.Text(c, Csv);
        });
        await using var agency = await FlakyAgency.Start((c, _) => c.Request.Path == "/token" ? Token(c, "t1") : Redirect(c, other.Url));
        using var rig = Rig(agency);
        await rig.Fetch(Source());
        Assert.Equal("", shown);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_client","error_description":"planted"}""", "OD2025", "(invalid_client)")]
    [InlineData(401, """{"error":"planted"}""", "OD2025", "refused.")]
    [InlineData(403, "no", "OD2004", "403")]
    [InlineData(404, "no", "OD2003", "404")]
    [InlineData(302, "", "OD2003", "302")]
    [InlineData(503, "", "OD2003", "503")]
    [InlineData(200, "<html>planted", "OD2006", "HTML")]
    [InlineData(200, "planted", "OD2026", "JSON")]
    [InlineData(200, "[]", "OD2026", "{}")]
    [InlineData(200, """{"token_type":"Bearer"}""", "OD2026", "access_token")]
    [InlineData(200, """{"access_token":"planted\r\nX: y","token_type":"Bearer"}""", "OD2026", "access_token")]
    [InlineData(200, """{"access_token":"planted","token_type":"mac"}""", "OD2026", "token_type")]
    [InlineData(200, """{"access_token":"planted","token_type":"Bearer","expires_in":-5}""", "OD2026", "expires_in")]
    public async Task An_endpoint_that_gives_no_token_ends_by_name_and_its_words_are_not_repeated(int status, string body, string code, string word)
    {
        await using var agency = await FlakyAgency.Start((c, _) =>
        {
            c.Response.Headers.Location = "/elsewhere";
            return FlakyAgency.Text(c, body, status: status);
        });
        using var rig = Rig(agency);
        var error = await Assert.ThrowsAsync<OpenDataException>(() => rig.Fetch(Source()));
        Assert.Equal(code, error.Code.Code);
        Assert.Contains(word, error.Detail.En, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(status == 503 ? rig.Limits.TriesMax : 1, agency.Requests);
    }

    [Fact]
    public async Task An_endpoint_on_a_private_address_is_refused_like_any_source()
    {
        await using var agency = await FlakyAgency.Start((c, _) => FlakyAgency.Text(c, Csv));
        await using var inner = await FlakyAgency.Start((c, _) => Token(c, "t1"));
        using var rig = new SourceRig(allow: $"127.0.0.1:{new Uri(agency.Url).Port}").Set("URL", agency.Url).Set("SECRET", "s");
        Assert.Equal(SourceErrors.AddressRefused, await rig.Failure(Source(new OAuthBinding(inner.Url.Replace("http:", "https:", StringComparison.Ordinal), "me"))));
        Assert.Equal(0, inner.Requests);
    }

    [Fact]
    public async Task A_secret_does_not_leave_our_network_unencrypted()
    {
        await using var agency = await FlakyAgency.Start((c, _) => FlakyAgency.Text(c, Csv));
        using var rig = Rig(agency);
        Assert.Equal(SourceErrors.BindingUnusable, await rig.Failure(Source(new OAuthBinding("http://login.example.org/token", "me"))));
        Assert.Equal(0, agency.Requests);
    }

    private static SourceBinding Source(OAuthBinding? oauth = null)
        => new("csv") { Url = "${URL}/data", Auth = new SourceAuth("oauth", "${SECRET}") { OAuth = oauth ?? new OAuthBinding("${URL}/token", "me") } };

    private static SourceRig Rig(FlakyAgency agency, TimeProvider? clock = null) => new SourceRig(clock: clock).Set("URL", agency.Url).Set("SECRET", "planted-secret");

    private static Task Token(HttpContext context, string value, string more = "")
        => FlakyAgency.Text(context, $"{{\"access_token\":\"{value}\",\"token_type\":\"bearer\"{more}}}");

    private static Task Redirect(HttpContext context, string target)
    {
        (context.Response.StatusCode, context.Response.Headers.Location) = (302, target);
        return Task.CompletedTask;
    }
}
