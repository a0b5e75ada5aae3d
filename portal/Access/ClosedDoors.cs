using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
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
        if (!IsAdmin(request.Path) && (!writes || endpoint is not RouteEndpoint || door is OpenDoor.ReadsByPost))
        {
            await next(context);
            return;
        }

        var options = context.RequestServices.GetRequiredService<PortalOptions>();
        if (options.PublicUrl is { Scheme: "https" })
        {
            // A proxy speaks TLS; cookies are for TLS only even when it does not say so.
            request.Scheme = "https";
        }

        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers["X-Robots-Tag"] = "noindex";
        headers["Referrer-Policy"] = "no-referrer";
        var person = await RecogniseAsync(context);
        if (person is null && door is not OpenDoor.BeforeSignIn)
        {
            if (writes)
            {
                throw SignInNeeded();
            }

            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            var english = request.Path.StartsWithSegments("/en", StringComparison.Ordinal) ? "/en" : "";
            headers.Location = $"{english}{SignInPath}?returnTo={Uri.EscapeDataString(request.Path.ToUriComponent() + request.QueryString.ToUriComponent())}";
            return;
        }

        if (writes && !await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
        {
            throw new OpenDataException(AccessErrors.ForeignForm, new LocalText(
                "Biểu mẫu đã cũ hoặc không do cổng này tạo; hãy mở lại trang rồi gửi lại.",
                "The form is out of date or was not made by this portal; open the page again and send it anew."));
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
