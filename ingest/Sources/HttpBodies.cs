using System.Net.Http.Headers;
using System.Text;
using OpenData.Catalogs;

namespace OpenData.Ingest.Sources;

/// <summary>Reads one watched body from an address.</summary>
internal sealed class HttpBodies(SourceHttp http, Placeholders placeholders, SourceLimits limits, TimeProvider clock)
{
    /// <summary>The filled address and credential of a source.</summary>
    internal HttpTarget TargetOf(SourceBinding source)
    {
        var filled = placeholders.Fill(source.Url!);
        if (!Uri.TryCreate(filled, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
        {
            throw SourceFailure.Of(
                SourceErrors.BindingUnusable,
                "Địa chỉ nguồn phải là http(s) và không chứa mật khẩu.",
                "The source's address must be http(s) without a password in it.");
        }

        return new HttpTarget(address, source.Auth is { } auth ? Credential(auth, placeholders.Fill(auth.Secret)) : null);
    }

    private static (string Header, string Value) Credential(SourceAuth auth, string secret) => auth.Style switch
    {
        "bearer" when Ascii.IsValid(secret) => ("Authorization", "Bearer " + secret),
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
        using var response = await http.GetAsync(address, target.Credential, token);
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
    internal async Task<HttpPage> ReadPageAsync(HttpTarget target, Uri address, string origin, CancellationToken token)
    {
        var asked = clock.GetUtcNow();
        using var response = await http.GetAsync(address, target.Credential, token);
        RefuseHtml(response.Content.Headers.ContentType);
        RefusePacked(response, unlessGzip: false);
        await using var raw = await response.Content.ReadAsStreamAsync(token);
        await using var body = new GuardedStream(
            raw, response.Content.Headers.ContentLength, limits.PageBytesMax, limits.Read, asked + limits.Body, clock);
        using var memory = new MemoryStream();
        await body.CopyToAsync(memory, token);
        var links = response.Headers.TryGetValues("Link", out var values) ? string.Join(',', values) : null;
        return new HttpPage(memory.ToArray(), LinkHeader.Next(links), asked, origin);
    }

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
