using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenData.Portal.Access;
using OpenData.Warehouse.Accounts;

namespace OpenData.Portal.Tests;

/// <summary>Bearer tokens of an identity provider, on a real server; most tests try to get in.</summary>
public sealed class TokenTests(TokenPortal shared) : IClassFixture<TokenPortal>
{
    private const string Issuer = "https://id.example.vn/realms/tinh";
    private const string Audience = "opendata-portal";

    private static readonly RSA Key = RSA.Create(2048);
    private static readonly ECDsa Curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly RSA Stranger = RSA.Create(2048);

    /// <summary>Tokens that are wrong in one way each.</summary>
    public static TheoryData<string> Crossings =>
    [
        "wrong key", "wrong key of the same name", "wrong issuer", "no issuer", "wrong audience", "no audience", "expired", "no end", "not yet", "alg none", "alg None without signature",
        "key confusion", "key confusion with the whole JWKS", "key in the header", "key address in the header", "shared secret of the JWKS", "signature of another token", "no signature", "cut off",
        "another kind of token", "no name", "name of lines", "huge", "garbage", "four parts", "empty", "two tokens", "basic",
    ];

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS512")]
    [InlineData("ES256")]
    public async Task A_token_of_the_provider_tells_who_comes(string algorithm)
    {
        var portal = shared.Portal;
        using var answer = await AskAsync(portal, Sign(Header(algorithm), Claims()));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Contains("Authorization", string.Join(',', answer.Headers.Vary), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        var me = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(("Trần Hoa", "token"), ((string?)me["name"], (string?)me["way"]));
        Assert.Equal(["unit_officer"], me["roles"]!.AsArray().Select(r => (string?)r));
        Assert.Equal(["so_y_te"], me["units"]!.AsArray().Select(r => (string?)r));
    }

    [Theory]
    [MemberData(nameof(Crossings))]
    public async Task What_the_provider_did_not_sign_for_us_and_for_now_is_refused(string crossing)
    {
        var portal = shared.Portal;
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/me");
        var header = crossing switch
        {
            "empty" => "Bearer ",
            "basic" => "Basic " + Convert.ToBase64String("hoa:secret"u8),
            _ => "Bearer " + Crossing(crossing),
        };
        request.Headers.TryAddWithoutValidation("Authorization", crossing == "two tokens" ? [header, header] : [header]);
        using var answer = await portal.Client.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{crossing}: {answer.StatusCode} {body}");
        Assert.Equal("OD9107", (string?)JsonNode.Parse(body)!["code"]);
        Assert.Equal("Bearer error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString());
        Assert.DoesNotContain("Hoa", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-59, 600, true)]
    [InlineData(0, 59, true)]
    [InlineData(61, 600, false)]
    [InlineData(-600, -59, true)]
    [InlineData(-600, -60, false)]
    public void The_provider_s_clock_may_be_a_minute_off(int from, int until, bool holds)
    {
        var now = new DateTime(2026, 11, 27, 0, 0, 0, DateTimeKind.Utc);
        Assert.Equal(holds, BearerTokens.IsInTime(now.AddSeconds(from), now.AddSeconds(until), now));
        Assert.False(BearerTokens.IsInTime(now, null, now));
    }

    [Fact]
    public async Task Roles_that_are_not_mapped_are_none_and_units_that_are_no_codes_fall_away()
    {
        var portal = shared.Portal;
        var claims = Claims();
        claims["roles"] = new JsonArray("operator", "scoring_administrator", "admin", "DTI-OFFICER", 7, new JsonObject { ["role"] = "dti-officer" });
        claims["units"] = new JsonArray("so_y_te', 'x", "<b>", "../x", "sở_y_tế", "", null, 19);
        var me = JsonNode.Parse(await (await AskAsync(portal, Sign(Header("RS256"), claims))).Content.ReadAsStringAsync())!;
        Assert.Empty(me["roles"]!.AsArray());
        Assert.Empty(me["units"]!.AsArray());
    }

    [Fact]
    public async Task A_token_opens_nothing_of_the_administration_and_nothing_beside_a_session()
    {
        var portal = shared.Portal;
        using var lan = await AdminBrowser.FirstOperatorAsync(portal, "lan");
        var token = Sign(Header("RS256"), Claims());
        foreach (var path in new[] { "admin", "admin/people", "en/admin/audit" })
        {
            using var page = await portal.GetAsync(path, "Authorization", "Bearer " + token);
            Assert.Equal(HttpStatusCode.SeeOther, page.StatusCode);
        }

        using var post = new HttpRequestMessage(HttpMethod.Post, "admin/people/invite") { Content = new FormUrlEncodedContent([new("name", "x"), new("role", "operator")]) };
        post.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var refused = await portal.Client.SendAsync(post);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        // A session alone is known, with its own roles; with a token beside it, however good, it is not understood.
        var me = JsonNode.Parse(await lan.Client.GetStringAsync("api/v1/me"))!;
        Assert.Equal(("lan", "session"), ((string?)me["name"], (string?)me["way"]));
        Assert.Equal(["operator", "approver"], me["roles"]!.AsArray().Select(r => (string?)r));
        using var both = new HttpRequestMessage(HttpMethod.Get, "api/v1/me");
        both.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var two = await lan.Client.SendAsync(both);
        Assert.Equal(HttpStatusCode.BadRequest, two.StatusCode);
        Assert.Equal("OD9108", (string?)JsonNode.Parse(await two.Content.ReadAsStringAsync())!["code"]);

        // Public data never looks at a token.
        using var data = await portal.GetAsync("api/v1/datasets", "Authorization", "Bearer rubbish");
        Assert.Equal(HttpStatusCode.OK, data.StatusCode);
    }

    [Fact]
    public async Task Without_a_provider_every_token_is_refused_and_strangers_are_told_to_sign_in()
    {
        using var town = await TestTown.BuildAsync();
        await using var portal = await RunningPortal.StartAsync(town);
        using var token = await AskAsync(portal, Sign(Header("RS256"), Claims()));
        Assert.Equal(HttpStatusCode.Unauthorized, token.StatusCode);
        using var nobody = await portal.Client.GetAsync("api/v1/me");
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.Equal("OD9101", (string?)JsonNode.Parse(await nobody.Content.ReadAsStringAsync())!["code"]);
        Assert.False(nobody.Headers.Contains("WWW-Authenticate"));
    }

    [Fact]
    public async Task Keys_come_from_an_address_are_asked_for_again_when_they_changed_and_their_absence_is_not_the_callers_fault()
    {
        var served = (string?)null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var provider = builder.Build();
        provider.MapGet("/jwks", () => served is null ? Results.StatusCode(500) : Results.Text(served, "application/json"));
        await provider.StartAsync();
        var address = provider.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/jwks";

        using var town = await TestTown.BuildAsync();
        await using var portal = await RunningPortal.StartAsync(town, o => o with { Tokens = Options(address) });
        var token = Sign(Header("RS256"), Claims());
        using (var down = await AskAsync(portal, token))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, down.StatusCode);
            Assert.Equal("OD9109", (string?)JsonNode.Parse(await down.Content.ReadAsStringAsync())!["code"]);
        }

        served = Jwks(("old", Stranger));
        using (var strange = await AskAsync(portal, token))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, strange.StatusCode);
        }

        served = Jwks(("old", Stranger), ("k1", Key));
        await RunningPortal.WaitAsync(async () =>
        {
            using var again = await AskAsync(portal, token);
            return again.StatusCode == HttpStatusCode.OK;
        });
    }

    [Theory]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[{"kty":"oct","kid":"k1","k":"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"}]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","kid":"k1","e":"AQAB","n":"AQAB"}]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","kid":"k1"},{"kty":"EC","crv":"P-256"},{"kty":"OKP"}]}""")]
    public void A_JWKS_without_a_strong_public_key_is_none(string jwks)
        => Assert.Throws<InvalidOperationException>(() => TokenKeys.Parse(jwks));

    [Theory]
    [InlineData("""{"roles":["a","b"]}""", "roles", "a b")]
    [InlineData("""{"scope":"a b,c"}""", "scope", "a b c")]
    [InlineData("""{"realm_access":{"roles":["a"]}}""", "realm_access.roles", "a")]
    [InlineData("""{"https://x.vn/roles":["a"]}""", "https://x.vn/roles", "a")]
    [InlineData("""{"realm_access":"roles"}""", "realm_access.roles", "")]
    [InlineData("""{"roles":{"a":1}}""", "roles", "")]
    [InlineData("""[1]""", "roles", "")]
    [InlineData("""{"roles":[["a"],null,true,"b"]}""", "roles", "b")]
    public void Claims_are_read_where_providers_put_them(string payload, string claim, string texts)
    {
        using var json = JsonDocument.Parse(payload);
        Assert.Equal(texts, string.Join(' ', TokenClaims.Texts(json.RootElement, claim)));
    }

    [Theory]
    [InlineData("PORTAL_TOKEN_ISSUER=https://x;PORTAL_TOKEN_AUDIENCE=a", "together")]
    [InlineData("PORTAL_TOKEN_ISSUER=x;PORTAL_TOKEN_AUDIENCE=a;PORTAL_TOKEN_KEYS=no-such-file.json", "PORTAL_TOKEN_KEYS")]
    [InlineData("PORTAL_TOKEN_ISSUER=x;PORTAL_TOKEN_AUDIENCE=a;PORTAL_TOKEN_KEYS=http://id.example.vn/jwks", "https")]
    [InlineData("PORTAL_TOKEN_ISSUER=x;PORTAL_TOKEN_AUDIENCE=a;PORTAL_TOKEN_KEYS=ftp://id.example.vn/jwks", "https")]
    [InlineData("PORTAL_TOKEN_ISSUER=x;PORTAL_TOKEN_AUDIENCE=a;PORTAL_TOKEN_KEYS=https://x/y;PORTAL_TOKEN_ROLES=boss=operator", "PORTAL_TOKEN_ROLES")]
    [InlineData("PORTAL_TOKEN_ISSUER=x;PORTAL_TOKEN_AUDIENCE=a;PORTAL_TOKEN_KEYS=https://x/y;PORTAL_TOKEN_ROLES=a=council,a=verifier", "PORTAL_TOKEN_ROLES")]
    [InlineData("PORTAL_TOKEN_ISSUER=x;PORTAL_TOKEN_AUDIENCE=a;PORTAL_TOKEN_KEYS=https://x/y;PORTAL_TOKEN_ROLES==council", "PORTAL_TOKEN_ROLES")]
    public void Options_that_would_open_a_door_or_none_stop_the_start(string settings, string says)
        => Assert.Contains(says, Assert.Throws<InvalidOperationException>(() => PortalOptions.From(Configured(settings))).Message, StringComparison.Ordinal);

    [Fact]
    public void Options_are_off_by_default_and_read_as_written()
    {
        Assert.Null(PortalOptions.From(Configured("")).Tokens);
        var options = PortalOptions.From(Configured(
            "PORTAL_TOKEN_ISSUER=https://id.example.vn;PORTAL_TOKEN_AUDIENCE=a;PORTAL_TOKEN_KEYS=https://id.example.vn/jwks;PORTAL_TOKEN_ROLES=dti officer=unit_officer, c=council;PORTAL_TOKEN_ROLES_CLAIM=realm_access.roles")).Tokens!;
        Assert.Equal([AccountRole.UnitOfficer, AccountRole.Council], options.Roles.Values);
        Assert.Equal(("sub", "realm_access.roles", "units"), (options.NameClaim, options.RolesClaim, options.UnitsClaim));
    }

    private static string Crossing(string crossing)
    {
        var (header, claims, now) = (Header("RS256"), Claims(), TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        switch (crossing)
        {
            case "wrong key":
                header["kid"] = "k9";
                return Sign(header, claims, Stranger);
            case "wrong key of the same name":
                return Sign(header, claims, Stranger);
            case "wrong issuer":
                claims["iss"] = Issuer + "/";
                break;
            case "no issuer":
                claims.Remove("iss");
                break;
            case "wrong audience":
                claims["aud"] = new JsonArray("another-portal", "OPENDATA-PORTAL");
                break;
            case "no audience":
                claims.Remove("aud");
                break;
            case "expired":
                claims["exp"] = now - 61;
                break;
            case "no end":
                claims.Remove("exp");
                break;
            case "not yet":
                claims["nbf"] = now + 120;
                break;
            case "alg none":
                header["alg"] = "none";
                break;
            case "alg None without signature":
                header["alg"] = "None";
                return Unsigned(header, claims) + ".";
            case "key confusion":
                header["alg"] = "HS256";
                return Mac(header, claims, Encoding.ASCII.GetBytes(Key.ExportSubjectPublicKeyInfoPem()));
            case "key confusion with the whole JWKS":
                header["alg"] = "HS256";
                return Mac(header, claims, Encoding.ASCII.GetBytes(Jwks(("k1", Key))));
            case "key in the header":
                header["kid"] = "mine";
                header["jwk"] = JsonNode.Parse(Jwks(("mine", Stranger)))!["keys"]![0]!.DeepClone();
                return Sign(header, claims, Stranger);
            case "key address in the header":
                header["jku"] = "https://evil.example/jwks";
                return Sign(header, claims, Stranger);
            case "shared secret of the JWKS":
                header["alg"] = "HS256";
                header["kid"] = "shared";
                return Mac(header, claims, Shared);
            case "signature of another token":
                claims["sub"] = "Nguyễn Thị Lan";
                return Unsigned(header, claims) + "." + Sign(Header("RS256"), Claims()).Split('.')[2];
            case "no signature":
                return Unsigned(header, claims) + ".";
            case "cut off":
                return Sign(header, claims)[..^10];
            case "another kind of token":
                header["typ"] = "logout+jwt";
                break;
            case "no name":
                claims.Remove("sub");
                break;
            case "name of lines":
                claims["sub"] = "hoa\nlan signed in";
                break;
            case "huge":
                claims["x"] = new string('x', 20_000);
                break;
            case "garbage":
                return "%%%.{}.!!!";
            case "four parts":
                return Sign(header, claims) + ".x";
        }

        return Sign(header, claims);
    }

    private static readonly byte[] Shared = [.. Enumerable.Range(0, 64).Select(i => (byte)i)];

    private static JsonObject Header(string algorithm)
        => new() { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = algorithm.StartsWith("ES", StringComparison.Ordinal) ? "c1" : "k1" };

    private static JsonObject Claims()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = Audience,
            ["sub"] = "Trần Hoa",
            ["nbf"] = now,
            ["exp"] = now + 300,
            ["roles"] = new JsonArray("dti-officer", "other"),
            ["units"] = new JsonArray("so_y_te"),
        };
    }

    // Written by hand, so that a token can be wrong in ways that no library would write.
    private static string Sign(JsonObject header, JsonObject claims, RSA? key = null)
    {
        var (text, algorithm) = (Unsigned(header, claims), (string?)header["alg"]);
        var bytes = Encoding.ASCII.GetBytes(text);
        var signature = algorithm switch
        {
            "ES256" => Curve.SignData(bytes, HashAlgorithmName.SHA256),
            "PS512" => (key ?? Key).SignData(bytes, HashAlgorithmName.SHA512, RSASignaturePadding.Pss),
            _ => (key ?? Key).SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return text + "." + Base64UrlEncoder.Encode(signature);
    }

    private static string Mac(JsonObject header, JsonObject claims, byte[] secret)
    {
        var text = Unsigned(header, claims);
        return text + "." + Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(text)));
    }

    private static string Unsigned(JsonObject header, JsonObject claims)
        => Base64UrlEncoder.Encode(header.ToJsonString()) + "." + Base64UrlEncoder.Encode(claims.ToJsonString());

    private static string Jwks(params (string Id, RSA Key)[] keys)
    {
        var list = new JsonArray();
        foreach (var (id, key) in keys)
        {
            var parts = key.ExportParameters(includePrivateParameters: false);
            list.Add(new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = id, ["n"] = Base64UrlEncoder.Encode(parts.Modulus!), ["e"] = Base64UrlEncoder.Encode(parts.Exponent!) });
        }

        return new JsonObject { ["keys"] = list }.ToJsonString();
    }

    /// <summary>The provider's keys, with a shared secret that does not belong there.</summary>
    internal static string WholeJwks()
    {
        var all = JsonNode.Parse(Jwks(("k1", Key)))!;
        var point = Curve.ExportParameters(includePrivateParameters: false).Q;
        all["keys"]!.AsArray().Add(new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = "c1", ["x"] = Base64UrlEncoder.Encode(point.X!), ["y"] = Base64UrlEncoder.Encode(point.Y!) });
        all["keys"]!.AsArray().Add(new JsonObject { ["kty"] = "oct", ["kid"] = "shared", ["k"] = Base64UrlEncoder.Encode(Shared) });
        return all.ToJsonString();
    }

    /// <summary>What the operator set.</summary>
    internal static TokenOptions Options(string keys) => new(Issuer, Audience, keys)
    {
        Roles = new Dictionary<string, AccountRole>(StringComparer.Ordinal) { ["dti-officer"] = AccountRole.UnitOfficer },
    };

    private static IConfiguration Configured(string settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(s => KeyValuePair.Create(s[..s.IndexOf('=', StringComparison.Ordinal)], (string?)s[(s.IndexOf('=', StringComparison.Ordinal) + 1)..])))
        .Build();

    private static async Task<HttpResponseMessage> AskAsync(RunningPortal portal, string token) => await portal.GetAsync("api/v1/me", "Authorization", "Bearer " + token);
}
