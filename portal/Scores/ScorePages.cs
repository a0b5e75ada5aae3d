using Microsoft.AspNetCore.Http.HttpResults;
using OpenData.Portal.Errors;
using OpenData.Portal.Pages;
using OpenData.Portal.Serving;

namespace OpenData.Portal.Scores;

/// <summary>The public pages of scores.</summary>
internal static class ScorePages
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps them in one language.</summary>
    public static void MapScorePages(this IEndpointRouteBuilder pages) => pages.MapMethods("/scores/provinces", Reading, Provinces);

    private static RazorComponentResult<ProvincesPage> Provinces(HttpContext context, ServedData served, PublishedValues values)
    {
        var state = served.RequireReady();
        var dataset = served.Require(state, PublishedValues.Dataset);
        var page = PageContext.Of(context);
        return PageEndpoints.Answer<ProvincesPage>(context, new
        {
            Page = page,
            Dataset = dataset,
            Figures = new ProvinceFigures(values.Of(dataset), state.Frameworks, page.Language == Language.English),
        });
    }
}
