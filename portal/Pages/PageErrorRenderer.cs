using Microsoft.AspNetCore.Http.HttpResults;
using OpenData.Portal.Errors;

namespace OpenData.Portal.Pages;

/// <summary>Failures of pages as a page that says what happened and what still works.</summary>
internal sealed class PageErrorRenderer : IErrorRenderer
{
    private static readonly string[] MachinePrefixes = ["/api", "/odata", "/healthz", "/swagger", "/assets", "/feeds", "/en/feeds"];

    /// <inheritdoc/>
    public bool Renders(PathString path)
    {
        foreach (var prefix in MachinePrefixes)
        {
            if (path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return !IsDownload(path);
    }

    /// <summary>By address alone, as all pages: the link to the other language would lead nowhere else.</summary>
    public string LanguageOf(HttpRequest request)
        => request.Path.StartsWithSegments("/en", StringComparison.Ordinal) ? Language.English : Language.Vietnamese;

    /// <inheritdoc/>
    public async Task WriteAsync(HttpContext context, ErrorView error)
    {
        var page = PageContext.Of(context) with { Language = error.Language };
        var result = new RazorComponentResult<ErrorPage>(new { Page = page, Error = error }) { StatusCode = error.Status };
        await result.ExecuteAsync(context);
    }

    /// <summary><c>/datasets/x.csv</c> and <c>/datasets/x/changes</c> are a machine's addresses, <c>/datasets/x</c> a reader's.</summary>
    private static bool IsDownload(PathString path)
        => path.StartsWithSegments("/datasets", StringComparison.Ordinal, out var rest) && rest.Value is { } text
            && (text.AsSpan(text.LastIndexOf('/') + 1).Contains('.') || (text.LastIndexOf('/') > 0 && text.EndsWith("/changes", StringComparison.OrdinalIgnoreCase)));
}
