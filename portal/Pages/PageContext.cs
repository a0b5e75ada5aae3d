using OpenData.Catalogs;

namespace OpenData.Portal.Pages;

/// <summary>What every page knows of its request: the language and where links lead.</summary>
/// <param name="Language"><c>vi</c> or <c>en</c>, from the address.</param>
/// <param name="Path">Path without the language, for example <c>/datasets</c>.</param>
/// <param name="Query">Query with its question mark, or empty.</param>
/// <param name="Root">Absolute address of the portal without trailing slash.</param>
/// <param name="Now">The time at which the page is made.</param>
/// <param name="Name">Name of the portal.</param>
public sealed record PageContext(string Language, string Path, string Query, string Root, DateTimeOffset Now, LocalText Name)
{
    /// <summary>The page's own address in the other language.</summary>
    public string OtherLanguage => Language == Errors.Language.English ? Path + Query : Prefixed("/en", Path) + Query;

    /// <summary>Reads the context of a request.</summary>
    public static PageContext Of(HttpContext context)
    {
        var services = context.RequestServices;
        var options = services.GetRequiredService<PortalOptions>();
        var path = context.Request.Path;
        var english = path.StartsWithSegments("/en", StringComparison.Ordinal, out var rest);
        return new PageContext(
            english ? Errors.Language.English : Errors.Language.Vietnamese,
            english ? (rest.HasValue ? rest.Value! : "/") : path.Value ?? "/",
            context.Request.QueryString.Value ?? "",
            PublicAddress.Root(context.Request, options),
            services.GetRequiredService<TimeProvider>().GetUtcNow(),
            options.Name);
    }

    /// <summary>A text in the page's language.</summary>
    public string T(LocalText text) => text.For(Language);

    /// <summary>A link to another page in the same language.</summary>
    public string Link(string path) => Language == Errors.Language.English ? Prefixed("/en", path) : path;

    private static string Prefixed(string prefix, string path) => path == "/" ? prefix : prefix + path;
}
