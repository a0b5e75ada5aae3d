using Microsoft.AspNetCore.Http.HttpResults;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;
using OpenData.Portal.Pages;

namespace OpenData.Portal.Admin;

/// <summary>The answers of the administration: a page, or a redirect after a form.</summary>
internal static class AdminAnswers
{
    /// <summary>A page. <c>Page</c> and <c>Admin</c> are given to it besides its own parameters.</summary>
    public static RazorComponentResult<TPage> Page<TPage>(HttpContext context, object? parameters = null, int status = StatusCodes.Status200OK)
        where TPage : AdminComponent
    {
        var page = PageContext.Of(context);
        context.Response.Headers.ContentLanguage = page.Language;
        var all = new RouteValueDictionary(parameters) { ["Page"] = page, ["Admin"] = AdminContext.Of(context) };
        context.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<TPage>((IReadOnlyDictionary<string, object?>)all) { PreventStreamingRendering = true, StatusCode = status };
    }

    /// <summary>After a form has done its work: the page to look at, in the same language.</summary>
    public static IResult SeeOther(HttpContext context, string path)
    {
        context.Response.Headers.Location = path.StartsWith("/en/", StringComparison.Ordinal) ? path : PageContext.Of(context).Link(path);
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>True for failures that the person can mend in the form: the page is shown again with the sentence.</summary>
    public static bool IsMistake(OpenDataException failure) => ErrorStatus.Of(failure.Code) is >= 400 and < 500;
}
