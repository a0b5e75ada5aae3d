using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;
using OpenData.Portal.OData;

namespace OpenData.Portal;

/// <summary>What every request gets, whatever its route: an id, security headers, CORS for data, the address limit.</summary>
internal static class RequestGuards
{
    /// <summary>Longest address (path and query) in bytes: 16 KiB.</summary>
    public const int AddressBytesMax = 16 * 1024;

    private const string PagePolicy =
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    // Swagger UI is the one page with script: its own files, and styles that it sets from script.
    private const string SwaggerPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'";

    private static readonly string[] DataPrefixes = ["/api", "/odata", "/datasets", "/healthz", "/swagger", "/feeds", "/en/feeds"];

    /// <summary>Adds the guards.</summary>
    public static IApplicationBuilder UseRequestGuards(this IApplicationBuilder app) => app.Use(GuardAsync);

    private static async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        context.TraceIdentifier = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var headers = context.Response.Headers;
        headers["X-Request-Id"] = context.TraceIdentifier;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/swagger", StringComparison.OrdinalIgnoreCase) ? SwaggerPolicy : PagePolicy;

        if (IsData(context.Request.Path) && AllowOrigin(context))
        {
            return;
        }

        if (!HasUsableHost(context.Request))
        {
            // Pages and links are made from the host; what is no host would fail in the middle of them. Probes need no links.
            context.Request.Host = new HostString("localhost");
            if (!context.Request.Path.StartsWithSegments("/healthz", StringComparison.OrdinalIgnoreCase))
            {
                await ErrorResponses.WriteAsync(context, new OpenDataException(
                    PortalErrors.MalformedRequest,
                    new LocalText("Trường Host của yêu cầu thiếu hoặc không phải tên máy chủ.", "The Host field of the request is missing or names no host.")));
                return;
            }
        }

        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        if (raw.Length > AddressBytesMax)
        {
            await ErrorResponses.WriteAsync(context, AddressTooLong());
            return;
        }

        await next(context);
    }

    /// <summary>OD9022.</summary>
    public static OpenDataException AddressTooLong() => new(
        PortalErrors.AddressTooLong,
        new LocalText("Địa chỉ dài quá 16 KiB.", "The address is longer than 16 KiB."));

    /// <summary>True when links can be made from the host that the request says.</summary>
    internal static bool HasUsableHost(HttpRequest request)
    {
        try
        {
            return Uri.TryCreate($"{request.Scheme}://{request.Host.ToUriComponent()}/", UriKind.Absolute, out var address) && address.Host.Length > 0;
        }
        catch (ArgumentException)
        {
            // Punycode that decodes to nothing.
            return false;
        }
    }

    private static bool IsData(PathString path)
    {
        foreach (var prefix in DataPrefixes)
        {
            if (path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Open data is open to scripts of every site. True when this was a preflight and is answered.</summary>
    private static bool AllowOrigin(HttpContext context)
    {
        var request = context.Request;
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders =
            "ETag, Content-Disposition, Content-Range, Last-Modified, Link, Location, OData-Version, Preference-Applied, Repr-Digest, Retry-After, X-Request-Id";
        if (!HttpMethods.IsOptions(request.Method))
        {
            return false;
        }

        headers.Allow = ODataEndpoints.IsBatch(request.Path) ? "POST, OPTIONS" : "GET, HEAD, OPTIONS";
        headers.AccessControlAllowMethods = headers.Allow;
        headers.AccessControlAllowHeaders = request.Headers.AccessControlRequestHeaders.Count > 0
            ? "Accept, Accept-Language, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Range, OData-MaxVersion, OData-Version, Prefer, Range"
            : default;
        headers.AccessControlMaxAge = "86400";
        headers.Append(HeaderNames.Vary, "Access-Control-Request-Headers");
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return true;
    }
}
