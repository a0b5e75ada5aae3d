namespace OpenData.Portal.Access;

/// <summary>
/// The cookie that holds a session's secret: out of reach of scripts, not sent along with forms of other sites, over TLS only where the portal has it.
/// It ends with the browser; the limits are kept by the server.
/// </summary>
internal static class SessionCookie
{
    private const string Plain = "od_session";
    private const string Secure = "__Host-od_session";

    /// <summary>The secret that the browser sent; null when it sent none.</summary>
    public static string? Read(HttpRequest request)
        => request.Cookies.TryGetValue(Name(request), out var secret) && secret.Length > 0 ? secret : null;

    /// <summary>True when the browser sent one, under whichever name.</summary>
    public static bool IsSent(HttpRequest request) => request.Cookies.ContainsKey(Plain) || request.Cookies.ContainsKey(Secure);

    /// <summary>Gives the browser a secret.</summary>
    public static void Write(HttpContext context, string secret)
        => context.Response.Cookies.Append(Name(context.Request), secret, Options(context.Request));

    /// <summary>Takes it away.</summary>
    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(Name(context.Request), Options(context.Request));

    private static string Name(HttpRequest request) => request.IsHttps ? Secure : Plain;

    private static CookieOptions Options(HttpRequest request)
        => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = request.IsHttps, Path = "/", IsEssential = true };
}
