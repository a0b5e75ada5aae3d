using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Net.Http.Headers;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Portal.Access;

/// <summary>
/// Closed by default: everything below <c>/admin</c>, mapped or not, and every request that could change something, wherever it is mapped, needs a
/// session and a role of those who run the platform, and a form needs its token. Endpoints can only open themselves by name (<see cref="OpenDoor"/>).
/// </summary>
internal static class ClosedDoors
{
    /// <summary>Where people sign in.</summary>
    public const string SignInPath = "/admin/sign-in";

    /// <summary>Adds the guard, behind routing.</summary>
    public static IApplicationBuilder UseClosedDoors(this IApplicationBuilder app) => app.Use(GuardAsync);

    /// <summary>OD9101.</summary>
    public static OpenDataException SignInNeeded() => new(
        AccessErrors.SignInNeeded,
        new LocalText("Trang này dành cho người đã đăng nhập.", "This address is for people who have signed in."));

    /// <summary>OD9103.</summary>
    public static OpenDataException RoleMissing() => new(AccessErrors.RoleMissing, new LocalText(
        "Tài khoản của bạn không có vai trò cần cho việc này.", "Your account does not have the role that this needs."));

    /// <summary>True for addresses of the administration in either language.</summary>
    internal static bool IsAdmin(PathString path)
        => path.StartsWithSegments("/admin", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/en/admin", StringComparison.OrdinalIgnoreCase);

    private static async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var endpoint = context.GetEndpoint();
        var writes = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);
        var door = endpoint?.Metadata.OfType<OpenDoor>().Cast<OpenDoor?>().LastOrDefault();
        if (door is OpenDoor.ForCallers && !IsAdmin(request.Path))
        {
            Prepare(context);
            var caller = await CallerAsync(context, writes);
            if (!(endpoint!.Metadata.GetMetadata<RequiredRole>() ?? RequiredRole.Platform).IsMetBy(caller.Rights.Roles))
            {
                throw RoleMissing();
            }

            context.Features.Set(caller);
            await next(context);
            return;
        }

        if (!IsAdmin(request.Path) && (!writes || endpoint is not RouteEndpoint || door is OpenDoor.ReadsByPost))
        {
            await next(context);
            return;
        }

        Prepare(context);
        var person = await RecogniseAsync(context);
        if (person is null && door is not OpenDoor.BeforeSignIn)
        {
            if (writes)
            {
                throw SignInNeeded();
            }

            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            var english = request.Path.StartsWithSegments("/en", StringComparison.Ordinal) ? "/en" : "";
            context.Response.Headers.Location = $"{english}{SignInPath}?returnTo={Uri.EscapeDataString(request.Path.ToUriComponent() + request.QueryString.ToUriComponent())}";
            return;
        }

        if (writes)
        {
            await RequireFormAsync(context);
        }

        if (endpoint is RouteEndpoint && door is not OpenDoor.BeforeSignIn)
        {
            var required = endpoint.Metadata.GetMetadata<RequiredRole>() ?? RequiredRole.Platform;
            if (person is null || !required.IsMetBy(person.Account.Roles))
            {
                throw RoleMissing();
            }
        }

        await next(context);
    }

    private static void Prepare(HttpContext context)
    {
        if (context.RequestServices.GetRequiredService<PortalOptions>().PublicUrl is { Scheme: "https" })
        {
            // A proxy speaks TLS; cookies are for TLS only even when it does not say so.
            context.Request.Scheme = "https";
        }

        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers["X-Robots-Tag"] = "noindex";
        headers["Referrer-Policy"] = "no-referrer";
    }

    private static async Task RequireFormAsync(HttpContext context)
    {
        if (!await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
        {
            throw new OpenDataException(AccessErrors.ForeignForm, new LocalText(
                "Biểu mẫu đã cũ hoặc không do cổng này tạo; hãy mở lại trang rồi gửi lại.",
                "The form is out of date or was not made by this portal; open the page again and send it anew."));
        }
    }

    /// <summary>
    /// By token when there is an <c>Authorization</c> header, else by session. A browser sends its cookies by itself and the header never: a request with both
    /// is none that we understand.
    /// </summary>
    private static async Task<Caller> CallerAsync(HttpContext context, bool writes)
    {
        var tokens = context.RequestServices.GetRequiredService<BearerTokens>();
        var headers = context.Response.Headers;
        headers.Append(HeaderNames.Vary, "Authorization, Cookie");
        if (context.Request.Headers.Authorization is { Count: > 0 } authorization)
        {
            if (SessionCookie.IsSent(context.Request))
            {
                throw new OpenDataException(AccessErrors.TwoIdentities, new LocalText(
                    "Yêu cầu vừa mang phiên đăng nhập vừa mang mã truy cập; hãy chỉ dùng một.",
                    "The request brings a session and a token; use one of them."));
            }

            if (tokens.AreTaken)
            {
                headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            }

            var caller = await tokens.ReadAsync(authorization, context.RequestAborted);
            headers.Remove(HeaderNames.WWWAuthenticate);
            return caller;
        }

        if (await RecogniseAsync(context) is not { } person)
        {
            if (tokens.AreTaken)
            {
                headers.WWWAuthenticate = "Bearer";
            }

            throw SignInNeeded();
        }

        if (writes)
        {
            await RequireFormAsync(context);
        }

        return Caller.Of(person.Account);
    }

    private static async Task<SignedIn?> RecogniseAsync(HttpContext context)
    {
        if (SessionCookie.Read(context.Request) is not { } secret)
        {
            return null;
        }

        var desk = context.RequestServices.GetRequiredService<Desk>();
        var book = await desk.BookAsync(context.RequestAborted);
        if (await book.SessionAsync(secret, desk.Limits, context.RequestAborted) is not { } account)
        {
            return null;
        }

        // Tokens of forms are bound to the person.
        context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, account.Name)], "session"));
        var person = new SignedIn(account, secret);
        context.Features.Set(person);
        return person;
    }
}
