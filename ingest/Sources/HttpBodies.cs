using System.Net.Http.Headers;
using System.Text;
using OpenData.Catalogs;

namespace OpenData.Ingest.Sources;

/// <summary>Reads one watched body from an address.</summary>
internal sealed class HttpBodies(SourceHttp http, OAuthTokens tokens, Placeholders placeholders, SourceLimits limits, TimeProvider clock)
{
    /// <summary>The filled address and credential of a source.</summary>
    internal HttpTarget TargetOf(SourceBinding source)
    {
        var address = Address(source.Url!);
        return source.Auth switch
        {
            null => new HttpTarget(address, null, null),
            { OAuth: { } oauth } auth => new HttpTarget(address, null, new OAuthClient(
                Address(oauth.TokenUrl), placeholders.Fill(oauth.ClientId), placeholders.Fill(auth.Secret), oauth.Scope, oauth.Credentials == "body")),
            var auth => new HttpTarget(address, Credential(auth, placeholders.Fill(auth.Secret)), null),
        };
    }

    private Uri Address(string url)
        => Uri.TryCreate(placeholders.Fill(url), UriKind.Absolute, out var address) && (address.Scheme is "http" or "https") && address.UserInfo.Length == 0
            ? address
            : throw SourceFailure.Of(
                SourceErrors.BindingUnusable,
                "Địa chỉ nguồn phải là http(s) và không chứa mật khẩu.",
                "The source's address must be http(s) without a password in it.");

    private static (string Header, string Value) Credential(SourceAuth auth, string secret) => auth.Style switch
    {
        "bearer" when Ascii.IsValid(secret) => Bearer(secret),
        "basic" when secret.Contains(':', StringComparison.Ordinal) => ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))),
        "key" when auth.Header is { } header && Ascii.IsValid(secret) => (header, secret),
        _ => throw SourceFailure.Of(
            SourceErrors.BindingUnusable,
            "Giá trị xác thực không dùng được: basic cần dạng tên:mật khẩu, token và khóa chỉ gồm ký tự ASCII.",
            "The credential is unusable: basic takes user:password, tokens and keys are ASCII only."),
    };

    /// <summary>Asks once and hands the watched body on.</summary>
    internal async Task<T> ReadAsync<T>(
        HttpTarget target, Uri address, long bytesMax, string origin, Func<SourceBody, CancellationToken, Task<T>> take, CancellationToken token)
    {
        var asked = clock.GetUtcNow();
        using var response = await AskAsync(target, address, takes: null, token);
        RefuseHtml(response.Content.Headers.ContentType);

        // Servers that keep packed files say so in this header; the reader knows gzip by its bytes.
        RefusePacked(response, unlessGzip: true);
        var declared = response.Content.Headers.ContentLength;
        if (declared > bytesMax)
        {
            throw SourceFailure.TooLarge(bytesMax);
        }

        await using var raw = await response.Content.ReadAsStreamAsync(token);
        await using var body = new GuardedStream(raw, declared, bytesMax, limits.Read, asked + limits.Body, clock);
        return await take(new SourceBody(body, origin, asked), token);
    }

    /// <summary>Asks once and hands a bounded page on, with the Link header's next address where there is one.</summary>
    /// <param name="target">Address and credential of the source.</param>
    /// <param name="address">Address of the page.</param>
    /// <param name="origin">Where it comes from, without secrets.</param>
    /// <param name="explains">Statuses with which the source explains itself in JSON; null where it never does.</param>
    /// <param name="token">Cancels.</param>
    internal async Task<HttpPage> ReadPageAsync(HttpTarget target, Uri address, string origin, Func<int, bool>? explains, CancellationToken token)
    {
        var asked = clock.GetUtcNow();
        using var response = await AskAsync(target, address, r => explains?.Invoke((int)r.StatusCode) == true && IsJson(r), token);
        RefuseHtml(response.Content.Headers.ContentType);
        RefusePacked(response, unlessGzip: false);
        await using var raw = await response.Content.ReadAsStreamAsync(token);
        await using var body = new GuardedStream(
            raw, response.Content.Headers.ContentLength, limits.PageBytesMax, limits.Read, asked + limits.Body, clock);
        using var memory = new MemoryStream();
        await body.CopyToAsync(memory, token);
        var links = response.Headers.TryGetValues("Link", out var values) ? string.Join(',', values) : null;
        return new HttpPage(memory.ToArray(), LinkHeader.Next(links), asked, origin, (int)response.StatusCode);
    }

    private async Task<HttpResponseMessage> AskAsync(HttpTarget target, Uri address, Func<HttpResponseMessage, bool>? takes, CancellationToken token)
    {
        if (target.Client is not { } client)
        {
            return await http.GetAsync(address, target.Credential, takes, token);
        }

        var first = await tokens.TokenAsync(client, refused: null, token);
        var response = await http.GetAsync(address, Bearer(first), r => (int)r.StatusCode == 401 || takes?.Invoke(r) == true, token);
        if ((int)response.StatusCode != 401)
        {
            return response;
        }

        // A token may be withdrawn before its time: one new one, then the refusal stands.
        response.Dispose();
        return await http.GetAsync(address, Bearer(await tokens.TokenAsync(client, first, token)), takes, token);
    }

    private static (string Header, string Value) Bearer(string accessToken) => ("Authorization", "Bearer " + accessToken);

    private static bool IsJson(HttpResponseMessage response)
        => string.Equals(response.Content.Headers.ContentType?.MediaType, "application/json", StringComparison.OrdinalIgnoreCase);

    private static void RefusePacked(HttpResponseMessage response, bool unlessGzip)
    {
        if (response.Content.Headers.ContentEncoding.Any(e => !e.Equals("identity", StringComparison.OrdinalIgnoreCase)
            && !(unlessGzip && e.Equals("gzip", StringComparison.OrdinalIgnoreCase))))
        {
            throw SourceFailure.Of(
                SourceErrors.PackedAnswer,
                "Nguồn nén dữ liệu theo cách không được yêu cầu.",
                "The source packs its answer in a way that was not asked for.");
        }
    }

    private static void RefuseHtml(MediaTypeHeaderValue? type)
    {
        if (type?.MediaType is { } media && media.StartsWith("text/html", StringComparison.OrdinalIgnoreCase))
        {
            throw SourceFailure.Html();
        }
    }
}
