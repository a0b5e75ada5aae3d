namespace OpenData.Portal;

/// <summary>The address under which callers reach us: configured, or as the request says (forwarded headers count only from trusted proxies).</summary>
internal static class PublicAddress
{
    /// <summary>Scheme, host and base path without trailing slash.</summary>
    public static string Root(HttpRequest request, PortalOptions options)
        => options.PublicUrl is { } configured
            ? configured.AbsoluteUri.TrimEnd('/')
            : $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}";
}
